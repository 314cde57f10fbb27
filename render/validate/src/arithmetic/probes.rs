//! Probes: when they kill, and how long they wait.

use crate::Rule;
use crate::model::{Field, Report, View, Workload, seconds, told_time};

pub(crate) const PROBE_KILLS_START: Rule = Rule {
    id: "probe-kills-start",
    summary: "A probe kills a container before it can have started.",
    reason: "A slow start never ends: the container is restarted again and again.",
    allow: "When the start is known to be faster.",
};

pub(crate) const PROBE_TIMEOUT: Rule = Rule {
    id: "probe-timeout",
    summary: "A liveness or readiness probe waits longer for an answer than until it is to ask again.",
    reason: "It is asked less often than it says, so that failures are noticed later.",
    allow: "When the slower pace is accepted.",
};

pub(crate) const PROBE_PATH: Rule = Rule {
    id: "probe-path",
    summary: "Two probes of a container ask for paths that differ in a letter.",
    reason: "One of the two is likely misspelt: the container is never ready, or killed without end.",
    allow: "When the program answers at both.",
};

pub(crate) const PROBE_THRESHOLD: Rule = Rule {
    id: "probe-threshold",
    summary: "A liveness or startup probe's successThreshold is not 1, or a probe has a number below its least.",
    reason: "Kubernetes refuses the pod.",
    allow: "Never.",
};

/// The annotation of pods that says in how many seconds they start at most.
const STARTUP_ANNOTATION: &str = "render.mythoughts/startup-seconds";
/// Settings that say how long a start may take.
const STARTUP: [&str; 6] =
    ["STARTUP_TIMEOUT", "STARTUP_DELAY", "STARTUP_TIME", "START_TIMEOUT", "BOOT_TIMEOUT", "WARMUP_TIME"];
/// Less than any program that is worth a probe takes to start.
const SHORTEST_START: i64 = 10;

/// How long a probe lets a container fail.
pub(super) struct Bound {
    delay: i64,
    period: i64,
    failures: i64,
}

impl Bound {
    pub(super) fn of(probe: &Field<'_>) -> Self {
        Self {
            delay: probe.int("initialDelaySeconds").unwrap_or(0),
            period: probe.int("periodSeconds").filter(|period| *period > 0).unwrap_or(10),
            failures: probe.int("failureThreshold").filter(|failures| *failures > 0).unwrap_or(3),
        }
    }

    /// From the container's start to the last failure it allows.
    pub(super) fn seconds(&self) -> i64 {
        self.delay.saturating_add(self.period.saturating_mul(self.failures))
    }
}

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        for container in workload.containers() {
            kills_start(view, workload, &container, report);
            paths(&container, report);
            for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
                if let Some(probe_at) = container.get(probe) {
                    numbers(probe, &probe_at, report);
                }
            }
        }
    }
}

fn kills_start(view: &View<'_>, workload: &Workload<'_>, container: &Field<'_>, report: &mut Report) {
    let killer = container.get("startupProbe").or_else(|| container.get("livenessProbe"));
    let Some(killer) = killer else { return };
    let bound = Bound::of(&killer).seconds();
    let message =
        |needed: i64, why: &str| format!("it kills after {bound} s, but the start may take {needed} s by {why}");
    if let Some((needed, why)) = startup(view, workload, container) {
        if bound < needed && (why == STARTUP_ANNOTATION || why == STARTUP[0]) {
            report.error(&PROBE_KILLS_START, &killer, message(needed, &why));
        } else if bound < needed {
            report.warning(&PROBE_KILLS_START, &killer, message(needed, &why));
        }
    } else if let Some(delay) = container.get("readinessProbe").and_then(|probe| probe.int("initialDelaySeconds"))
        && bound < delay
    {
        // Before its delay is over, no readiness is expected.
        report.warning(&PROBE_KILLS_START, &killer, message(delay, "the readiness probe's delay"));
    } else if bound <= SHORTEST_START {
        let message = format!("it kills {bound} s after the start, whether the container has started or not");
        report.warning(&PROBE_KILLS_START, &killer, message);
    }
}

/// How long a container may take to start, by what its pod or its environment says.
fn startup(view: &View<'_>, workload: &Workload<'_>, container: &Field<'_>) -> Option<(i64, String)> {
    let annotations = workload.template.at(&["metadata", "annotations"]);
    let told = annotations.and_then(|annotations| seconds(annotations.text(STARTUP_ANNOTATION)?));
    if let Some(told) = told {
        return Some((told, STARTUP_ANNOTATION.into()));
    }
    told_time(view, container, &STARTUP)
}

fn paths(container: &Field<'_>, report: &mut Report) {
    let probes = ["startupProbe", "livenessProbe", "readinessProbe"];
    let paths: Vec<_> = probes.iter().filter_map(|probe| container.at(&[probe, "httpGet", "path"])).collect();
    for (index, at) in paths.iter().enumerate() {
        let before = paths.iter().take(index).filter_map(Field::str);
        let path = at.str().unwrap_or_default();
        if let Some(other) = before.into_iter().find(|other| is_slip(other, path)) {
            report.warning(&PROBE_PATH, at, format!("the path is {path}, but that of another probe {other}"));
        }
    }
}

/// Whether two paths differ in one letter.
fn is_slip(one: &str, other: &str) -> bool {
    one.len().max(other.len()) <= 100 && one.len() > 3 && strsim::damerau_levenshtein(one, other) == 1
}

fn numbers(name: &str, probe: &Field<'_>, report: &mut Report) {
    let period = probe.int("periodSeconds").unwrap_or(10);
    if let Some(timeout) = probe.int("timeoutSeconds").filter(|timeout| *timeout > period && name != "startupProbe") {
        let message = format!("an answer may take {timeout} s, but the probe is to ask every {period} s");
        report.warning(&PROBE_TIMEOUT, &probe.or_self(&["timeoutSeconds"]), message);
    }
    let success = probe.int("successThreshold").unwrap_or(1);
    if success > 1 && name != "readinessProbe" {
        let message = format!("the successThreshold of a {name} is 1, not {success}");
        report.error(&PROBE_THRESHOLD, &probe.or_self(&["successThreshold"]), message);
    }
    // Zero stands for the default.
    for key in ["initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold", "successThreshold"] {
        if let Some(number) = probe.int(key).filter(|number| *number < 0) {
            report.error(&PROBE_THRESHOLD, &probe.or_self(&[key]), format!("{key} is {number}, below 0"));
        }
    }
}
