//! A native Helm: renders charts byte for byte as `helm template` prints them, in process and in milliseconds.
//!
//! ```
//! use render::{Chart, Renderer};
//! let chart = Chart::load(concat!(env!("CARGO_MANIFEST_DIR"), "/../chart"))?;
//! let rendered = Renderer::default().render(&chart, &serde_json::from_str(r#"{"sampleData": true}"#)?)?;
//! assert!(rendered.manifests.iter().any(|manifest| manifest.kind == "Deployment"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Chart::load`] reads a chart, [`Options`] the values that a user gives, [`Renderer`] makes manifests of both, and
//! [`Output`] prints them as Helm does. Rendering is a function of its inputs alone: the clock, randomness and what a
//! cluster answers are passed in. An [`Environment`] goes on where it was: what is to be random alike wants a new one.

mod capabilities;
pub mod chart;
pub mod coverage;
mod engine;
mod error;
mod explain;
pub mod manifest;
mod memory;
mod output;
mod parallel;
mod render;
pub mod values;
mod warning;

pub use capabilities::{BuildInfo, Capabilities, HelmVersion, KubeVersion};
pub use chart::{Chart, File, Table};
pub use coverage::Coverage;
pub use engine::{Lookup, name_from};
pub use error::{Error, Place, TemplateError};
pub use explain::{Explanation, Followed, Read, TemplateLine};
pub use gotemplate::Limits;
pub use govalue;
pub use manifest::Manifest;
pub use memory::use_huge_pages;
pub use output::Output;
pub use render::{Attempt, Release, Rendered, Renderer};
pub use sprig::{Environment, KNOWN_RSA_KEYS};
pub use values::Options;

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
