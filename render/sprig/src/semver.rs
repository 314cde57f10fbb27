//! Semantic versions and constraints on them, as Masterminds/semver v3 has them.
//!
//! ```
//! use sprig::semver::{Constraints, Version};
//!
//! let constraints = Constraints::parse(">=1.20.0-0 <2")?;
//! assert!(constraints.check(&Version::parse("v1.37.0")?));
//! # Ok::<(), String>(())
//! ```

mod check;
mod constraint;
mod methods;
mod scan;
mod version;

pub use constraint::Constraints;
pub use version::Version;

use govalue::{Function, Type, Value};

use crate::args::bytes;
use crate::objects::object;

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("semver", Function::new(&[Type::String], |args| Ok(object(methods::Pointer(parse(bytes(args, 0))?))))),
        ("semverCompare", Function::new(&[Type::String, Type::String], |args| compare(bytes(args, 0), bytes(args, 1)))),
    ]
}

fn compare(constraint: &[u8], version: &[u8]) -> Result<Value, String> {
    let constraints = Constraints::parse_bytes(constraint)?;
    Ok(constraints.check(&parse(version)?).into())
}

/// A version is ASCII throughout, so that other bytes never make one.
fn parse(version: &[u8]) -> Result<Version, String> {
    match std::str::from_utf8(version) {
        Ok(text) => Version::parse(text),
        Err(_) if version.len() > version::MAX_LENGTH => Err(version::too_long()),
        Err(_) => Err(version::INVALID.to_owned()),
    }
}
