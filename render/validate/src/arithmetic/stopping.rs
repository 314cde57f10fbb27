//! The time that a pod has to stop.

use crate::Rule;
use crate::model::{Field, Report, View, Workload, seconds, told_time};

pub(crate) const GRACE_PERIOD: Rule = Rule {
    id: "grace-period",
    summary: "A pod is killed before its own shutdown is over.",
    reason: "Requests that are being answered are cut off at every update.",
    allow: "When the shutdown is known to be faster.",
};

/// The annotation of pods that says in how many seconds they stop at most, after their preStop hook.
const SHUTDOWN_ANNOTATION: &str = "render.mythoughts/shutdown-seconds";
/// Settings whose times add up, whatever stands before them: how long a program waits before it stops, and how long
/// it gives what is running.
const SURE: [&[&str]; 2] = [&["DRAIN_DELAY"], &["SHUTDOWN_TIMEOUT"]];
/// The same, and others that mostly are such times.
const LIKELY: [&[&str]; 2] = [
    &["DRAIN_DELAY", "SHUTDOWN_DELAY", "DRAIN_SECONDS", "PRE_STOP_DELAY"],
    &[
        "SHUTDOWN_TIMEOUT",
        "SHUTDOWN_GRACE_PERIOD",
        "SHUTDOWN_PERIOD",
        "GRACEFUL_SHUTDOWN",
        "GRACEFUL_TIMEOUT",
        "DRAIN_TIMEOUT",
        "STOP_TIMEOUT",
        "TERMINATION_GRACE_PERIOD",
    ],
];

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        let grace = workload.pod.int("terminationGracePeriodSeconds").unwrap_or(30);
        let at = workload.pod.or_self(&["terminationGracePeriodSeconds"]);
        for container in workload.running() {
            let sleep = pre_stop(&container).unwrap_or(0);
            let needed = |settings| sleep.saturating_add(shutdown(view, workload, &container, settings));
            let message = |needed: i64| {
                let name = container.text("name").unwrap_or_default();
                format!("container {name} takes {needed} s to stop, but is killed after {grace} s")
            };
            let (sure, likely) = (needed(SURE), needed(LIKELY));
            // A hook that takes all the time leaves none to stop in.
            if sure > grace || (sleep > 0 && sleep >= grace) {
                report.error(&GRACE_PERIOD, &at, message(sure));
            } else if likely > grace {
                report.warning(&GRACE_PERIOD, &at, message(likely));
            }
        }
    }
}

fn shutdown(view: &View<'_>, workload: &Workload<'_>, container: &Field<'_>, settings: [&[&str]; 2]) -> i64 {
    let annotations = workload.template.at(&["metadata", "annotations"]);
    if let Some(told) = annotations.and_then(|annotations| seconds(annotations.text(SHUTDOWN_ANNOTATION)?)) {
        return told;
    }
    let times = settings.map(|names| told_time(view, container, names).map_or(0, |(time, _)| time));
    times.into_iter().fold(0, i64::saturating_add)
}

/// How long a preStop hook sleeps: its `sleep`, or the command `sleep`, by itself or in a shell.
fn pre_stop(container: &Field<'_>) -> Option<i64> {
    let hook = container.at(&["lifecycle", "preStop"])?;
    if let Some(sleep) = hook.get("sleep") {
        return sleep.int("seconds");
    }
    let command: Vec<_> = hook.items(&["exec", "command"]).iter().filter_map(Field::str).collect();
    let words: Vec<_> = command.iter().flat_map(|part| part.split([' ', ';', '&', '\n'])).collect();
    let slept =
        words.windows(2).filter(|pair| pair.first().is_some_and(|word| word.rsplit('/').next() == Some("sleep")));
    let times: Vec<_> = slept.filter_map(|pair| seconds(pair.last()?)).collect();
    // In a loop or a branch nobody knows how often.
    let plain = !words.iter().any(|word| matches!(*word, "while" | "for" | "until" | "if" | "||"));
    (plain && !times.is_empty()).then(|| times.into_iter().fold(0, i64::saturating_add))
}
