//! References: every name, port and selector meets something in the set.

mod accounts;
mod affinity;
mod behind;
mod bound;
mod classes;
mod configuration;
mod containers;
mod databases;
mod files;
mod gateways;
mod hooks;
mod listening;
mod modes;
mod monitors;
mod namespaces;
mod nodes;
mod policies;
mod rights;
pub(crate) mod routes;
mod scaling;
mod secrets;
mod selectors;
mod services;
mod shells;
mod standards;
mod told;
mod uses;
mod volumes;
mod webhooks;

use crate::model::{Report, View};
use crate::{Finding, Rule, Set, Settings};
pub(crate) use configuration::keys;
pub(crate) use uses::{Use, uses};

/// The rules of this part.
pub(crate) const RULES: &[&Rule] = &[
    &selectors::SELECTOR_MISMATCH,
    &selectors::SELECTOR_OVERLAP,
    &services::SERVICE_WITHOUT_PODS,
    &services::SERVICE_TARGET_PORT,
    &services::SERVICE_PORT_TWICE,
    &services::STATEFULSET_SERVICE,
    &behind::SERVICE_MIXED_PODS,
    &behind::SERVICE_WITHOUT_REPLICAS,
    &behind::SERVICE_WITHOUT_READINESS,
    &routes::BACKEND_SERVICE,
    &routes::BACKEND_PORT,
    &routes::INGRESS_PATH_TWICE,
    &gateways::MISSING_GATEWAY,
    &webhooks::WEBHOOK_SERVICE,
    &configuration::MISSING_CONFIGMAP,
    &configuration::MISSING_SECRET,
    &configuration::MISSING_KEY,
    &files::MISSING_FILE,
    &files::DATA_OUTSIDE_VOLUME,
    &secrets::SECRET_KEYS,
    &secrets::TLS_HOST,
    &namespaces::MISSING_NAMESPACE,
    &volumes::MOUNT_WITHOUT_VOLUME,
    &volumes::VOLUME_WITHOUT_MOUNT,
    &volumes::VOLUME_TWICE,
    &volumes::MOUNT_PATH_TWICE,
    &volumes::SUBPATH_KEY,
    &volumes::MISSING_CLAIM,
    &bound::VOLUME_MISMATCH,
    &modes::VOLUME_MODE,
    &accounts::MISSING_SERVICE_ACCOUNT,
    &accounts::MISSING_ROLE,
    &accounts::SUBJECT_NAMESPACE,
    &rights::ROLE_RESOURCE,
    &rights::ROLE_VERB,
    &classes::MISSING_CLASS,
    &affinity::AFFINITY_WITHOUT_PODS,
    &nodes::NODE_LABEL,
    &scaling::SCALE_TARGET,
    &scaling::SCALED_TWICE,
    &scaling::BUDGET_WITHOUT_PODS,
    &scaling::BUDGET_OVERLAP,
    &monitors::MONITOR_WITHOUT_TARGETS,
    &monitors::MONITOR_PORT,
    &policies::POLICY_WITHOUT_PODS,
    &policies::POLICY_PEER,
    &policies::POLICY_PORT,
    &policies::POLICY_TYPES,
    &containers::CONTAINER_TWICE,
    &told::MISSING_CONTAINER,
    &shells::COMMAND_WORDS,
    &standards::POD_SECURITY,
    &containers::PORT_TWICE,
    &containers::PORT_NAME_TWICE,
    &containers::PROBE_PORT,
    &listening::LISTEN_PORT,
    &databases::DATABASE_VARIABLE,
    &containers::ENV_TWICE,
    &containers::ENV_BEFORE_ITS_VALUE,
    &containers::ENV_NOT_GIVEN,
    &hooks::HOOK_ORDER,
    &hooks::HOOK_OBJECT,
];

/// What is wrong with the objects of a set.
pub(crate) fn check(set: &Set, settings: &Settings) -> Vec<Finding> {
    let view = View::new(set);
    let mut report = Report::new(settings.closed);
    for check in [
        selectors::check,
        services::check,
        behind::check,
        routes::check,
        gateways::check,
        webhooks::check,
        configuration::check,
        files::check,
        secrets::check,
        namespaces::check,
        volumes::check,
        bound::check,
        modes::check,
        accounts::check,
        classes::check,
        affinity::check,
        nodes::check,
        scaling::check,
        monitors::check,
        policies::check,
        containers::check,
        told::check,
        shells::check,
        standards::check,
        listening::check,
        databases::check,
        hooks::check,
    ] {
        check(&view, &mut report);
    }
    rights::check(&view, settings.kube_version, &mut report);
    report.into_findings()
}
