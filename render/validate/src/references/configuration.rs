//! ConfigMaps and Secrets that are asked for, and their keys.

use std::collections::HashSet;

use super::uses::{Use, uses};
use crate::Rule;
use crate::model::{Field, Report, View};

pub(crate) const MISSING_CONFIGMAP: Rule = Rule {
    id: "missing-configmap",
    summary: "The set has no ConfigMap that a pod asks for.",
    reason: "The pod does not start before it is there.",
    allow: "When an operator, another chart or a person makes it.",
};

pub(crate) const MISSING_SECRET: Rule = Rule {
    id: "missing-secret",
    summary: "The set has no Secret that a pod, an Ingress or a Gateway asks for.",
    reason: "The pod does not start before it is there; an Ingress shows a certificate that nobody trusts, and a Gateway does not listen.",
    allow: "When an operator, another chart or a person makes it.",
};

pub(crate) const MISSING_KEY: Rule = Rule {
    id: "missing-key",
    summary: "A ConfigMap or Secret does not have the key that a pod asks for.",
    reason: "The pod does not start.",
    allow: "When something adds the key before the pod starts.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    let supplied = supplied_secrets(view);
    for workload in &view.workloads {
        for used in uses(workload) {
            check_use(view, &used, &supplied, report);
        }
    }
    for name in certificates(view) {
        let Some(text) = name.str().filter(|name| !name.is_empty()) else { continue };
        let used = Use { kind: "Secret", name: text, at: name.clone(), keys: Vec::new(), optional: false };
        check_use(view, &used, &supplied, report);
    }
}

/// Where the names stand of the certificates of Ingresses and Gateways.
fn certificates<'a>(view: &View<'a>) -> Vec<Field<'a>> {
    // Of cert-manager's annotations, each makes it issue the certificate.
    let is_issued = |root: &Field<'_>| {
        root.entries(&["metadata", "annotations"]).iter().any(|(key, _)| key.starts_with("cert-manager.io/"))
    };
    let ingresses = view.of_kind("networking.k8s.io", "Ingress").filter(|ingress| !is_issued(ingress));
    let of_ingresses = ingresses.flat_map(|ingress| ingress.items(&["spec", "tls"]));
    let gateways = view.of_kind("gateway.networking.k8s.io", "Gateway").filter(|gateway| !is_issued(gateway));
    let listeners = gateways.flat_map(|gateway| gateway.items(&["spec", "listeners"]));
    let references = listeners.flat_map(|listener| listener.items(&["tls", "certificateRefs"]));
    let here =
        references.filter(|at| at.text("kind").is_none_or(|kind| kind == "Secret") && at.get("namespace").is_none());
    let names = of_ingresses.filter_map(|tls| tls.get("secretName"));
    names.chain(here.filter_map(|at| at.get("name"))).collect()
}

fn check_use<'a>(view: &View<'a>, used: &Use<'a>, supplied: &HashSet<(&str, &str)>, report: &mut Report) {
    let rule = match used.kind {
        "ConfigMap" => &MISSING_CONFIGMAP,
        "Secret" => &MISSING_SECRET,
        _ => return,
    };
    let namespace = view.namespace(&used.at);
    match view.find("", used.kind, namespace, used.name) {
        Some(object) => {
            for key in &used.keys {
                check_key(object, key, used, report);
            }
        }
        None if used.optional
            || is_known(used)
            || (used.kind == "Secret" && supplied.contains(&(namespace, used.name))) => {}
        None => {
            let names = view.of_kind("", used.kind).map(|object| object.object.name.as_str());
            let message = format!("the set has no {} {}{}", used.kind, used.name, View::hint(names, used.name));
            report.missing(rule, &used.at, message);
        }
    }
}

fn check_key(object: &Field<'_>, key: &Field<'_>, used: &Use<'_>, report: &mut Report) {
    let Some(wanted) = key.str() else { return };
    let keys = keys(object);
    if used.optional || keys.contains(&wanted) || object.text("type") == Some("kubernetes.io/service-account-token") {
        return;
    }
    let message = format!("{} has no key {wanted}{}", object.title(), View::hint(keys.iter().copied(), wanted));
    if keys.is_empty() {
        // An empty one waits for somebody to fill it.
        report.missing(&MISSING_KEY, key, message);
    } else {
        report.error(&MISSING_KEY, key, message);
    }
}

/// The keys of a ConfigMap or Secret.
pub(crate) fn keys<'a>(object: &Field<'a>) -> Vec<&'a str> {
    let parts = ["data", "stringData", "binaryData"];
    parts.iter().flat_map(|part| object.entries(&[part])).map(|(key, _)| key).collect()
}

/// What Kubernetes puts into every namespace.
fn is_known(used: &Use<'_>) -> bool {
    used.kind == "ConfigMap" && matches!(used.name, "kube-root-ca.crt" | "openshift-service-ca.crt")
}

/// The Secrets that custom resources of the set stand for: certificates, and secrets of stores.
fn supplied_secrets<'a>(view: &View<'a>) -> HashSet<(&'a str, &'a str)> {
    let mut supplied = HashSet::new();
    for root in view.objects() {
        let object = root.object;
        if object.group().contains('.') && (object.kind.contains("Secret") || object.kind == "Certificate") {
            let namespace = view.namespace(root);
            supplied.insert((namespace, object.name.as_str()));
            for path in [["spec", "secretName", ""], ["spec", "target", "name"], ["spec", "destination", "name"]] {
                let path: Vec<_> = path.into_iter().filter(|key| !key.is_empty()).collect();
                supplied.extend(root.at(&path).and_then(|name| name.str()).map(|name| (namespace, name)));
            }
        }
    }
    supplied
}
