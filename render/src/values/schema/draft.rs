//! The drafts of JSON Schema: their names, where their keywords hold schemas, and the schemas that they are written in.

use std::sync::Arc;

use referencing::meta;
use serde_json::{Value as Json, json};

/// A draft. A later one knows all keywords of those before but for few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Draft {
    Four,
    Six,
    Seven,
    Y2019,
    Y2020,
}

/// What a keyword holds.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    One,
    List,
    ByName,
}

impl Draft {
    /// The draft of a schema that names none.
    pub(super) const LATEST: Self = Self::Y2020;

    /// The draft that a `$schema` names.
    pub(super) fn of_url(url: &str) -> Option<Self> {
        let (url, fragment) = url.split_once('#').unwrap_or((url, ""));
        if !fragment.is_empty() {
            return None;
        }
        let url = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://")).unwrap_or(url);
        match url.strip_prefix("json-schema.org/")? {
            "schema" | "draft/2020-12/schema" => Some(Self::Y2020),
            "draft/2019-09/schema" => Some(Self::Y2019),
            "draft-07/schema" => Some(Self::Seven),
            "draft-06/schema" => Some(Self::Six),
            "draft-04/schema" => Some(Self::Four),
            _ => None,
        }
    }

    /// Where its own schema is.
    pub(super) fn url(self) -> &'static str {
        match self {
            Self::Four => "http://json-schema.org/draft-04/schema",
            Self::Six => "http://json-schema.org/draft-06/schema",
            Self::Seven => "http://json-schema.org/draft-07/schema",
            Self::Y2019 => "https://json-schema.org/draft/2019-09/schema",
            Self::Y2020 => "https://json-schema.org/draft/2020-12/schema",
        }
    }

    /// The keyword that says where a schema is.
    pub(super) fn id_keyword(self) -> &'static str {
        if self == Self::Four { "id" } else { "$id" }
    }

    /// The URL that a schema says to be at, without its fragment. Beside a reference, the early drafts ignore it.
    pub(super) fn id(self, keywords: &serde_json::Map<String, Json>) -> Option<&str> {
        if self < Self::Y2019 && keywords.contains_key("$ref") {
            return None;
        }
        let id = keywords.get(self.id_keyword())?.as_str()?;
        Some(id.split_once('#').map_or(id, |(id, _)| id)).filter(|id| !id.is_empty())
    }

    /// The keywords that hold schemas.
    pub(super) fn holders(self) -> impl Iterator<Item = (&'static str, Holds)> {
        HOLDERS.iter().filter(move |(since, ..)| *since <= self).map(|&(_, keyword, holds)| (keyword, holds))
    }
}

/// The keywords that hold schemas, each with the draft that brought it.
const HOLDERS: [(Draft, &str, Holds); 23] = [
    (Draft::Four, "definitions", Holds::ByName),
    (Draft::Four, "not", Holds::One),
    (Draft::Four, "allOf", Holds::List),
    (Draft::Four, "anyOf", Holds::List),
    (Draft::Four, "oneOf", Holds::List),
    (Draft::Four, "properties", Holds::ByName),
    (Draft::Four, "additionalProperties", Holds::One),
    (Draft::Four, "patternProperties", Holds::ByName),
    (Draft::Four, "items", Holds::One),
    (Draft::Four, "items", Holds::List),
    (Draft::Four, "additionalItems", Holds::One),
    (Draft::Four, "dependencies", Holds::ByName),
    (Draft::Six, "propertyNames", Holds::One),
    (Draft::Six, "contains", Holds::One),
    (Draft::Seven, "if", Holds::One),
    (Draft::Seven, "then", Holds::One),
    (Draft::Seven, "else", Holds::One),
    (Draft::Y2019, "$defs", Holds::ByName),
    (Draft::Y2019, "dependentSchemas", Holds::ByName),
    (Draft::Y2019, "unevaluatedProperties", Holds::One),
    (Draft::Y2019, "unevaluatedItems", Holds::One),
    (Draft::Y2019, "contentSchema", Holds::One),
    (Draft::Y2020, "prefixItems", Holds::List),
];

/// The document at one of the drafts' URLs, as Helm's library has it.
pub(super) fn document(url: &str) -> Option<Json> {
    let path = url.strip_prefix("http://json-schema.org/").or_else(|| url.strip_prefix("https://json-schema.org/"))?;
    let text = |document: &Arc<Json>| (**document).clone();
    Some(match path {
        "draft-04/schema" => strict(text(&meta::DRAFT4), Draft::Four),
        "draft-06/schema" => strict(text(&meta::DRAFT6), Draft::Six),
        "draft-07/schema" => strict(text(&meta::DRAFT7), Draft::Seven),
        "draft/2019-09/schema" => text(&meta::DRAFT201909),
        "draft/2019-09/meta/applicator" => text(&meta::DRAFT201909_APPLICATOR),
        "draft/2019-09/meta/content" => text(&meta::DRAFT201909_CONTENT),
        "draft/2019-09/meta/core" => text(&meta::DRAFT201909_CORE),
        "draft/2019-09/meta/format" => text(&meta::DRAFT201909_FORMAT),
        "draft/2019-09/meta/meta-data" => text(&meta::DRAFT201909_META_DATA),
        "draft/2019-09/meta/validation" => text(&meta::DRAFT201909_VALIDATION),
        "schema" | "draft/2020-12/schema" => text(&meta::DRAFT202012),
        "draft/2020-12/meta/applicator" => text(&meta::DRAFT202012_APPLICATOR),
        "draft/2020-12/meta/content" => text(&meta::DRAFT202012_CONTENT),
        "draft/2020-12/meta/core" => text(&meta::DRAFT202012_CORE),
        "draft/2020-12/meta/format-annotation" => text(&meta::DRAFT202012_FORMAT_ANNOTATION),
        "draft/2020-12/meta/format-assertion" => text(&meta::DRAFT202012_FORMAT_ASSERTION),
        "draft/2020-12/meta/meta-data" => text(&meta::DRAFT202012_META_DATA),
        "draft/2020-12/meta/unevaluated" => text(&meta::DRAFT202012_UNEVALUATED),
        "draft/2020-12/meta/validation" => text(&meta::DRAFT202012_VALIDATION),
        _ => return None,
    })
}

/// Early drafts as Helm's library has them: an `enum` has values, and none twice; draft 6 says nothing of names.
fn strict(mut document: Json, draft: Draft) -> Json {
    let Some(Json::Object(keywords)) = document.get_mut("properties") else { return document };
    if let Some(Json::Object(values)) = keywords.get_mut("enum") {
        values.insert("minItems".into(), json!(1));
        values.insert("uniqueItems".into(), json!(true));
    }
    match draft {
        Draft::Four => {
            keywords.insert("$ref".into(), json!({ "type": "string" }));
            keywords.insert("$schema".into(), json!({ "type": "string", "format": "uri" }));
        }
        Draft::Six => {
            keywords.remove("examples");
            if let Some(Json::Object(patterns)) = keywords.get_mut("patternProperties") {
                patterns.remove("propertyNames");
            }
        }
        _ => {}
    }
    document
}
