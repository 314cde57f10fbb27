//! What Helm reads of a manifest: `releaseutil.SimpleHead`.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::HelmVersion;
use crate::chart::json_kind;

/// A manifest's head.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) api_version: String,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) annotations: BTreeMap<String, String>,
}

impl Head {
    /// Reads a document; an error says what Helm's reader says of it.
    pub(super) fn read(text: &[u8], version: HelmVersion) -> Result<Self, String> {
        let document = goyaml::to_json(text).map_err(|error| format!("error converting YAML to JSON: {error}"))?;
        let mut head = Self::default();
        match document {
            Json::Null => {}
            Json::Object(fields) => {
                for (name, value) in fields {
                    head.take(&name, value)?;
                }
            }
            other => return Err(no_object(&other, version)),
        }
        Ok(head)
    }

    /// Go finds a field whatever the case of its name.
    fn take(&mut self, name: &str, value: Json) -> Result<(), String> {
        if name.eq_ignore_ascii_case("apiVersion") {
            self.api_version = string(value, "SimpleHead.apiVersion")?;
        } else if name.eq_ignore_ascii_case("kind") {
            self.kind = string(value, "SimpleHead.kind")?;
        } else if name.eq_ignore_ascii_case("metadata") {
            self.take_metadata(value)?;
        }
        Ok(())
    }

    fn take_metadata(&mut self, value: Json) -> Result<(), String> {
        for (name, value) in object(value, "SimpleHead.metadata", METADATA)? {
            if name.eq_ignore_ascii_case("name") {
                self.name = string(value, ".metadata.name")?;
            } else if name.eq_ignore_ascii_case("annotations") {
                for (name, value) in object(value, ".metadata.annotations", "map[string]string")? {
                    self.annotations.insert(name, string(value, ".metadata.annotations")?);
                }
            }
        }
        Ok(())
    }
}

/// How Go prints the type of the field `metadata`.
const METADATA: &str =
    r#"struct { Name string "json:\"name\""; Annotations map[string]string "json:\"annotations\"" }"#;

fn object(value: Json, path: &str, wanted: &str) -> Result<serde_json::Map<String, Json>, String> {
    match value {
        Json::Null => Ok(serde_json::Map::new()),
        Json::Object(fields) => Ok(fields),
        other => Err(wrong_type(&other, path, wanted)),
    }
}

/// Where a string is wanted, sigs.k8s.io/yaml makes one of any scalar; a null leaves it empty.
fn string(value: Json, path: &str) -> Result<String, String> {
    match value {
        Json::String(text) => Ok(text),
        Json::Null => Ok(String::new()),
        other => goyaml::text_of(&other).ok_or_else(|| wrong_type(&other, path, "string")),
    }
}

fn no_object(value: &Json, version: HelmVersion) -> String {
    let package = if version == HelmVersion::V3 { "releaseutil" } else { "util" };
    cannot_unmarshal(value, &format!("value of type {package}.SimpleHead"))
}

fn wrong_type(value: &Json, path: &str, wanted: &str) -> String {
    cannot_unmarshal(value, &format!("struct field {path} of type {wanted}"))
}

fn cannot_unmarshal(value: &Json, wanted: &str) -> String {
    let met = json_kind(value);
    format!("error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {met} into Go {wanted}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_head_is_read_whatever_else_there_is() {
        let head = Head::read(b"Kind: A\nmetadata: {name: 5, annotations: {w: -5, b: true, n: null}}", HelmVersion::V4);
        let head = head.unwrap();
        assert_eq!((head.kind.as_str(), head.name.as_str(), head.api_version.as_str()), ("A", "5", ""));
        assert_eq!(head.annotations.values().map(String::as_str).collect::<Vec<_>>(), ["true", "", "-5"]);
        for empty in ["", "# a comment", "null"] {
            assert!(Head::read(empty.as_bytes(), HelmVersion::V3).unwrap().kind.is_empty(), "{empty}");
        }
    }

    #[test]
    fn what_is_no_head_is_refused_in_helms_words() {
        for (text, wanted) in [
            ("- a", "json: cannot unmarshal array into Go value of type util.SimpleHead"),
            ("kind: []", "json: cannot unmarshal array into Go struct field SimpleHead.kind of type string"),
            (
                "metadata: {name: {}}",
                "json: cannot unmarshal object into Go struct field .metadata.name of type string",
            ),
            (
                "metadata: {annotations: []}",
                "json: cannot unmarshal array into Go struct field .metadata.annotations of type map[string]string",
            ),
            (
                "metadata: {annotations: {a: [1]}}",
                "json: cannot unmarshal array into Go struct field .metadata.annotations of type string",
            ),
        ] {
            let error = Head::read(text.as_bytes(), HelmVersion::V4).unwrap_err();
            assert_eq!(error, format!("error unmarshaling JSON: while decoding JSON: {wanted}"));
        }
    }
}
