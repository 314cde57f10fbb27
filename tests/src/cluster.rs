//! The chart on a real Kubernetes: the cluster of the current kube context, an Ingress controller in it, and the images
//! that `ci/images` builds. `kubectl` and `helm` are found on the PATH, or by the variables KUBECTL, HELM and HELM3; so is
//! `render`, built with the feature `kube`, by RENDER.

pub mod command;
pub mod load;
mod namespace;
mod process;
mod release;
mod secrets;
mod site;

pub use namespace::Namespace;
pub use process::signal;
pub use release::{Release, repository};
pub use secrets::create_production_secrets;
pub use site::{Site, expect_thought, log_in, post};
