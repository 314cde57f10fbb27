//! Hooks that run before what they need is there.

use super::pair::Report;
use crate::model::{Field, Hook, Host, View, Workload};
use crate::reach::calls::{Call, calls};
use crate::references::{Use, keys, uses};
use crate::{Rule, Set};

pub(crate) const HOOK_BEFORE_UPGRADE: Rule = Rule {
    id: "hook-before-upgrade",
    summary: "The pod of a pre-upgrade hook asks for an object, or a key of it, that this upgrade makes after it; a warning for a Service that it calls.",
    reason: "Before an upgrade there is only what the release before made: the hook waits until it fails, and the upgrade with it.",
    allow: "When the object is there before the upgrade; or let the object be a pre-upgrade hook of a lower weight.",
};

pub(super) fn check(old: &Set, new: &Set, report: &mut Report) {
    let view = View::new(new);
    for workload in &view.workloads {
        let Some(hook) = early(workload) else { continue };
        for used in uses(workload).iter().filter(|used| used.is_needed()) {
            let Some(object) = view.find("", used.kind, view.namespace(&workload.root), used.name) else { continue };
            if is_made_after(object, &hook) {
                needs(old, view.namespace(object), object, used, report);
            }
        }
    }
    for call in calls(&view) {
        if let Some(hook) = early(call.caller) {
            asks(old, &view, &call, &hook, report);
        }
    }
}

/// The hook that a workload is, if it runs before an upgrade.
fn early<'a>(workload: &Workload<'a>) -> Option<Hook<'a>> {
    Hook::of(workload.root.object).filter(|hook| hook.is_of("pre-upgrade"))
}

/// Whether an upgrade makes an object after a hook; a hook of other phases was made then, or will be.
fn is_made_after(object: &Field<'_>, hook: &Hook<'_>) -> bool {
    Hook::of(object.object).is_none_or(|made| made.is_of("pre-upgrade") && made.weight > hook.weight)
}

fn needs(old: &Set, namespace: &str, object: &Field<'_>, used: &Use<'_>, report: &mut Report) {
    let Some(before) = old.find(used.kind, namespace, used.name) else {
        let message = format!("{} is made by this upgrade, after the hook that needs it", object.title());
        return report.new_error(&HOOK_BEFORE_UPGRADE, &used.at, message);
    };
    let known = keys(&Field::root(0, before));
    for key in used.keys.iter().filter(|key| key.str().is_some_and(|key| !known.contains(&key))) {
        let message = format!("{} has its key {} by this upgrade, after the hook", object.title(), shown(key));
        report.new_error(&HOOK_BEFORE_UPGRADE, key, message);
    }
}

fn shown(key: &Field<'_>) -> String {
    key.str().unwrap_or_default().to_owned()
}

fn asks(old: &Set, view: &View<'_>, call: &Call<'_, '_>, hook: &Hook<'_>, report: &mut Report) {
    let host = Host::of(view, view.namespace(&call.caller.root), &call.host);
    let Some(service) = host.and_then(|host| host.find(view)) else { return };
    let is_there = old.find("Service", view.namespace(service), &service.object.name).is_some();
    if !is_there && is_made_after(service, hook) {
        let message = format!("{} is made by this upgrade, after the hook that names it", service.title());
        report.new_warning(&HOOK_BEFORE_UPGRADE, (call.at.index, call.at.object), call.at.path(), message);
    }
}
