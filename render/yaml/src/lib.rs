//! YAML and TOML as Helm reads and writes them.
//!
//! YAML is read and written as `sigs.k8s.io/yaml` does, that is as go-yaml v2 with JSON in between: [`to_json`] for
//! Go's structs, [`from_yaml`] for values, [`to_yaml`] for the text. [`to_yaml_pretty`] is go-yaml v3's. TOML is that
//! of BurntSushi: [`to_toml`], [`from_toml`]. What is accepted, the bytes written and the errors' texts are theirs.

mod decode;
mod document;
mod emitter;
mod error;
mod golang;
mod input;
mod outline;
mod parser;
mod reader;
mod resolve;
mod scanner;
mod timestamp;
mod token;
mod toml;

pub use emitter::{to_yaml, to_yaml_pretty};
pub use error::Error;
pub use outline::{Duplicate, Outline, Step};
pub use reader::{from_yaml, from_yaml_array, from_yaml_map, text_of, to_json, to_json_with_outline};
pub use toml::{ReadTime, from_toml, to_toml};

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
