//! A schema in the words of our library.
//!
//! Its expressions are Go's, which are put into the syntax of the `regex` crate; and what the library tells too little
//! of is said with other keywords.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value as Json, json};

/// A schema that was rewritten, and what was written in it before.
#[derive(Default)]
pub(super) struct Origins {
    /// What has become of it.
    pub(super) schema: Json,
    /// The expressions, by what they have become.
    patterns: HashMap<String, String>,
    /// Where lists of names have become schemas that require them.
    lists: HashSet<String>,
    /// Whether an expression is none of Go's.
    pub(super) is_broken: bool,
}

impl Origins {
    /// The expression that was written for this one.
    pub(super) fn pattern<'a>(&'a self, rewritten: &'a str) -> &'a str {
        self.patterns.get(rewritten).map_or(rewritten, String::as_str)
    }

    /// Whether the keyword here was written as a list of names that one property demands.
    pub(super) fn is_list(&self, pointer: &str) -> bool {
        self.lists.contains(pointer)
    }
}

/// Rewrites a schema.
pub(super) fn rewrite(mut schema: Json) -> Origins {
    let mut rewriter = Rewriter::default();
    rewriter.schema(&mut schema, "");
    Origins { schema, ..rewriter.origins }
}

/// The keywords of which each value is data.
const DATA: [&str; 4] = ["const", "enum", "default", "examples"];

/// The keywords that hold schemas by names.
const NAMED: [&str; 6] =
    ["properties", "patternProperties", "definitions", "$defs", "dependentSchemas", "dependencies"];

/// An expression that matches nothing.
const NEVER: &str = "$.";

#[derive(Default)]
struct Rewriter {
    origins: Origins,
    /// What each expression has become.
    rewritten: HashMap<String, String>,
}

impl Rewriter {
    fn schema(&mut self, json: &mut Json, at: &str) {
        match json {
            Json::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.schema(item, &format!("{at}/{index}"));
                }
            }
            Json::Object(keywords) => self.keywords(keywords, at),
            _ => {}
        }
    }

    fn keywords(&mut self, keywords: &mut Map<String, Json>, at: &str) {
        if let Some(Json::String(pattern)) = keywords.get_mut("pattern") {
            *pattern = self.expression(pattern);
        }
        if let Some(Json::String(reference)) = keywords.get_mut("$ref") {
            *reference = self.reference(reference);
        }
        if let Some(Json::Object(patterns)) = keywords.get_mut("patternProperties") {
            let old = std::mem::take(patterns);
            patterns.extend(old.into_iter().map(|(pattern, schema)| (self.expression(&pattern), schema)));
        }
        name_additional(keywords);
        self.dependencies(keywords, at);
        for (keyword, value) in keywords {
            let at = format!("{at}/{}", super::tree::escape(keyword));
            match value {
                _ if DATA.contains(&keyword.as_str()) => {}
                Json::Object(schemas) if NAMED.contains(&keyword.as_str()) => {
                    for (name, schema) in schemas {
                        self.schema(schema, &format!("{at}/{}", super::tree::escape(name)));
                    }
                }
                value => self.schema(value, &at),
            }
        }
    }

    /// What becomes of an expression: each has a name, so that no two become the same. One that is none of Go's becomes
    /// one that is none of the crate's.
    fn expression(&mut self, pattern: &str) -> String {
        if let Some(known) = self.rewritten.get(pattern) {
            return known.clone();
        }
        let name = format!("p{:06}", self.rewritten.len());
        let rewritten = if let Ok(translated) = sprig::regex::translate(pattern) {
            format!("(?P<{name}>{translated})")
        } else {
            self.origins.is_broken = true;
            format!("(?P<{name}>")
        };
        self.rewritten.insert(pattern.to_owned(), rewritten.clone());
        self.origins.patterns.insert(rewritten.clone(), pattern.to_owned());
        rewritten
    }

    /// A reference that leads through expressions.
    fn reference(&mut self, reference: &str) -> String {
        let mut is_pattern = false;
        let parts = reference.split('/').map(|part| {
            let was_pattern = std::mem::replace(&mut is_pattern, part == "patternProperties");
            if was_pattern { encoded(&self.expression(&decoded(part))) } else { part.to_owned() }
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// Lists of names become schemas that require them.
    fn dependencies(&mut self, keywords: &mut Map<String, Json>, at: &str) {
        if let Some(Json::Object(dependencies)) = keywords.get_mut("dependencies") {
            for (name, dependency) in dependencies.iter_mut().filter(|(_, dependency)| dependency.is_array()) {
                *dependency = self.required(dependency, &format!("{at}/dependencies"), name);
            }
        }
        let Some(Json::Object(mut dependencies)) = keywords.remove("dependentRequired") else { return };
        let Json::Object(schemas) = keywords.entry("dependentSchemas").or_insert_with(|| json!({})) else { return };
        // A name that has a schema already keeps its list.
        let (lists, kept) =
            std::mem::take(&mut dependencies).into_iter().partition(|(name, _)| !schemas.contains_key(name));
        let lists: Map<String, Json> = lists;
        for (name, list) in lists {
            let schema = self.required(&list, &format!("{at}/dependentSchemas"), &name);
            schemas.insert(name, schema);
        }
        keywords.insert("dependentRequired".to_owned(), Json::Object(kept));
    }

    fn required(&mut self, list: &Json, at: &str, name: &str) -> Json {
        self.origins.lists.insert(format!("{at}/{}/required", super::tree::escape(name)));
        json!({ "required": list })
    }
}

/// The library names the properties that are too many only if others are known.
fn name_additional(keywords: &mut Map<String, Json>) {
    let is_empty = |keyword: &str| keywords.get(keyword).and_then(Json::as_object).is_none_or(Map::is_empty);
    if keywords.get("additionalProperties") == Some(&Json::Bool(false))
        && is_empty("properties")
        && is_empty("patternProperties")
    {
        keywords.insert("patternProperties".to_owned(), json!({ NEVER: true }));
    }
}

/// A part of a reference without the escapes of URIs and of pointers.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).replace("~1", "/").replace("~0", "~")
}

/// A key as a part of a reference.
fn encoded(key: &str) -> String {
    fragment(&super::tree::escape(key))
}

/// A pointer as the fragment of a reference.
pub(super) fn fragment(pointer: &str) -> String {
    let character = |byte: u8| match byte {
        b'/' => "/".to_owned(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    pointer.bytes().map(character).collect()
}
