//! A version.

use std::cmp::Ordering;
use std::fmt;

use super::scan::{self, Parts};

/// Longer texts are refused.
pub(super) const MAX_LENGTH: usize = 256;

pub(super) const INVALID: &str = "invalid semantic version";
const STARTS_WITH_ZERO: &str = "version segment starts with 0";
const INVALID_PRERELEASE: &str = "invalid prerelease string";
const INVALID_METADATA: &str = "invalid metadata string";

pub(super) fn too_long() -> String {
    format!("version string is too long (max {MAX_LENGTH} bytes)")
}

/// A semantic version. Two are equal that differ in nothing but metadata.
#[derive(Clone, Debug)]
pub struct Version {
    pub(super) major: u64,
    pub(super) minor: u64,
    pub(super) patch: u64,
    pub(super) prerelease: String,
    pub(super) metadata: String,
    pub(super) original: String,
}

impl Version {
    /// Reads a version with leniency: with a `v`, without minor or patch, with zeros in front of numbers, as
    /// `semver.NewVersion`. The error is Go's text.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > MAX_LENGTH {
            return Err(too_long());
        }
        let scanned = scan::version(text, |byte| byte.is_ascii_digit());
        let Some((parts, _, "")) = scanned else { return Err(INVALID.to_owned()) };
        let [major, minor, patch] =
            numbers(&parts).map_err(|error| format!("error parsing version segment: {error}"))?;
        validate_prerelease(parts.prerelease)?;
        Ok(Self {
            major,
            minor,
            patch,
            prerelease: parts.prerelease.to_owned(),
            metadata: parts.metadata.to_owned(),
            original: text.to_owned(),
        })
    }

    /// The major number.
    pub fn major(&self) -> u64 {
        self.major
    }

    /// The minor number.
    pub fn minor(&self) -> u64 {
        self.minor
    }

    /// The patch number.
    pub fn patch(&self) -> u64 {
        self.patch
    }

    /// What follows the hyphen; empty if nothing does.
    pub fn prerelease(&self) -> &str {
        &self.prerelease
    }

    /// What follows the plus sign; empty if nothing does.
    pub fn metadata(&self) -> &str {
        &self.metadata
    }

    /// The text that it was read from.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// Which is the later one; metadata does not count.
    pub fn compare(&self, other: &Self) -> Ordering {
        let key = |version: &Self| (version.major, version.minor, version.patch);
        key(self).cmp(&key(other)).then_with(|| match (self.prerelease.as_str(), other.prerelease.as_str()) {
            ("", "") => Ordering::Equal,
            ("", _) => Ordering::Greater,
            (_, "") => Ordering::Less,
            (this, other) => compare_prereleases(this, other),
        })
    }

    /// The version with other numbers and without the rest, keeping a `v` in its original text.
    pub(super) fn bumped(&self, major: u64, minor: u64, patch: u64) -> Self {
        let next =
            Self { major, minor, patch, prerelease: String::new(), metadata: String::new(), original: String::new() };
        next.with_original_of(self)
    }

    pub(super) fn with_original_of(self, other: &Self) -> Self {
        let v = if other.original.starts_with('v') { "v" } else { "" };
        Self { original: format!("{v}{self}"), ..self }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.prerelease.is_empty() {
            write!(formatter, "-{}", self.prerelease)?;
        }
        if !self.metadata.is_empty() {
            write!(formatter, "+{}", self.metadata)?;
        }
        Ok(())
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.compare(other).is_eq()
    }
}

impl Eq for Version {}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare(other)
    }
}

fn numbers(parts: &Parts<'_>) -> Result<[u64; 3], String> {
    let optional = |text: &str| if text.is_empty() { Ok(0) } else { number(text) };
    Ok([number(parts.major)?, optional(parts.minor)?, optional(parts.patch)?])
}

/// The error is that of `strconv.ParseUint`.
fn number(digits: &str) -> Result<u64, String> {
    digits.parse().map_err(|_| format!("strconv.ParseUint: parsing \"{digits}\": value out of range"))
}

/// An empty prerelease is none.
pub(super) fn validate_prerelease(prerelease: &str) -> Result<(), String> {
    if prerelease.is_empty() { Ok(()) } else { validate_identifiers(prerelease) }
}

fn validate_identifiers(prerelease: &str) -> Result<(), String> {
    for part in prerelease.split('.') {
        if part.is_empty() {
            return Err(INVALID_PRERELEASE.to_owned());
        }
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            if part.len() > 1 && part.starts_with('0') {
                return Err(STARTS_WITH_ZERO.to_owned());
            }
        } else if !part.bytes().all(is_identifier) {
            return Err(INVALID_PRERELEASE.to_owned());
        }
    }
    Ok(())
}

pub(super) fn validate_metadata(metadata: &str) -> Result<(), String> {
    let valid = metadata.split('.').all(|part| !part.is_empty() && part.bytes().all(is_identifier));
    if valid { Ok(()) } else { Err(INVALID_METADATA.to_owned()) }
}

fn is_identifier(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// Part by part; numbers come before words, and the longer list after the shorter.
pub(super) fn compare_prereleases(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left.split('.'), right.split('.'));
    loop {
        let (left, right) = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (left, right) => (left.unwrap_or_default(), right.unwrap_or_default()),
        };
        let order = compare_parts(left, right);
        if order.is_ne() {
            return order;
        }
    }
}

fn compare_parts(left: &str, right: &str) -> Ordering {
    if left == right {
        return Ordering::Equal;
    }
    if left.is_empty() || right.is_empty() {
        return right.is_empty().cmp(&left.is_empty());
    }
    match (number(left), number(right)) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => left.cmp(right),
    }
}
