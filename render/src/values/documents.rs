//! Values from YAML.

use std::borrow::Cow;

use bstr::ByteSlice;
use serde_json::Value as Json;

use super::strvals::floats;
use crate::chart::table;
use crate::{HelmVersion, Table};

/// Reads values. Helm 4 merges all documents of a file, Helm 3 reads the first. The error is Helm's text.
pub(crate) fn read_values(text: &[u8], version: HelmVersion) -> Result<Table, String> {
    match version {
        HelmVersion::V3 => document(text),
        HelmVersion::V4 => {
            let documents = split(text).map_err(|error| format!("error reading yaml document: {error}"))?;
            let mut values = Table::new();
            for text in documents {
                let more = document(&text).map_err(|error| format!("cannot unmarshal yaml document: {error}"))?;
                merge(&mut values, more);
            }
            Ok(values)
        }
    }
}

fn document(text: &[u8]) -> Result<Table, String> {
    let mut json = goyaml::to_json(text).map_err(|error| format!("error converting YAML to JSON: {error}"))?;
    floats(&mut json);
    table(json)
}

/// Lays values over others: objects are merged, anything else is replaced.
pub(super) fn merge(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Json::Object(base)), Json::Object(over)) => merge(base, over),
            (Some(base), value) => *base = value,
            (None, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// The documents of a file, split at lines that start with `---`, as `k8s.io/apimachinery`'s `YAMLReader` splits them.
fn split(text: &[u8]) -> Result<Vec<Cow<'_, [u8]>>, String> {
    let mut documents = Vec::new();
    let mut document: Vec<u8> = Vec::new();
    let is_plain = text.ends_with(b"\n") && !text.contains(&b'\r');
    if is_plain && !text.starts_with(b"---") && !text.contains_str("\n---") {
        return Ok(vec![Cow::Borrowed(text)]);
    }
    // the last line gets its end if it has none
    for line in text.strip_suffix(b"\n").unwrap_or(text).split(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Some(rest) = line.strip_prefix(b"---") {
            let rest = rest.trim_ascii();
            if !rest.is_empty() && !rest.starts_with(b"#") {
                return Err(format!("invalid Yaml document separator: {}", String::from_utf8_lossy(rest)));
            }
            if !document.is_empty() {
                documents.push(Cow::Owned(std::mem::take(&mut document)));
                continue;
            }
        }
        document.extend_from_slice(line);
        document.push(b'\n');
    }
    if !document.is_empty() {
        documents.push(Cow::Owned(document));
    }
    Ok(documents)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_block_at_the_end_keeps_its_line_end() {
        for text in ["a: |\n  b\n", "a: |\n  b", "---\na: |\n  b\n"] {
            let values = read_values(text.as_bytes(), HelmVersion::V4).unwrap();
            assert_eq!(values["a"], "b\n", "{text:?}");
        }
        assert_eq!(read_values(b"a: |\n  b", HelmVersion::V3).unwrap()["a"], "b");
    }
}
