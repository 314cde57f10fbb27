//! Figures for Prometheus: a registry for each service, since one process may hold several.

use std::time::Duration;

use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, TextEncoder};

/// A service's registry, with what every service counts.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
    ready: IntGauge,
}

impl Metrics {
    /// A registry with the figures about requests.
    pub fn new() -> anyhow::Result<Self> {
        let registry = Registry::new();
        let requests = IntCounterVec::new(
            Opts::new("http_requests_total", "Requests by route, method and status"),
            &["route", "method", "status"],
        )?;
        let durations = HistogramVec::new(
            HistogramOpts::new("http_request_duration_seconds", "Seconds from a request's head to its reply")
                .buckets(vec![0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0]),
            &["route", "method"],
        )?;
        let ready = IntGauge::new("service_ready", "Whether the last question at /readyz was answered with yes")?;
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(durations.clone()))?;
        registry.register(Box::new(ready.clone()))?;
        Ok(Self { registry, requests, durations, ready })
    }

    /// Adds a service's own figures.
    pub fn register(&self, collector: impl prometheus::core::Collector + 'static) -> anyhow::Result<()> {
        Ok(self.registry.register(Box::new(collector))?)
    }

    /// Counts a reply.
    pub fn count(&self, route: &str, method: &str, status: u16, duration: Duration) {
        self.requests.with_label_values(&[route, method, status_text(status)]).inc();
        self.durations.with_label_values(&[route, method]).observe(duration.as_secs_f64());
    }

    /// Notes what /readyz answers.
    pub(crate) fn set_ready(&self, ready: bool) {
        self.ready.set(ready.into());
    }

    /// All figures in Prometheus' text format, version 0.0.4.
    pub fn text(&self) -> anyhow::Result<String> {
        Ok(TextEncoder::new().encode_to_string(&self.registry.gather())?)
    }
}

/// The statuses that are sent, as text without an allocation for each request.
fn status_text(status: u16) -> &'static str {
    const KNOWN: [(u16, &str); 20] = [
        (200, "200"),
        (201, "201"),
        (204, "204"),
        (303, "303"),
        (304, "304"),
        (400, "400"),
        (401, "401"),
        (403, "403"),
        (404, "404"),
        (405, "405"),
        (408, "408"),
        (409, "409"),
        (413, "413"),
        (415, "415"),
        (422, "422"),
        (429, "429"),
        (500, "500"),
        (502, "502"),
        (503, "503"),
        (504, "504"),
    ];
    KNOWN.iter().find(|(known, _)| *known == status).map_or("other", |(_, text)| text)
}
