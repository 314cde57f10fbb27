//! `.Chart`: a struct in Helm 3, a map in Helm 4.

use govalue::{List, Map, NamedType, Type, Value};

use super::structs::{Field, Struct};
use crate::HelmVersion;
use crate::chart::{Dependency, Maintainer, Metadata};

/// What templates see of a chart's metadata.
pub(super) fn chart(metadata: &Metadata, is_root: bool, version: HelmVersion) -> Value {
    let fields = metadata_fields(metadata, version);
    match version {
        HelmVersion::V3 => {
            let metadata = Struct::plain(&METADATA, fields);
            Struct::embedding(&CHART, vec![Field::new("Metadata", metadata), Field::new("IsRoot", is_root)])
        }
        HelmVersion::V4 => {
            let map = as_map(fields);
            map.insert("IsRoot", is_root);
            map.into()
        }
    }
}

fn as_map(fields: Vec<Field>) -> Map {
    fields.into_iter().map(Field::into_pair).collect()
}

fn metadata_fields(metadata: &Metadata, version: HelmVersion) -> Vec<Field> {
    let maintainers = metadata.maintainers.iter().map(maintainer_fields);
    let dependencies = metadata.dependencies.iter().map(|dependency| dependency_fields(dependency, version));
    vec![
        Field::json("Name", "name", metadata.name.as_str()),
        Field::json("Home", "home", metadata.home.as_str()),
        Field::json("Sources", "sources", strings(&metadata.sources, version)),
        Field::json("Version", "version", metadata.version.as_str()),
        Field::json("Description", "description", metadata.description.as_str()),
        Field::json("Keywords", "keywords", strings(&metadata.keywords, version)),
        Field::json("Maintainers", "maintainers", structs(maintainers, &MAINTAINERS, version)),
        Field::json("Icon", "icon", metadata.icon.as_str()),
        Field::json("APIVersion", "apiVersion", metadata.api_version.as_str()),
        Field::json("Condition", "condition", metadata.condition.as_str()),
        Field::json("Tags", "tags", metadata.tags.as_str()),
        Field::json("AppVersion", "appVersion", metadata.app_version.as_str()),
        Field::json("Deprecated", "deprecated", metadata.deprecated),
        Field::json("Annotations", "annotations", annotations(metadata)),
        Field::json("KubeVersion", "kubeVersion", metadata.kube_version.as_str()),
        Field::json("Dependencies", "dependencies", structs(dependencies, &DEPENDENCIES, version)),
        Field::json("Type", "type", metadata.kind.as_str()),
    ]
}

fn maintainer_fields(maintainer: &Maintainer) -> Vec<Field> {
    vec![
        Field::json("Name", "name", maintainer.name.as_str()),
        Field::json("Email", "email", maintainer.email.as_str()),
        Field::json("URL", "url", maintainer.url.as_str()),
    ]
}

fn dependency_fields(dependency: &Dependency, version: HelmVersion) -> Vec<Field> {
    let imports: Vec<Value> = dependency.import_values.iter().map(import).collect();
    let imports =
        if imports.is_empty() && version == HelmVersion::V3 { List::nil(Type::Any) } else { List::new(imports) };
    vec![
        Field::json("Name", "name", dependency.name.as_str()).always(),
        Field::json("Version", "version", dependency.version.as_str()),
        Field::json("Repository", "repository", dependency.repository.as_str()).always(),
        Field::json("Condition", "condition", dependency.condition.as_str()),
        Field::json("Tags", "tags", strings(&dependency.tags, version)),
        Field::json("Enabled", "enabled", dependency.enabled),
        Field::json("ImportValues", "import-values", imports),
        Field::json("Alias", "alias", dependency.alias.as_str()),
    ]
}

/// A `map[string]string`.
fn import(wanted: &serde_json::Value) -> Value {
    let map = Map::of(Type::String);
    for (name, value) in wanted.as_object().into_iter().flatten() {
        map.insert(name.as_str(), value.as_str().unwrap_or_default());
    }
    map.into()
}

/// Nil if there are none.
fn annotations(metadata: &Metadata) -> Value {
    if metadata.annotations.is_empty() {
        return Map::nil(Type::String).into();
    }
    let map = Map::of(Type::String);
    for (name, value) in &metadata.annotations {
        map.insert(name.as_str(), value.as_str());
    }
    map.into()
}

fn strings(items: &[String], version: HelmVersion) -> Value {
    match version {
        HelmVersion::V3 if items.is_empty() => List::nil(Type::String).into(),
        HelmVersion::V3 => List::of_strings(items.iter().map(String::as_str)).into(),
        HelmVersion::V4 => List::new(items.iter().map(|item| item.as_str().into()).collect()).into(),
    }
}

/// A list of pointers to structs, or of maps.
fn structs(all: impl Iterator<Item = Vec<Field>>, types: &'static Types, version: HelmVersion) -> Value {
    if version == HelmVersion::V4 {
        return List::new(all.map(|fields| as_map(fields).into()).collect()).into();
    }
    let items: Vec<Value> = all.map(|fields| Struct::pointer(&types.element, fields)).collect();
    let element = Type::Named(types.element.name);
    let list = if items.is_empty() { List::nil(element) } else { List::of(element, items) };
    list.named(&types.list).into()
}

/// The type of a list and of its elements.
struct Types {
    list: NamedType,
    element: NamedType,
}

static METADATA: NamedType = NamedType { name: "chart.Metadata", methods: &[] };
static CHART: NamedType = NamedType { name: "struct { chart.Metadata; IsRoot bool }", methods: &[] };
static MAINTAINERS: Types = Types {
    list: NamedType { name: "[]*chart.Maintainer", methods: &[] },
    element: NamedType { name: "*chart.Maintainer", methods: &[] },
};
static DEPENDENCIES: Types = Types {
    list: NamedType { name: "[]*chart.Dependency", methods: &[] },
    element: NamedType { name: "*chart.Dependency", methods: &[] },
};
