//! The schemas of the late drafts without their vocabularies.
//!
//! Draft 2019-09 and 2020-12 put their keywords into half a dozen documents, each of which leads into every part of a
//! schema again. One document of all keywords accepts the same and takes an eighth of the steps. It names other places in
//! its failures, so it only says whether there are any.

use serde_json::{Map, Value as Json, json};

use super::draft::{self, Draft};

/// One schema for all that a draft of vocabularies accepts; none for the other drafts.
pub(super) fn flat(draft: Draft) -> Option<Json> {
    let whole = draft::document(draft.url())?;
    let parts = whole.get("allOf")?.as_array()?.iter();
    let parts = parts.filter_map(|part| draft::document(&url_of(draft, part.get("$ref")?.as_str()?)));
    let (mut properties, mut definitions) = (Map::new(), Map::new());
    for part in parts.chain([whole.clone()]) {
        properties.extend(entries(&part, "properties"));
        definitions.extend(entries(&part, "$defs"));
    }
    let mut flat = json!({ "$schema": draft.url(), "type": ["object", "boolean"], "$defs": definitions });
    flat["properties"] = properties.into();
    point_within(&mut flat);
    Some(flat)
}

/// Where a vocabulary is, from how the draft's schema refers to it.
fn url_of(draft: Draft, reference: &str) -> String {
    format!("{}/{reference}", draft.url().trim_end_matches("/schema"))
}

fn entries(part: &Json, keyword: &str) -> Map<String, Json> {
    part.get(keyword).and_then(Json::as_object).cloned().unwrap_or_default()
}

/// Lets what refers to the whole, or to a vocabulary, refer to the one document.
fn point_within(schema: &mut Json) {
    match schema {
        Json::Array(items) => items.iter_mut().for_each(point_within),
        Json::Object(keywords) => {
            for whole in ["$dynamicRef", "$recursiveRef"] {
                if keywords.get(whole).is_some_and(Json::is_string) {
                    keywords.remove(whole);
                    keywords.insert("$ref".into(), "#".into());
                }
            }
            if let Some(Json::String(reference)) = keywords.get_mut("$ref")
                && let Some((_, pointer)) = reference.split_once('#')
            {
                *reference = format!("#{pointer}");
            }
            keywords.values_mut().for_each(point_within);
        }
        _ => {}
    }
}
