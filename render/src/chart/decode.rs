//! From YAML to `Chart.yaml`'s fields, with the words of Go's `encoding/json` for what does not fit.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::metadata::{Dependency, Lock, Maintainer, Metadata};
use crate::HelmVersion;

/// Where in a struct a value goes to, for the text of an error.
struct Place<'a> {
    /// The Go struct that has the field.
    holder: &'static str,
    /// The fields from the outermost struct to here.
    path: &'a str,
    version: HelmVersion,
}

impl Place<'_> {
    fn mismatch(&self, met: &Json, wanted: &str) -> String {
        let Self { holder, path, .. } = self;
        format!("{DECODING}cannot unmarshal {} into Go struct field {holder}.{path} of type {wanted}", json_kind(met))
    }
}

const DECODING: &str = "error unmarshaling JSON: while decoding JSON: json: ";

/// Reads `Chart.yaml`, or the old `requirements.yaml`, into `metadata`. What it does not name stays as it was. Gives whether
/// its dependencies are a list, if it names them.
pub(super) fn metadata(text: &[u8], version: HelmVersion, metadata: &mut Metadata) -> Result<Option<bool>, String> {
    let json = json_of(text)?;
    let mut lists_dependencies = None;
    for (key, value) in fields(&json, &format!("{}.Metadata", package(version)))? {
        let place = |path| Place { holder: "Metadata", path, version };
        match key.as_str() {
            "name" => string(value, &place("name"), &mut metadata.name)?,
            "home" => string(value, &place("home"), &mut metadata.home)?,
            "sources" => strings(value, &place("sources"), &mut metadata.sources)?,
            "version" => string(value, &place("version"), &mut metadata.version)?,
            "description" => string(value, &place("description"), &mut metadata.description)?,
            "keywords" => strings(value, &place("keywords"), &mut metadata.keywords)?,
            "maintainers" => metadata.maintainers = maintainers(value, &place("maintainers"))?,
            "icon" => string(value, &place("icon"), &mut metadata.icon)?,
            "apiversion" => string(value, &place("apiVersion"), &mut metadata.api_version)?,
            "condition" => string(value, &place("condition"), &mut metadata.condition)?,
            "tags" => string(value, &place("tags"), &mut metadata.tags)?,
            "appversion" => string(value, &place("appVersion"), &mut metadata.app_version)?,
            "deprecated" => boolean(value, &place("deprecated"), &mut metadata.deprecated)?,
            "annotations" => metadata.annotations = annotations(value, &place("annotations"))?,
            "kubeversion" => string(value, &place("kubeVersion"), &mut metadata.kube_version)?,
            "dependencies" => {
                dependencies(value, &place("dependencies"), &mut metadata.dependencies)?;
                lists_dependencies = Some(value.is_array());
            }
            "type" => string(value, &place("type"), &mut metadata.kind)?,
            _ => {}
        }
    }
    Ok(lists_dependencies)
}

fn json_of(text: &[u8]) -> Result<Json, String> {
    goyaml::to_json(text).map_err(|error| format!("error converting YAML to JSON: {error}"))
}

/// Reads `Chart.lock` or `requirements.lock`.
pub(super) fn lock(text: &[u8], version: HelmVersion) -> Result<Lock, String> {
    let json = json_of(text)?;
    let mut lock = Lock::default();
    for (key, value) in fields(&json, &format!("{}.Lock", package(version)))? {
        let place = |path| Place { holder: "Lock", path, version };
        match key.as_str() {
            "generated" => lock.generated = time(value)?,
            "digest" => string(value, &place("digest"), &mut lock.digest)?,
            "dependencies" => {
                let named = list(value, &place("dependencies"), &list_of_dependencies(version))?;
                let named = named.iter().filter(|item| !item.is_null());
                let named = named.map(|item| dependency(item, &place("dependencies"), Dependency::default()));
                lock.dependencies = named.collect::<Result<_, _>>()?;
            }
            _ => {}
        }
    }
    Ok(lock)
}

