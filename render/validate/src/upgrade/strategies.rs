//! How pods are replaced, when that changes.

use super::Method;
use super::pair::{Pair, Report};
use crate::{Object, Rule};

pub(crate) const LEFTOVER_ROLLING_UPDATE: Rule = Rule {
    id: "leftover-rolling-update",
    summary: "A Deployment goes over to Recreate, or a StatefulSet to OnDelete, and the release before says nothing of rollingUpdate.",
    reason: "What the API server has filled in there is nobody's to take away: it stays, is refused beside the new type, and the upgrade fails. Of a Deployment that is so from Helm 4 on.",
    allow: "When somebody removes it before, by `kubectl patch`; or give the numbers of rollingUpdate in one upgrade and the new type in the next.",
};

pub(super) fn check(pair: &Pair<'_>, method: Method, report: &mut Report) {
    let (strategy, path) = if pair.is("apps", "Deployment") && method == Method::ServerSide {
        ("/spec/strategy", &["spec", "strategy", "type"])
    } else if pair.is("apps", "StatefulSet") {
        ("/spec/updateStrategy", &["spec", "updateStrategy", "type"])
    } else {
        return;
    };
    let (old, new) = pair.texts(&format!("{strategy}/type"));
    let is_default = match old {
        None => true,
        // A StatefulSet that names its type is left without numbers.
        Some(kind) => kind == "RollingUpdate" && pair.old.kind == "Deployment",
    };
    let is_given = pair.old.at(&format!("{strategy}/rollingUpdate")).is_some();
    if !is_default || is_given || clears(pair.new, strategy, method) {
        return;
    }
    for field in pair.under(path) {
        let message = format!("the default of rollingUpdate stays, which {} is refused with", new.unwrap_or_default());
        report.error(&LEFTOVER_ROLLING_UPDATE, pair, field, message);
    }
}

/// A patch of the client's takes away what is null in the manifest; a server-side apply does not.
fn clears(object: &Object, strategy: &str, method: Method) -> bool {
    let rolling = object.json.pointer(&format!("{strategy}/rollingUpdate"));
    method == Method::ClientSide && rolling.is_some_and(serde_json::Value::is_null)
}
