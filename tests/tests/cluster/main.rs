//! The chart on a real Kubernetes: the cluster of the current kube context, an Ingress controller in it, and the images
//! that `ci/images` builds. `kubectl` and `helm` are found on the PATH, or by the variables KUBECTL, HELM and HELM3; so is
//! `render`, built with the feature `kube`, by RENDER.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "tests report by panicking"
)]

mod command;
mod defaults;
mod diff;
mod local;
mod namespace;
mod neighbours;
mod production;
mod refused;
mod release;
mod site;
mod upgrade;