/// The `apiVersion`, by which Helm 4 chooses how to read a chart.
pub(super) fn api_version(text: &[u8]) -> Result<String, String> {
    let json = json_of(text)?;
    let mut api_version = String::new();
    let place = Place { holder: "chartBase", path: "apiVersion", version: HelmVersion::V4 };
    for (key, value) in fields(&json, "loader.chartBase")? {
        if key == "apiversion" {
            string(value, &place, &mut api_version)?;
        }
    }
    Ok(api_version)
}

/// An object that will be a table of values; nothing for null.
pub(crate) fn table(json: Json) -> Result<serde_json::Map<String, Json>, String> {
    match json {
        Json::Object(table) => Ok(table),
        Json::Null => Ok(serde_json::Map::new()),
        other => Err(format!(
            "{DECODING}cannot unmarshal {} into Go value of type map[string]interface {{}}",
            json_kind(&other)
        )),
    }
}

/// The fields of a struct: their names in lower case, since Go does not look at the case, in the order of the keys.
fn fields<'a>(json: &'a Json, wanted: &str) -> Result<Vec<(String, &'a Json)>, String> {
    match json {
        Json::Null => Ok(Vec::new()),
        Json::Object(entries) => {
            let mut fields: Vec<_> = entries.iter().collect();
            fields.sort_unstable_by_key(|&(key, _)| key);
            Ok(fields.into_iter().map(|(key, value)| (key.to_ascii_lowercase(), value)).collect())
        }
        other => Err(format!("{DECODING}cannot unmarshal {} into Go value of type {wanted}", json_kind(other))),
    }
}

/// A string; numbers and booleans of YAML are taken for their texts.
fn string(json: &Json, place: &Place<'_>, field: &mut String) -> Result<(), String> {
    match json {
        Json::Null => {}
        Json::String(text) => field.clone_from(text),
        Json::Bool(value) => *field = value.to_string(),
        Json::Number(number) => *field = number_text(number),
        Json::Array(_) | Json::Object(_) => return Err(place.mismatch(json, "string")),
    }
    Ok(())
}

fn boolean(json: &Json, place: &Place<'_>, field: &mut bool) -> Result<(), String> {
    match json {
        Json::Null => {}
        Json::Bool(value) => *field = *value,
        other => return Err(place.mismatch(other, "bool")),
    }
    Ok(())
}

fn strings(json: &Json, place: &Place<'_>, field: &mut Vec<String>) -> Result<(), String> {
    *field = list(json, place, "[]string")?.iter().map(|item| text(item, place)).collect::<Result<_, _>>()?;
    Ok(())
}

fn text(json: &Json, place: &Place<'_>) -> Result<String, String> {
    let mut text = String::new();
    string(json, place, &mut text)?;
    Ok(text)
}

fn annotations(json: &Json, place: &Place<'_>) -> Result<BTreeMap<String, String>, String> {
    match json {
        Json::Null => Ok(BTreeMap::new()),
        Json::Object(entries) => entries.iter().map(|(key, value)| Ok((key.clone(), text(value, place)?))).collect(),
        other => Err(place.mismatch(other, "map[string]string")),
    }
}

fn maintainers(json: &Json, place: &Place<'_>) -> Result<Vec<Maintainer>, String> {
    let package = package(place.version);
    list(json, place, &format!("[]*{package}.Maintainer"))?
        .iter()
        .map(|item| {
            let mut maintainer = Maintainer::default();
            for (key, value) in members(item, place, "Maintainer")? {
                let path = format!("{}.{key}", place.path);
                let place = Place { holder: "Maintainer", path: &path, ..*place };
                match key.as_str() {
                    "name" => string(value, &place, &mut maintainer.name)?,
                    "email" => string(value, &place, &mut maintainer.email)?,
                    "url" => string(value, &place, &mut maintainer.url)?,
                    _ => {}
                }
            }
            Ok(maintainer)
        })
        .collect()
}

