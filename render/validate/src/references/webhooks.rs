//! Services that the API server calls: admission webhooks, conversions, and aggregated APIs.

use crate::Rule;
use crate::model::{Field, Report, View};

pub(crate) const WEBHOOK_SERVICE: Rule = Rule {
    id: "webhook-service",
    summary: "A webhook or an aggregated API leads to no Service of the set, or to a port that it does not have.",
    reason: "With failurePolicy Fail, which is the default, every request that it is asked about is refused.",
    allow: "When another chart has the Service.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for kind in ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"] {
        for configuration in view.of_kind("admissionregistration.k8s.io", kind) {
            for webhook in configuration.items(&["webhooks"]) {
                meets(view, webhook.at(&["clientConfig", "service"]), report);
            }
        }
    }
    for api in view.of_kind("apiregistration.k8s.io", "APIService") {
        meets(view, api.at(&["spec", "service"]), report);
    }
    for definition in view.of_kind("apiextensions.k8s.io", "CustomResourceDefinition") {
        meets(view, definition.at(&["spec", "conversion", "webhook", "clientConfig", "service"]), report);
    }
}

fn meets(view: &View<'_>, reference: Option<Field<'_>>, report: &mut Report) {
    let Some(reference) = reference else { return };
    let (Some(name), Some(namespace)) = (reference.text("name"), reference.text("namespace")) else { return };
    let Some(service) = view.find("", "Service", namespace, name) else {
        // Every cluster has its own API as a Service.
        if (namespace, name) == ("default", "kubernetes") {
            return;
        }
        let message = format!("the set has no Service {name} in namespace {namespace}");
        return report.missing(&WEBHOOK_SERVICE, &reference.or_self(&["name"]), message);
    };
    let port = reference.int("port").unwrap_or(443);
    if !service.items(&["spec", "ports"]).iter().any(|has| has.int("port") == Some(port)) {
        report.error(&WEBHOOK_SERVICE, &reference.or_self(&["port"]), format!("Service {name} has no port {port}"));
    }
}
