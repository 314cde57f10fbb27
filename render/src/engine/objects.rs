//! `.Capabilities` and the type of `.Values`, as that Helm shows them to templates.

#![expect(clippy::unnecessary_wraps, reason = "a method may fail, and these do not")]

use govalue::{List, Map, Method, NamedType, Str, Type, Value};

use super::structs::{Field, Struct};
use super::text;
use crate::{BuildInfo, Capabilities, HelmVersion, KubeVersion};

/// The type of `.Values`.
pub(super) fn values_type(version: HelmVersion) -> &'static NamedType {
    match version {
        HelmVersion::V3 => &VALUES_3,
        HelmVersion::V4 => &VALUES_4,
    }
}

static VALUES_3: NamedType = NamedType { name: "chartutil.Values", methods: VALUES_METHODS };
static VALUES_4: NamedType = NamedType { name: "common.Values", methods: VALUES_METHODS };
const VALUES_METHODS: &[Method] = &[
    Method { name: "YAML", params: &[], variadic: false, call: yaml },
    Method { name: "AsMap", params: &[], variadic: false, call: as_map },
    Method { name: "Table", params: &[Type::String], variadic: false, call: table },
    Method { name: "PathValue", params: &[Type::String], variadic: false, call: path_value },
];

fn yaml(receiver: &Value, _: &[Value]) -> Result<Value, String> {
    let text = goyaml::to_yaml(receiver).map_err(|error| error.to_string())?;
    Ok(Str::from(format!("{text}\n")).into())
}

fn as_map(receiver: &Value, _: &[Value]) -> Result<Value, String> {
    Ok(receiver.as_map().map(Map::unnamed).unwrap_or_default().into())
}

fn table(receiver: &Value, arguments: &[Value]) -> Result<Value, String> {
    let (path, missing) =
        (text(arguments, 0), |key: &str| format!("{} is not a table", govalue::strconv::quote(key.as_bytes())));
    let named = receiver.as_map().and_then(Map::type_of);
    let mut table = receiver.as_map().cloned().unwrap_or_default();
    for key in path.to_text().split('.') {
        table = match table.get(key) {
            Some(Value::Map(map)) => map,
            _ => return Err(missing(key)),
        };
    }
    Ok(named.map_or_else(|| table.clone(), |named| table.clone().named(named)).into())
}

fn path_value(receiver: &Value, arguments: &[Value]) -> Result<Value, String> {
    let path = text(arguments, 0);
    let path = path.to_text();
    if path.is_empty() {
        return Err("YAML path cannot be empty".into());
    }
    let missing =
        || format!("{} is not a value", govalue::strconv::quote(path.rsplit('.').next().unwrap_or(&path).as_bytes()));
    let mut value = receiver.clone();
    for key in path.split('.') {
        value = value.as_map().and_then(|map| map.get(key)).ok_or_else(missing)?;
    }
    if value.as_map().is_some() { Err(missing()) } else { Ok(value) }
}

/// `.Capabilities`
pub(super) fn capabilities(capabilities: &Capabilities, version: HelmVersion) -> Value {
    let versions = List::of_strings(capabilities.api_versions.iter().map(String::as_str));
    let (named, set) = match version {
        HelmVersion::V3 => (&CAPABILITIES_3, &VERSION_SET_3),
        HelmVersion::V4 => (&CAPABILITIES_4, &VERSION_SET_4),
    };
    Struct::pointer(
        named,
        vec![
            Field::new("KubeVersion", kube_version(&capabilities.kube_version, version)),
            Field::new("APIVersions", versions.named(set)),
            Field::new("HelmVersion", helm_version(&capabilities.helm_version, version)),
        ],
    )
}

fn kube_version(kube: &KubeVersion, version: HelmVersion) -> Value {
    let text = |name, text: &str| Field::new(name, text);
    let (major, minor) = (text("Major", &kube.major), text("Minor", &kube.minor));
    let version_field = text("Version", &kube.version);
    let ([pointed, plain], fields) = match version {
        HelmVersion::V3 => (&KUBE_VERSION_3, vec![version_field, major, minor]),
        HelmVersion::V4 => (&KUBE_VERSION_4, vec![version_field, text(NORMALIZED, &kube.normalized), major, minor]),
    };
    Struct::addressed(pointed, plain, fields, kube.normalized.clone())
}

/// A field that is not exported: printed, but not in JSON, and no template reads it.
const NORMALIZED: &str = "normalizedVersion";

fn helm_version(build: &BuildInfo, version: HelmVersion) -> Value {
    let mut fields = vec![
        Field::json("Version", "version", build.version.as_str()),
        Field::json("GitCommit", "git_commit", build.git_commit.as_str()),
        Field::json("GitTreeState", "git_tree_state", build.git_tree_state.as_str()),
        Field::json("GoVersion", "go_version", build.go_version.as_str()),
    ];
    if version == HelmVersion::V4 {
        fields.push(Field::json("KubeClientVersion", "kube_client_version", build.kube_client_version.as_str()));
    }
    Struct::plain(&BUILD_INFO, fields)
}

static CAPABILITIES_3: NamedType = NamedType { name: "*chartutil.Capabilities", methods: &[] };
static CAPABILITIES_4: NamedType = NamedType { name: "*common.Capabilities", methods: &[] };
static KUBE_VERSION_3: [NamedType; 2] = kube_version_types("chartutil.KubeVersion");
static KUBE_VERSION_4: [NamedType; 2] = kube_version_types("common.KubeVersion");
static VERSION_SET_3: NamedType = NamedType { name: "chartutil.VersionSet", methods: VERSION_SET_METHODS };
static VERSION_SET_4: NamedType = NamedType { name: "common.VersionSet", methods: VERSION_SET_METHODS };
static BUILD_INFO: NamedType = NamedType { name: "version.BuildInfo", methods: &[] };

const KUBE_VERSION_METHODS: &[Method] = &[
    Method { name: "String", params: &[], variadic: false, call: kube_string },
    Method { name: "GitVersion", params: &[], variadic: false, call: kube_git_version },
];
const VERSION_SET_METHODS: &[Method] =
    &[Method { name: "Has", params: &[Type::String], variadic: false, call: version_set_has }];

/// With the methods that a pointer has, and without.
const fn kube_version_types(name: &'static str) -> [NamedType; 2] {
    [NamedType { name, methods: KUBE_VERSION_METHODS }, NamedType { name, methods: &[] }]
}

fn kube_string(receiver: &Value, _: &[Value]) -> Result<Value, String> {
    let Value::Object(kube) = receiver else { return Ok(Value::Nil) };
    Ok(kube.pointer_display().unwrap_or_default().into())
}

fn kube_git_version(receiver: &Value, _: &[Value]) -> Result<Value, String> {
    let Value::Object(kube) = receiver else { return Ok(Value::Nil) };
    Ok(kube.field("Version").unwrap_or_default())
}

fn version_set_has(receiver: &Value, arguments: &[Value]) -> Result<Value, String> {
    let wanted = text(arguments, 0);
    let versions = receiver.as_list().map(|list| &**list).unwrap_or_default();
    Ok(versions.iter().any(|version| version.as_string() == Some(&wanted)).into())
}