/// Each over the one that was read before at its place: Go reads into a list that is there.
fn dependencies(json: &Json, place: &Place<'_>, field: &mut Vec<Dependency>) -> Result<(), String> {
    let items = list(json, place, &list_of_dependencies(place.version))?;
    let before = std::mem::take(field).into_iter().chain(std::iter::repeat_with(Dependency::default));
    *field =
        items.iter().zip(before).map(|(item, before)| dependency(item, place, before)).collect::<Result<_, _>>()?;
    Ok(())
}

fn list_of_dependencies(version: HelmVersion) -> String {
    format!("[]*{}.Dependency", package(version))
}

/// A time of RFC 3339, as `time.Time` reads one.
fn time(json: &Json) -> Result<String, String> {
    let decoding = DECODING.trim_end_matches("json: ");
    match json {
        Json::Null => Ok(String::new()),
        Json::String(text) => match sprig::read_rfc3339(text) {
            Ok(()) => Ok(text.clone()),
            Err(error) => Err(format!("{decoding}{error}")),
        },
        _ => Err(format!("{decoding}Time.UnmarshalJSON: input is not a JSON string")),
    }
}

fn dependency(json: &Json, place: &Place<'_>, mut dependency: Dependency) -> Result<Dependency, String> {
    for (key, value) in members(json, place, "Dependency")? {
        let path = format!("{}.{key}", place.path);
        let place = Place { holder: "Dependency", path: &path, ..*place };
        match key.as_str() {
            "name" => string(value, &place, &mut dependency.name)?,
            "version" => string(value, &place, &mut dependency.version)?,
            "repository" => string(value, &place, &mut dependency.repository)?,
            "condition" => string(value, &place, &mut dependency.condition)?,
            "tags" => strings(value, &place, &mut dependency.tags)?,
            "enabled" => boolean(value, &place, &mut dependency.enabled)?,
            "import-values" => dependency.import_values = list(value, &place, "[]interface {}")?.to_vec(),
            "alias" => string(value, &place, &mut dependency.alias)?,
            _ => {}
        }
    }
    Ok(dependency)
}

/// The fields of a struct in a list. Helm's check of a chart refuses a null there.
fn members<'a>(json: &'a Json, place: &Place<'_>, kind: &str) -> Result<Vec<(String, &'a Json)>, String> {
    match json {
        Json::Null => {
            let plural = if kind == "Maintainer" { "maintainers" } else { "dependencies" };
            Err(format!("validation: {plural} must not contain empty or null nodes"))
        }
        Json::Object(_) => fields(json, kind),
        other => Err(place.mismatch(other, &format!("{}.{kind}", package(place.version)))),
    }
}

fn list<'a>(json: &'a Json, place: &Place<'_>, wanted: &str) -> Result<&'a [Json], String> {
    match json {
        Json::Null => Ok(&[]),
        Json::Array(items) => Ok(items),
        other => Err(place.mismatch(other, wanted)),
    }
}

/// An integer by its digits, a float as Go's `%g` of 32 bits: what sigs.k8s.io/yaml makes of a number that is to be text.
fn number_text(number: &serde_json::Number) -> String {
    if !number.is_f64() {
        return number.to_string();
    }
    #[expect(clippy::cast_possible_truncation, reason = "as Go's FormatFloat does")]
    let short = number.as_f64().unwrap_or_default() as f32;
    // The shortest digits of the one are short digits of the other.
    let float = format!("{short:e}").parse().unwrap_or(f64::from(short));
    govalue::strconv::format_float(float, b'g', None)
}

/// What Go's JSON reader calls a value.
pub(crate) fn json_kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "bool",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

/// Go's name of the package that has these types.
fn package(version: HelmVersion) -> &'static str {
    match version {
        HelmVersion::V3 => "chart",
        HelmVersion::V4 => "v2",
    }
}
