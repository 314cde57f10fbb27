//! Versions as values of templates.

use std::any::Any;

use govalue::{Kind, Method, NamedType, Object, Type, Value};

use super::Version;
use super::version::{validate_metadata, validate_prerelease};
use crate::args::{any, text};
use crate::objects::{downcast, object};

/// A `*semver.Version`.
#[derive(Debug)]
pub(super) struct Pointer(pub(super) Version);

/// A `semver.Version`, which has only the methods that need no pointer.
#[derive(Debug)]
struct Plain(Version);

type Call = fn(&Value, &[Value]) -> Result<Value, String>;

const OTHER: &[Type] = &[Type::Named("*semver.Version")];

const fn method(name: &'static str, params: &'static [Type], call: Call) -> Method {
    Method { name, params, variadic: false, call }
}

fn version(value: &Value) -> Result<&Version, String> {
    let pointer = downcast::<Pointer>(value).map(|version| &version.0);
    let version = pointer.or_else(|| downcast::<Plain>(value).map(|version| &version.0));
    version.ok_or_else(|| "runtime error: invalid memory address or nil pointer dereference".to_owned())
}

fn compare(receiver: &Value, args: &[Value]) -> Result<std::cmp::Ordering, String> {
    Ok(version(receiver)?.compare(version(any(args, 0))?))
}

fn plain(version: Version) -> Value {
    object(Plain(version))
}

fn next(number: u64, name: &str) -> Result<u64, String> {
    number.checked_add(1).ok_or_else(|| format!("{name} version increment would overflow uint64"))
}

const INC_MAJOR: Method = method("IncMajor", &[], |receiver, _| {
    let version = version(receiver)?;
    Ok(plain(version.bumped(next(version.major, "major")?, 0, 0)))
});
const INC_MINOR: Method = method("IncMinor", &[], |receiver, _| {
    let version = version(receiver)?;
    Ok(plain(version.bumped(version.major, next(version.minor, "minor")?, 0)))
});
const INC_PATCH: Method = method("IncPatch", &[], |receiver, _| {
    let version = version(receiver)?;
    let patch = if version.prerelease.is_empty() { next(version.patch, "patch")? } else { version.patch };
    Ok(plain(version.bumped(version.major, version.minor, patch)))
});
const MAJOR: Method = method("Major", &[], |receiver, _| Ok(Value::Uint64(version(receiver)?.major)));
const MINOR: Method = method("Minor", &[], |receiver, _| Ok(Value::Uint64(version(receiver)?.minor)));
const PATCH: Method = method("Patch", &[], |receiver, _| Ok(Value::Uint64(version(receiver)?.patch)));
const METADATA: Method = method("Metadata", &[], |receiver, _| Ok(version(receiver)?.metadata().into()));
const PRERELEASE: Method = method("Prerelease", &[], |receiver, _| Ok(version(receiver)?.prerelease().into()));
const STRING: Method = method("String", &[], |receiver, _| Ok(version(receiver)?.to_string().into()));
const SET_METADATA: Method = method("SetMetadata", &[Type::String], |receiver, args| {
    let (version, metadata) = (version(receiver)?, text(args, 0).into_owned());
    if !metadata.is_empty() {
        validate_metadata(&metadata)?;
    }
    Ok(plain(Version { metadata, ..version.clone() }.with_original_of(version)))
});
const SET_PRERELEASE: Method = method("SetPrerelease", &[Type::String], |receiver, args| {
    let (version, prerelease) = (version(receiver)?, text(args, 0).into_owned());
    validate_prerelease(&prerelease)?;
    Ok(plain(Version { prerelease, ..version.clone() }.with_original_of(version)))
});

static PLAIN: NamedType = NamedType {
    name: "semver.Version",
    methods: &[
        INC_MAJOR,
        INC_MINOR,
        INC_PATCH,
        MAJOR,
        METADATA,
        MINOR,
        PATCH,
        PRERELEASE,
        SET_METADATA,
        SET_PRERELEASE,
        STRING,
    ],
};

static POINTER: NamedType = NamedType {
    name: "*semver.Version",
    methods: &[
        method("Compare", OTHER, |receiver, args| Ok(Value::Int(compare(receiver, args)? as i64))),
        method("Equal", OTHER, |receiver, args| Ok(compare(receiver, args)?.is_eq().into())),
        method("GreaterThan", OTHER, |receiver, args| Ok(compare(receiver, args)?.is_gt().into())),
        method("GreaterThanEqual", OTHER, |receiver, args| Ok(compare(receiver, args)?.is_ge().into())),
        method("LessThan", OTHER, |receiver, args| Ok(compare(receiver, args)?.is_lt().into())),
        method("LessThanEqual", OTHER, |receiver, args| Ok(compare(receiver, args)?.is_le().into())),
        method("Original", &[], |receiver, _| Ok(version(receiver)?.original().into())),
        INC_MAJOR,
        INC_MINOR,
        INC_PATCH,
        MAJOR,
        METADATA,
        MINOR,
        PATCH,
        PRERELEASE,
        SET_METADATA,
        SET_PRERELEASE,
        STRING,
    ],
};

impl Object for Pointer {
    fn type_of(&self) -> &'static NamedType {
        &POINTER
    }

    fn kind(&self) -> Kind {
        Kind::Ptr
    }

    fn display(&self) -> Option<String> {
        Some(self.0.to_string())
    }

    fn to_json(&self) -> Result<Value, String> {
        Ok(self.0.to_string().into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for Plain {
    fn type_of(&self) -> &'static NamedType {
        &PLAIN
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn display(&self) -> Option<String> {
        Some(self.0.to_string())
    }

    fn to_json(&self) -> Result<Value, String> {
        Ok(self.0.to_string().into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
