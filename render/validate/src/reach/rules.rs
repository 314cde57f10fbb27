//! Calls that do not arrive.

use super::calls::Call;
use super::{Connection, Verdict};
use crate::Rule;
use crate::model::Report;

pub(crate) const URL_SERVICE: Rule = Rule {
    id: "url-service",
    summary: "A URL in the environment leads to a Service that the set does not have.",
    reason: "The name is not found, and every call fails.",
    allow: "When another chart has the Service.",
};

pub(crate) const URL_PORT: Rule = Rule {
    id: "url-port",
    summary: "A URL in the environment leads to a port that its Service, or the pods behind it, do not have.",
    reason: "Every call waits until it fails.",
    allow: "Never: name a port of the Service, not of its pods.",
};

pub(crate) const URL_CLOSED: Rule = Rule {
    id: "url-closed",
    summary: "A NetworkPolicy does not let a call through that the environment asks for.",
    reason: "Every call waits until it fails.",
    allow: "When the call is never made.",
};

pub(crate) const DNS_CLOSED: Rule = Rule {
    id: "dns-closed",
    summary: "A NetworkPolicy does not let a caller ask for names.",
    reason: "No name is found, so every call by name fails.",
    allow: "When names are resolved without the network, as by a file of hosts.",
};

pub(super) fn check(call: &Call<'_, '_>, connection: &Connection, report: &mut Report) {
    let caller = &connection.from;
    let by = format!("{} leads {caller} to {}", connection.by, connection.to);
    // Where a Service and its pods do not fit, their own rules tell it.
    match &connection.verdict {
        Verdict::NoService => report.missing(&URL_SERVICE, &call.at, format!("{by}, but the set has no such Service")),
        Verdict::NoPort => report.error(&URL_PORT, &call.at, format!("{by}, but there is no such port")),
        Verdict::Closed(policy) => report.error(&URL_CLOSED, &call.at, format!("{by}, but {policy} closes it")),
        Verdict::NoDns(policy) => report.error(&DNS_CLOSED, &call.at, format!("{by}, but {policy} closes DNS")),
        Verdict::Open | Verdict::NoPods | Verdict::Outside => {}
    }
}
