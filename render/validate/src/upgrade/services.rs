//! Services: the addresses they were given.

use super::pair::{Pair, Report};
use crate::Rule;

pub(crate) const IMMUTABLE_SERVICE: Rule = Rule {
    id: "immutable-service",
    summary: "A Service becomes headless or no longer is, changes its clusterIP or its first IP family, or the loadBalancerClass or healthCheckNodePort that it keeps.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "When the old Service is deleted before; better, give the new one another name.",
};

const CLUSTER_IP: &str = "/spec/clusterIP";

pub(super) fn check(pair: &Pair<'_>, report: &mut Report) {
    if !pair.is("", "Service") {
        return;
    }
    let types = pair.texts("/spec/type");
    if [types.0, types.1].contains(&Some("ExternalName")) {
        return;
    }
    let is_headless = |text: Option<&str>| text == Some("None");
    let addresses = pair.texts(CLUSTER_IP);
    address(pair, addresses, report);
    if !is_headless(addresses.0) && !is_headless(addresses.1) {
        first_family(pair, report);
    }
    if types == (Some("LoadBalancer"), Some("LoadBalancer")) {
        pair.under(&["spec", "loadBalancerClass"]).for_each(|field| report.refused(&IMMUTABLE_SERVICE, pair, field));
        let policies = pair.texts("/spec/externalTrafficPolicy");
        if policies == (Some("Local"), Some("Local")) {
            let fields = pair.under(&["spec", "healthCheckNodePort"]);
            // Without one it keeps its port; one that is given may be the one that it has.
            let fields = fields.filter(|field| field.old.is_some() && field.new.is_some());
            fields.for_each(|field| report.refused(&IMMUTABLE_SERVICE, pair, field));
        }
    }
}

/// A Service without an address in its manifest keeps the one that it has, `None` as well.
fn address(pair: &Pair<'_>, addresses: (Option<&str>, Option<&str>), report: &mut Report) {
    for field in pair.under(&["spec", "clusterIP"]) {
        match addresses {
            (_, None | Some("")) => {}
            (None | Some(""), Some(new)) if new != "None" => {
                let message = format!("spec.clusterIP is {new}, which must be the address that the Service has");
                report.warning(&IMMUTABLE_SERVICE, pair, field, message);
            }
            _ => report.refused(&IMMUTABLE_SERVICE, pair, field),
        }
    }
}

fn first_family(pair: &Pair<'_>, report: &mut Report) {
    let (Some(_), Some(_)) = pair.texts("/spec/ipFamilies/0") else { return };
    for field in pair.under(&["spec", "ipFamilies"]) {
        if field.path.to_string() == "spec.ipFamilies[0]" {
            report.refused(&IMMUTABLE_SERVICE, pair, field);
        }
    }
}
