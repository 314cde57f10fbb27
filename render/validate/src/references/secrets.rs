//! What Secrets of a type hold, and the certificates of Ingresses.

use super::configuration::keys;
use crate::Rule;
use crate::model::{Field, Report, View};

pub(crate) const SECRET_KEYS: Rule = Rule {
    id: "secret-keys",
    summary: "A Secret lacks a key that its type, or who asks for it, needs; or it has not the type.",
    reason: "Kubernetes refuses the Secret; an Ingress shows a certificate that nobody trusts, an image is not pulled.",
    allow: "When something adds the key.",
};

pub(crate) const TLS_HOST: Rule = Rule {
    id: "tls-host",
    summary: "A certificate of an Ingress is for a host that no rule of it has, or not for one that it has.",
    reason: "The host that is asked for shows a certificate that nobody trusts.",
    allow: "When another Ingress has the rule.",
};

/// The keys of each type, of which all are needed.
const TYPES: [(&str, &[&str]); 4] = [
    ("kubernetes.io/tls", &["tls.crt", "tls.key"]),
    ("kubernetes.io/dockerconfigjson", &[".dockerconfigjson"]),
    ("kubernetes.io/dockercfg", &[".dockercfg"]),
    ("kubernetes.io/ssh-auth", &["ssh-privatekey"]),
];

/// The types that Kubernetes knows beside these.
const OTHER_TYPES: [&str; 4] =
    ["Opaque", "kubernetes.io/basic-auth", "kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token"];

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for secret in view.of_kind("", "Secret") {
        known_type(secret, report);
        let Some((kind, needed)) = TYPES.iter().find(|(kind, _)| secret.text("type") == Some(kind)) else { continue };
        let keys = keys(secret);
        for key in needed.iter().filter(|key| !keys.contains(key)) {
            let hint = View::hint(keys.iter().copied(), key);
            report.error(&SECRET_KEYS, secret, format!("a Secret of type {kind} needs the key {key}{hint}"));
        }
    }
    for ingress in view.of_kind("networking.k8s.io", "Ingress") {
        for tls in ingress.items(&["spec", "tls"]) {
            certificate(view, &tls, report);
            hosts(ingress, &tls, report);
            issued(view, &tls, report);
        }
    }
    for workload in &view.workloads {
        for used in workload.pod.items(&["imagePullSecrets"]) {
            let Some(name) = used.get("name") else { continue };
            needs(view, &name, &[".dockerconfigjson", ".dockercfg"], report);
            pulls(view, &name, report);
        }
    }
}

/// A type that is none may be a program's own, but not a slip.
fn known_type(secret: &Field<'_>, report: &mut Report) {
    let Some(kind) = secret.text("type") else { return };
    let known = || TYPES.iter().map(|(kind, _)| *kind).chain(OTHER_TYPES);
    let hint = View::hint(known(), kind);
    if !hint.is_empty() && !known().any(|known| known == kind) {
        report.warning(&SECRET_KEYS, &secret.or_self(&["type"]), format!("{kind} is no type that is known{hint}"));
    }
}

/// The kubelet reads Secrets of two types alone.
fn pulls(view: &View<'_>, name: &Field<'_>, report: &mut Report) {
    let secret = name.str().and_then(|text| view.find("", "Secret", view.namespace(name), text));
    let kind = secret.map(|secret| secret.text("type").unwrap_or("Opaque"));
    if let Some(kind) = kind.filter(|kind| !kind.starts_with("kubernetes.io/dockerc")) {
        let message = format!("no image is pulled with a Secret of type {kind}, wanted kubernetes.io/dockerconfigjson");
        report.error(&SECRET_KEYS, name, message);
    }
}

fn certificate(view: &View<'_>, tls: &Field<'_>, report: &mut Report) {
    let Some(name) = tls.get("secretName") else { return };
    for key in ["tls.crt", "tls.key"] {
        needs(view, &name, &[key], report);
    }
}

/// A Secret of the set that is not empty has one of the keys. What its type tells is not told twice.
fn needs(view: &View<'_>, name: &Field<'_>, wanted: &[&str], report: &mut Report) {
    let secret = name.str().and_then(|text| view.find("", "Secret", view.namespace(name), text));
    let Some(secret) = secret else { return };
    let keys = keys(secret);
    let is_typed = TYPES.iter().any(|(kind, needed)| secret.text("type") == Some(kind) && needed.contains(&wanted[0]));
    if !keys.is_empty() && !is_typed && !wanted.iter().any(|key| keys.contains(key)) {
        report.error(&SECRET_KEYS, name, format!("{} has no key {}", secret.title(), wanted.join(" or ")));
    }
}

/// The hosts of a certificate that cert-manager issues.
fn issued(view: &View<'_>, tls: &Field<'_>, report: &mut Report) {
    let Some(secret) = tls.text("secretName") else { return };
    let of_secret = |certificate: &&Field<'_>| {
        view.namespace(certificate) == view.namespace(tls)
            && certificate.get("spec").is_some_and(|spec| spec.text("secretName") == Some(secret))
    };
    let Some(certificate) = view.of_kind("cert-manager.io", "Certificate").find(of_secret) else { return };
    let names = certificate.items(&["spec", "dnsNames"]);
    let names: Vec<_> = names.iter().filter_map(Field::str).collect();
    for host in tls.items(&["hosts"]) {
        let Some(wanted) =
            host.str().filter(|wanted| !names.is_empty() && !names.iter().any(|name| is_for(name, wanted)))
        else {
            continue;
        };
        let message =
            format!("{} is not for the host {wanted}{}", certificate.title(), View::hint(names.clone(), wanted));
        report.warning(&TLS_HOST, &host, message);
    }
}

/// Whether a name of a certificate is a host's: `*` stands for one label.
fn is_for(name: &str, host: &str) -> bool {
    let inner = |host: &str| host.split_once('.').map(|(_, rest)| rest.to_owned());
    name == host || name.strip_prefix("*.").is_some_and(|rest| inner(host).as_deref() == Some(rest))
}

fn hosts(ingress: &Field<'_>, tls: &Field<'_>, report: &mut Report) {
    let rules: Vec<_> = ingress.items(&["spec", "rules"]).iter().filter_map(|rule| rule.text("host")).collect();
    // A rule without a host is for all of them.
    if rules.len() < ingress.items(&["spec", "rules"]).len() {
        return;
    }
    for host in tls.items(&["hosts"]) {
        let Some(name) = host.str() else { continue };
        let covers = |rule: &&str| {
            *rule == name
                || name.strip_prefix('*').is_some_and(|end| rule.ends_with(end))
                || rule.strip_prefix('*').is_some_and(|end| name.ends_with(end))
        };
        if !rules.is_empty() && !rules.iter().any(covers) {
            let message = format!("no rule is for the host {name}{}", View::hint(rules.iter().copied(), name));
            report.warning(&TLS_HOST, &host, message);
        }
    }
}
