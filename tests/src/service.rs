//! A started service: its process and its two addresses.

use std::net::SocketAddr;

use serde_json::Value;

use crate::http::{client, get};
use crate::process::Process;
use crate::settings::Settings;
use crate::wait::until;

/// One of thoughts, users and frontend, listening.
pub struct Service {
    /// The process, for signals and what it wrote.
    pub process: Process,
    /// Where it serves.
    pub address: SocketAddr,
    /// Where it answers /livez, /readyz and /metrics.
    pub operations: SocketAddr,
}

impl Service {
    /// Starts `name` on free ports, unless the settings name others, and waits until it listens.
    pub async fn listening(name: &str, settings: &Settings) -> Self {
        let mut process = Process::start(name, &on_free_ports(settings));
        let (address, operations) = process.find("a line that it listens", addresses).await;
        Self { process, address, operations }
    }

    /// The same, and waits until it is ready.
    pub async fn ready(name: &str, settings: &Settings) -> Self {
        let service = Self::listening(name, settings).await;
        service.wait_until_ready().await;
        service
    }

    /// Waits until /readyz answers 200.
    pub async fn wait_until_ready(&self) {
        self.wait_for_readiness(200).await;
    }

    /// Waits until /readyz answers this status.
    pub async fn wait_for_readiness(&self, status: u16) {
        let url = self.operations_url("/readyz");
        until(&format!("{url} to answer {status}"), async || {
            let reply = client().get(&url).send().await.ok()?;
            (reply.status() == status).then_some(())
        })
        .await;
    }

    /// The address of a path of the service.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The address of a path for operators.
    pub fn operations_url(&self, path: &str) -> String {
        format!("http://{}{path}", self.operations)
    }

    /// The sum of the samples of a metric whose labels hold all of `labels`, such as `status="200"`.
    pub async fn metric(&self, name: &str, labels: &[&str]) -> f64 {
        let metrics = get(self.operations_url("/metrics")).await.body;
        let samples = metrics.lines().filter(|line| {
            line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' ']))
                && labels.iter().all(|label| line.contains(label))
        });
        samples.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    }

    /// The log so far, a JSON object a line.
    pub fn log(&self) -> Vec<Value> {
        let lines = self.process.stdout();
        lines
            .iter()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("wanted JSON in the log, met: {line}")))
            .collect()
    }
}

fn on_free_ports(settings: &Settings) -> Settings {
    let mut variables = Settings::new()
        .with("LISTEN", "127.0.0.1:0")
        .with("OPERATIONS_LISTEN", "127.0.0.1:0")
        .with("LOG_FORMAT", "json");
    for (name, value) in &settings.variables {
        variables = variables.with(name, value);
    }
    Settings { arguments: settings.arguments.clone(), ..variables }
}

fn addresses(log: &[String]) -> Option<(SocketAddr, SocketAddr)> {
    let line = log.iter().find(|line| line.contains("\"listening\""))?;
    let entry: Value = serde_json::from_str(line).ok()?;
    // The fields are at the top or, in tracing's own layout, one level down.
    let field = |name: &str| entry.get(name).or_else(|| entry.get("fields")?.get(name))?.as_str()?.parse().ok();
    Some((field("address")?, field("operations_address")?))
}
