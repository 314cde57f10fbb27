//! What Prometheus warns of.

use serde::Serialize;

use super::System;
use super::component::Component;
use super::labels::{Labels, strings};
use crate::values::Database;

/// Rules that Prometheus evaluates together.
#[derive(Serialize)]
pub(super) struct Group {
    name: String,
    rules: Vec<Alert>,
}

/// A rule that fires while its expression has a result.
#[derive(Serialize)]
struct Alert {
    #[serde(rename = "alert")]
    name: &'static str,
    expr: String,
    #[serde(rename = "for")]
    lasting: &'static str,
    labels: Labels,
    annotations: Labels,
}

impl Alert {
    fn of(mut self, component: &str) -> Self {
        self.labels.insert("component".into(), component.into());
        self
    }
}

/// How soon somebody has to look: at once,
const CRITICAL: &str = "critical";
/// or on the next day.
const WARNING: &str = "warning";

/// What people are told of an alert; `{{ … }}` is for Prometheus.
type Told<'a> = (&'a str, &'a str);

impl System<'_> {
    pub(super) fn alerts(&self) -> Group {
        let mut rules: Vec<_> =
            Component::all(self.values).iter().map(|component| self.service_down(component)).collect();
        rules.extend(self.pod_alerts());
        rules.extend(self.replies());
        for component in Component::all(self.values) {
            rules.extend(component.database.map(|database| self.pool_exhausted(&component, database)));
            let database = component.database.filter(|database| database.backup.enabled);
            rules.extend(database.map(|_| self.backup_overdue(&component)));
        }
        rules.extend([self.failed_logins(), self.backend_unreachable()]);
        Group { name: self.fullname(), rules }
    }

    fn service_down(&self, component: &Component) -> Alert {
        let (name, series) = (component.name, self.series(component));
        let told = (
            &*format!("No pod of {name} answers Prometheus"),
            &*format!("There is no pod of {name}, or none that Prometheus reaches, for two minutes."),
        );
        let alert = self.alert("MyThoughtsServiceDown", "2m", CRITICAL, format!("absent(up{{{series}}} == 1)"), told);
        alert.of(name)
    }

    fn pod_alerts(&self) -> [Alert; 3] {
        let all = self.all_series();
        let down = (
            "{{ $labels.pod }} does not answer Prometheus",
            "Prometheus has had no metrics of the pod {{ $labels.pod }} of {{ $labels.job }} for five minutes.",
        );
        let none_ready = (
            "No pod of {{ $labels.job }} is ready",
            "Pods of {{ $labels.job }} run, but none has been ready for two minutes: requests are refused.",
        );
        let not_ready = (
            "{{ $labels.pod }} is not ready",
            "The pod {{ $labels.pod }} of {{ $labels.job }} has not been ready for ten minutes: it waits for its database, \
             the migrations or the keys.",
        );
        let most_ready = format!("max by (namespace, job) (service_ready{{{all}}}) == 0");
        [
            self.alert("MyThoughtsPodDown", "5m", WARNING, format!("up{{{all}}} == 0"), down),
            self.alert("MyThoughtsServiceNotReady", "2m", CRITICAL, most_ready, none_ready),
            self.alert("MyThoughtsPodNotReady", "10m", WARNING, format!("service_ready{{{all}}} == 0"), not_ready),
        ]
    }

    fn replies(&self) -> [Alert; 2] {
        let (all, limits) = (self.all_series(), &self.values.monitoring.prometheus_rule.thresholds);
        let rate = |series: &str| format!("sum by (namespace, job) (rate(http_requests_total{{{series}}}[5m]))");
        let failed = rate(&format!("{all},status=~\"5..\""));
        let errors = format!("100 * {failed} / {} > {}", rate(&all), limits.error_percent);
        let slowest = format!(
            "1000 * histogram_quantile(0.95, sum by (namespace, job, le) \
             (rate(http_request_duration_seconds_bucket{{{all}}}[5m]))) > {}",
            limits.latency_milliseconds
        );
        let fails = (
            "{{ $labels.job }} fails",
            "{{ $value | printf \"%.1f\" }} % of the replies of {{ $labels.job }} have had a status of 5xx for five minutes.",
        );
        let slow = (
            "{{ $labels.job }} is slow",
            "5 of 100 requests of {{ $labels.job }} have taken longer than {{ $value | printf \"%.0f\" }} ms for ten minutes.",
        );
        [
            self.alert("MyThoughtsErrors", "5m", CRITICAL, errors, fails),
            self.alert("MyThoughtsSlow", "10m", WARNING, slowest, slow),
        ]
    }

    fn pool_exhausted(&self, component: &Component, database: &Database) -> Alert {
        let series = self.series(component);
        let full = format!("database_pool_connections{{{series},state=\"used\"}} >= {}", database.pool);
        let told = (
            "{{ $labels.pod }} uses all of its connections to the database",
            "All {{ $value }} connections of the pod {{ $labels.pod }} have been in use for five minutes: requests wait for \
             one, and after three seconds they fail.",
        );
        self.alert("MyThoughtsPoolExhausted", "5m", WARNING, full, told).of(component.name)
    }

    /// Until there was a first backup, the time counts from when backups were turned on. Asks kube-state-metrics.
    fn backup_overdue(&self, component: &Component) -> Alert {
        let series = format!("namespace=\"{}\",cronjob=\"{}\"", self.release.namespace, self.backup_name(component));
        let hours = self.values.monitoring.prometheus_rule.thresholds.backup_hours;
        let late = format!(
            "(time() - (kube_cronjob_status_last_successful_time{{{series}}} or kube_cronjob_created{{{series}}})) / 3600 > {hours}"
        );
        let told = (
            "There is no new backup of the database of {{ $labels.cronjob }}",
            "The last backup by {{ $labels.cronjob }} is {{ $value | printf \"%.0f\" }} hours old, or there has been none.",
        );
        self.alert("MyThoughtsBackupOverdue", "5m", WARNING, late, told).of(component.name)
    }

    fn failed_logins(&self) -> Alert {
        let series = self.series(&Component::users(self.values));
        let most = self.values.monitoring.prometheus_rule.thresholds.failed_logins_per_minute;
        let rate = format!(
            "60 * sum by (namespace, job) (rate(logins_total{{{series},result=~\"wrong|limited\"}}[5m])) > {most}"
        );
        let told = (
            "Many logins fail",
            "{{ $value | printf \"%.0f\" }} logins a minute have failed for five minutes: somebody may be guessing passwords.",
        );
        self.alert("MyThoughtsFailedLogins", "5m", WARNING, rate, told).of("users")
    }

    fn backend_unreachable(&self) -> Alert {
        let series = self.series(&Component::frontend(self.values));
        let told = (
            "The pages do not reach {{ $labels.backend }}",
            "No pod of the frontend has had a sound answer of {{ $labels.backend }} for two minutes: people see its error page.",
        );
        let away = format!("max by (namespace, backend) (backend_up{{{series}}}) == 0");
        self.alert("MyThoughtsBackendUnreachable", "2m", CRITICAL, away, told).of("frontend")
    }

    fn alert(&self, name: &'static str, lasting: &'static str, severity: &str, expr: String, told: Told) -> Alert {
        let page = &self.values.monitoring.prometheus_rule.runbook_url;
        let (summary, description) = told;
        let runbook = format!("{page}#{}", name.to_lowercase());
        Alert {
            name,
            expr,
            lasting,
            // Of what is absent there are no labels.
            labels: strings([("severity", severity), ("namespace", &self.release.namespace)]),
            annotations: strings([("summary", summary), ("description", description), ("runbook_url", &runbook)]),
        }
    }

    /// What selects the series of one component.
    fn series(&self, component: &Component) -> String {
        format!("namespace=\"{}\",job=\"{}\"", self.release.namespace, self.metrics_name(component))
    }

    /// What selects those of all three.
    fn all_series(&self) -> String {
        let jobs = Component::all(self.values).map(|component| self.metrics_name(&component));
        format!("namespace=\"{}\",job=~\"{}\"", self.release.namespace, jobs.join("|"))
    }
}
