//! `.Chart`, `.Capabilities` and the type of `.Values`, as that Helm shows them to templates.

#![expect(clippy::unnecessary_wraps, reason = "a method may fail, and these do not")]

use std::any::Any;
use std::rc::Rc;

use govalue::{Kind, List, Map, Method, NamedType, Object, Str, Type, Value};

use super::text;
use crate::chart::{Dependency, Maintainer, Metadata};
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

/// `.Chart`: a map in Helm 4, a struct in Helm 3.
pub(super) fn chart(metadata: &Metadata, is_root: bool, version: HelmVersion) -> Value {
    match version {
        HelmVersion::V3 => Value::Object(Rc::new(Struct {
            named: &CHART,
            kind: Kind::Struct,
            fields: metadata_fields(metadata, &struct_3).into_iter().chain([("IsRoot", is_root.into())]).collect(),
            display: None,
        })),
        HelmVersion::V4 => {
            let fields = metadata_fields(metadata, &|_, fields| fields.into_iter().collect::<Map>().into());
            let map: Map = fields.into_iter().collect();
            map.insert("IsRoot", is_root);
            map.into()
        }
    }
}

type Fields = Vec<(&'static str, Value)>;

/// How a part of the metadata is shown: by the name of its type and its fields.
type Show = dyn Fn(&'static NamedType, Fields) -> Value;

fn struct_3(named: &'static NamedType, fields: Fields) -> Value {
    Value::Object(Rc::new(Struct { named, kind: Kind::Ptr, fields, display: None }))
}

fn metadata_fields(metadata: &Metadata, show: &Show) -> Fields {
    let text = |text: &str| Value::from(text);
    vec![
        ("Name", text(&metadata.name)),
        ("Home", text(&metadata.home)),
        ("Sources", strings(&metadata.sources)),
        ("Version", text(&metadata.version)),
        ("Description", text(&metadata.description)),
        ("Keywords", strings(&metadata.keywords)),
        (
            "Maintainers",
            metadata.maintainers.iter().map(|maintainer| maintainer_value(maintainer, show)).collect::<List>().into(),
        ),
        ("Icon", text(&metadata.icon)),
        ("APIVersion", text(&metadata.api_version)),
        ("Condition", text(&metadata.condition)),
        ("Tags", text(&metadata.tags)),
        ("AppVersion", text(&metadata.app_version)),
        ("Deprecated", metadata.deprecated.into()),
        ("Annotations", annotations(metadata)),
        ("KubeVersion", text(&metadata.kube_version)),
        (
            "Dependencies",
            metadata.dependencies.iter().map(|dependency| dependency_value(dependency, show)).collect::<List>().into(),
        ),
        ("Type", text(&metadata.kind)),
    ]
}

fn annotations(metadata: &Metadata) -> Value {
    let map = Map::of(Type::String);
    for (name, value) in &metadata.annotations {
        map.insert(name.as_str(), value.as_str());
    }
    map.into()
}

fn strings(items: &[String]) -> Value {
    List::of_strings(items.iter().map(String::as_str)).into()
}

fn maintainer_value(maintainer: &Maintainer, show: &Show) -> Value {
    let Maintainer { name, email, url } = maintainer;
    show(
        &MAINTAINER,
        vec![("Name", name.as_str().into()), ("Email", email.as_str().into()), ("URL", url.as_str().into())],
    )
}

fn dependency_value(dependency: &Dependency, show: &Show) -> Value {
    let imports: List = dependency.import_values.iter().map(govalue::from_json).collect();
    show(
        &DEPENDENCY,
        vec![
            ("Name", dependency.name.as_str().into()),
            ("Version", dependency.version.as_str().into()),
            ("Repository", dependency.repository.as_str().into()),
            ("Condition", dependency.condition.as_str().into()),
            ("Tags", strings(&dependency.tags)),
            ("Enabled", dependency.enabled.into()),
            ("ImportValues", imports.into()),
            ("Alias", dependency.alias.as_str().into()),
        ],
    )
}

static CHART: NamedType = NamedType { name: "struct { chart.Metadata; IsRoot bool }", methods: &[] };
static MAINTAINER: NamedType = NamedType { name: "*chart.Maintainer", methods: &[] };
static DEPENDENCY: NamedType = NamedType { name: "*chart.Dependency", methods: &[] };

/// `.Capabilities`
pub(super) fn capabilities(capabilities: &Capabilities, version: HelmVersion) -> Value {
    let versions = List::of_strings(capabilities.api_versions.iter().map(String::as_str));
    let (named, set) = match version {
        HelmVersion::V3 => (&CAPABILITIES_3, &VERSION_SET_3),
        HelmVersion::V4 => (&CAPABILITIES_4, &VERSION_SET_4),
    };
    Value::Object(Rc::new(Struct {
        named,
        kind: Kind::Ptr,
        fields: vec![
            ("KubeVersion", kube_version(&capabilities.kube_version, version)),
            ("APIVersions", versions.named(set).into()),
            ("HelmVersion", helm_version(&capabilities.helm_version, version)),
        ],
        display: None,
    }))
}

fn kube_version(kube: &KubeVersion, version: HelmVersion) -> Value {
    let named = if version == HelmVersion::V3 { &KUBE_VERSION_3 } else { &KUBE_VERSION_4 };
    Value::Object(Rc::new(Struct {
        named,
        kind: Kind::Struct,
        fields: vec![
            ("Version", kube.version.as_str().into()),
            ("Major", kube.major.as_str().into()),
            ("Minor", kube.minor.as_str().into()),
        ],
        display: Some(kube.normalized.clone()),
    }))
}

fn helm_version(build: &BuildInfo, version: HelmVersion) -> Value {
    let mut fields: Fields = vec![
        ("Version", build.version.as_str().into()),
        ("GitCommit", build.git_commit.as_str().into()),
        ("GitTreeState", build.git_tree_state.as_str().into()),
        ("GoVersion", build.go_version.as_str().into()),
    ];
    if version == HelmVersion::V4 {
        fields.push(("KubeClientVersion", build.kube_client_version.as_str().into()));
    }
    Value::Object(Rc::new(Struct { named: &BUILD_INFO, kind: Kind::Struct, fields, display: None }))
}

static CAPABILITIES_3: NamedType = NamedType { name: "*chartutil.Capabilities", methods: &[] };
static CAPABILITIES_4: NamedType = NamedType { name: "*common.Capabilities", methods: &[] };
static KUBE_VERSION_3: NamedType = NamedType { name: "chartutil.KubeVersion", methods: KUBE_VERSION_METHODS };
static KUBE_VERSION_4: NamedType = NamedType { name: "common.KubeVersion", methods: KUBE_VERSION_METHODS };
static VERSION_SET_3: NamedType = NamedType { name: "chartutil.VersionSet", methods: VERSION_SET_METHODS };
static VERSION_SET_4: NamedType = NamedType { name: "common.VersionSet", methods: VERSION_SET_METHODS };
static BUILD_INFO: NamedType = NamedType { name: "version.BuildInfo", methods: &[] };

const KUBE_VERSION_METHODS: &[Method] = &[
    Method { name: "String", params: &[], variadic: false, call: kube_string },
    Method { name: "GitVersion", params: &[], variadic: false, call: kube_git_version },
];
const VERSION_SET_METHODS: &[Method] =
    &[Method { name: "Has", params: &[Type::String], variadic: false, call: version_set_has }];

fn kube_string(receiver: &Value, _: &[Value]) -> Result<Value, String> {
    let Value::Object(kube) = receiver else { return Ok(Value::Nil) };
    Ok(kube.display().unwrap_or_default().into())
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

/// A Go struct of plain fields.
#[derive(Debug)]
struct Struct {
    named: &'static NamedType,
    kind: Kind,
    fields: Fields,
    display: Option<String>,
}

impl Object for Struct {
    fn type_of(&self) -> &'static NamedType {
        self.named
    }

    fn kind(&self) -> Kind {
        self.kind
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        self.fields.clone()
    }

    fn field(&self, name: &str) -> Option<Value> {
        self.fields.iter().find_map(|(field, value)| (*field == name).then(|| value.clone()))
    }

    fn display(&self) -> Option<String> {
        self.display.clone()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
