//! The functions of Sprig v3, as Helm has them.
//!
//! ```
//! use std::rc::Rc;
//!
//! use govalue::Value;
//!
//! let functions = sprig::functions(&Rc::new(sprig::Environment::new()));
//! let (_, b64enc) = functions.iter().find(|(name, _)| *name == "b64enc").ok_or("no such function")?;
//! let encoded = (b64enc.call)(&["Hello".into()])?;
//! assert!(encoded.as_string().is_some_and(|text| text == "SGVsbG8="));
//! # Ok::<(), String>(())
//! ```

mod args;
mod case;
mod crypto;
mod dates;
mod defaults;
mod dicts;
mod encoding;
mod environment;
mod flow;
mod lists;
mod network;
mod numbers;
mod objects;
mod paths;
mod random;
mod reflection;
pub mod regex;
mod runes;
pub mod semver;
mod strings;
mod urls;

use std::rc::Rc;

use govalue::Function;

pub use dates::{Duration, Time, read_rfc3339};
pub use environment::{Environment, KNOWN_RSA_KEYS};
pub use paths::clean as clean_path;
pub use urls::Url;

/// Every function with its name. They share the environment, which gives them the time and random numbers.
pub fn functions(env: &Rc<Environment>) -> Vec<(&'static str, Function)> {
    let mut functions = Vec::new();
    functions.extend(case::functions());
    functions.extend(crypto::functions(env));
    functions.extend(dates::functions(env));
    functions.extend(defaults::functions());
    functions.extend(dicts::functions());
    functions.extend(encoding::functions());
    functions.extend(flow::functions());
    functions.extend(lists::functions());
    functions.extend(network::functions(env));
    functions.extend(numbers::functions(env));
    functions.extend(paths::functions());
    functions.extend(random::functions(env));
    functions.extend(reflection::functions());
    functions.extend(regex::functions());
    functions.extend(semver::functions());
    functions.extend(strings::functions());
    functions.extend(urls::functions());
    functions
}

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
