//! Jobs and their schedules.

use super::cron;
use crate::Rule;
use crate::model::{Field, Report, View, Workload};

pub(crate) const RESTART_POLICY: Rule = Rule {
    id: "restart-policy",
    summary: "A workload's pods have a restartPolicy that its kind does not know, or a deadline though they are to stay.",
    reason: "Kubernetes refuses the workload: a Job's pods end, all others are restarted.",
    allow: "Never.",
};

pub(crate) const JOB_NUMBERS: Rule = Rule {
    id: "job-numbers",
    summary: "A Job's numbers make no sense: a deadline of nothing, numbers below zero, an index without completions.",
    reason: "Kubernetes refuses the Job, or it fails before it has begun.",
    allow: "Never.",
};

pub(crate) const CRON_SCHEDULE: Rule = Rule {
    id: "cron-schedule",
    summary: "A CronJob's schedule cannot be read.",
    reason: "Kubernetes refuses the CronJob.",
    allow: "Never.",
};

pub(crate) const CRON_NEVER: Rule = Rule {
    id: "cron-never",
    summary: "A CronJob's schedule has no such day, as 31 February, or its deadline is over before it is looked at.",
    reason: "The Job never runs.",
    allow: "When it is only run by hand; `suspend: true` says so.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        restart_policy(workload, report);
        if workload.kind() == "Job" {
            numbers(&workload.root, report);
        }
    }
    for cron_job in view.of_kind("batch", "CronJob") {
        numbers(&cron_job.or_self(&["spec", "jobTemplate"]), report);
        schedule(cron_job, report);
    }
}

fn restart_policy(workload: &Workload<'_>, report: &mut Report) {
    if workload.is_lasting()
        && let Some(at) = workload.pod.get("activeDeadlineSeconds")
    {
        report.error(&RESTART_POLICY, &at, format!("pods of a {} cannot have a deadline", workload.kind()));
    }
    let policy = workload.pod.text("restartPolicy");
    let at = workload.pod.or_self(&["restartPolicy"]);
    match (workload.kind(), policy) {
        ("Job" | "CronJob", Some("OnFailure" | "Never")) | ("Pod", _) => {}
        ("Job" | "CronJob", policy) => {
            let met = policy.unwrap_or("Always, which is the default");
            report.error(&RESTART_POLICY, &at, format!("wanted OnFailure or Never, met {met}"));
        }
        (_, Some(policy)) if policy != "Always" => {
            report.error(&RESTART_POLICY, &at, format!("wanted Always, met {policy}"));
        }
        _ => {}
    }
}

fn numbers(job: &Field<'_>, report: &mut Report) {
    let Some(spec) = job.get("spec") else { return };
    for key in ["backoffLimit", "completions", "parallelism", "ttlSecondsAfterFinished", "activeDeadlineSeconds"] {
        if let Some(number) = spec.int(key).filter(|number| *number < 0) {
            report.error(&JOB_NUMBERS, &spec.or_self(&[key]), format!("{key} is {number}, below 0"));
        }
    }
    if spec.int("activeDeadlineSeconds") == Some(0) {
        report.error(&JOB_NUMBERS, &spec.or_self(&["activeDeadlineSeconds"]), "the Job is stopped at once".into());
    }
    if spec.text("completionMode") == Some("Indexed") && spec.int("completions").is_none() {
        report.error(&JOB_NUMBERS, &spec.or_self(&["completionMode"]), "an Indexed Job needs completions".into());
    }
    if let (Some(completions), Some(parallelism)) = (spec.int("completions"), spec.int("parallelism"))
        && parallelism > completions
        && completions > 0
    {
        let message = format!("{parallelism} pods at once, but {completions} are to complete");
        report.warning(&JOB_NUMBERS, &spec.or_self(&["parallelism"]), message);
    }
}

fn schedule(cron_job: &Field<'_>, report: &mut Report) {
    let Some(spec) = cron_job.get("spec") else { return };
    let suspended = spec.flag("suspend");
    if let Some(text) = spec.text("schedule") {
        let at = spec.or_self(&["schedule"]);
        match cron::Schedule::parse(text) {
            Err(why) => report.error(&CRON_SCHEDULE, &at, format!("{text:?}: {why}")),
            Ok(schedule) if schedule.is_never() && !suspended => {
                report.error(&CRON_NEVER, &at, format!("{text:?} has no such day"));
            }
            Ok(_) => {}
        }
    }
    if let Some(deadline) = spec.int("startingDeadlineSeconds").filter(|deadline| *deadline < 10 && !suspended) {
        let message = format!("it is given up after {deadline} s, but looked at only every 10 s");
        report.warning(&CRON_NEVER, &spec.or_self(&["startingDeadlineSeconds"]), message);
    }
}
