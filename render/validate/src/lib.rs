//! Checks Kubernetes manifests before a cluster does: schemas, references between objects, and arithmetic.
//!
//! ```
//! use kubevalidate::{Set, Settings, validate};
//! let mut set = Set::new("shops");
//! set.read("web.yaml", b"apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: ExternalName, externalName: a.b, port: 80}\n")?;
//! let findings = validate(&set, &Settings::default());
//! assert_eq!(findings[0].to_string(), "web.yaml:4: error: unknown field spec.port, did you mean ports? [unknown-field]");
//! # Ok::<(), kubevalidate::Error>(())
//! ```
//!
//! [`upgrade::upgrade`] follows what becomes of a set's objects, and [`changes::changes`] compares two sets.
//!
//! A [`Set`] holds the objects of a run, each with its place in the text; [`validate`] gives [`Finding`]s, each by one
//! of the [`rules`]. The crate knows manifests, not charts.

mod allow;
mod arithmetic;
pub mod changes;
pub mod compare;
mod error;
#[cfg(test)]
mod faults;
mod finding;
mod model;
pub mod normal;
mod object;
mod path;
mod reach;
mod read;
mod references;
pub mod report;
mod rule;
mod schema;
mod set;
mod settings;
pub mod upgrade;

pub use allow::ANNOTATION;
pub use error::Error;
pub use finding::{Finding, Severity};
pub use object::{Object, Place};
pub use path::{Path, Step};
pub use reach::{Connection, Reach, Verdict, reach};
pub use rule::{Rule, rules};
pub use schema::{api_versions, kube_versions};
pub use set::Set;
pub use settings::{KubeVersion, Settings};

/// What is wrong with a set of objects, in the order of their places; what an object or the settings allow is left out.
pub fn validate(set: &Set, settings: &Settings) -> Vec<Finding> {
    let mut findings = schema::check(set, &[&settings.definitions], settings);
    findings.extend(references::check(set, settings));
    findings.extend(arithmetic::check(set, settings));
    findings.extend(reach::check(set, settings));
    findings.retain(|finding| !allow::is_allowed(finding, set.objects().get(finding.object), settings));
    findings
        .sort_by(|one, other| (&one.place, &one.path, one.rule.id).cmp(&(&other.place, &other.path, other.rule.id)));
    findings
}

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
