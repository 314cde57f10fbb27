//! Helm's hooks: what is made before what.

use super::uses::{Use, uses};
use crate::Rule;
use crate::model::{Field, Hook, Report, View};

pub(crate) const HOOK_ORDER: Rule = Rule {
    id: "hook-order",
    summary: "The pod of a pre-install hook asks for an object that is made after it.",
    reason: "The first install waits for the hook until it fails.",
    allow: "When the object is there before the release.",
};

pub(crate) const HOOK_OBJECT: Rule = Rule {
    id: "hook-object",
    summary: "A pod of the release asks for an object that is a hook's, and gone or not yet made when the pod starts.",
    reason: "The pod does not start.",
    allow: "When the pod only starts while the hook's object is there.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        for used in uses(workload).iter().filter(|used| used.is_needed()) {
            let namespace = view.namespace(&workload.root);
            let Some(object) = view.find("", used.kind, namespace, used.name) else { continue };
            match Hook::of(workload.root.object) {
                Some(hook) if hook.is_of("pre-install") => before(&hook, object, used, report),
                Some(_) => {}
                None => of_release(object, used, report),
            }
        }
    }
}

fn before(runs: &Hook<'_>, object: &Field<'_>, used: &Use<'_>, report: &mut Report) {
    let late = match Hook::of(object.object) {
        None => Some("with the release, after the hooks before it"),
        Some(made) if !made.is_of("pre-install") => Some("by a hook of a later phase"),
        Some(made) if made.weight > runs.weight => Some("by a hook of a higher weight"),
        Some(_) => None,
    };
    if let Some(late) = late {
        report.error(&HOOK_ORDER, &used.at, format!("{} is made {late}", object.title()));
    }
}

fn of_release(object: &Field<'_>, used: &Use<'_>, report: &mut Report) {
    let Some(made) = Hook::of(object.object) else { return };
    let lasting = ["pre-install", "post-install"].iter().any(|phase| made.is_of(phase));
    let policy = object.object.annotation("helm.sh/hook-delete-policy").unwrap_or_default();
    let why = if !lasting {
        format!("only made by the hook {}", made.phases.join(","))
    } else if policy.split(',').any(|policy| policy.trim() == "hook-succeeded") {
        "deleted when the hook has succeeded".into()
    } else {
        return;
    };
    report.error(&HOOK_OBJECT, &used.at, format!("{} is {why}", object.title()));
}
