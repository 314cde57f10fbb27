//! Finds which parts of a document have a URL or an anchor of their own.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value as Json};

use super::{Document, Place, Resource, child, load};
use crate::error::quote;
use crate::values::schema::budget::Budget;
use crate::values::schema::draft::{Draft, Holds};
use crate::values::schema::url;

/// Finds the resources and anchors of a document.
pub(super) struct Collector<'c> {
    pub(super) document: &'c mut Document,
    pub(super) budget: &'c Budget,
}

impl Collector<'_> {
    /// Looks at a schema and those in it. Around it are this URL and draft.
    pub(super) fn schema(&mut self, schema: &Json, base: &str, pointer: &str, outer: Draft) -> Result<(), String> {
        self.budget.schema(pointer).map_err(|exceeded| exceeded.to_string())?;
        if self.document.known.contains(pointer) {
            return Ok(());
        }
        match schema {
            Json::Object(keywords) => self.keywords(keywords, base, pointer, outer)?,
            _ if pointer.is_empty() => self.resource(pointer, base, outer)?,
            _ => {}
        }
        self.document.known.insert(pointer.to_owned());
        Ok(())
    }

    fn keywords(
        &mut self,
        keywords: &Map<String, Json>,
        base: &str,
        pointer: &str,
        outer: Draft,
    ) -> Result<(), String> {
        let mut draft = named(keywords, &self.document.url, pointer)?.unwrap_or(outer);
        if draft.id(keywords).is_none() && !pointer.is_empty() {
            draft = outer;
        }
        let mut base = base.to_owned();
        if let Some(id) = draft.id(keywords) {
            let wrong = |_| format!("error in parsing id at {}", quote(&self.document.at(pointer).text()));
            base = url::join(&base, id).map_err(wrong)?.0;
        }
        if draft.id(keywords).is_some() || pointer.is_empty() {
            self.resource(pointer, &base, draft)?;
        }
        let holder = self.document.ids.get(&base).cloned().unwrap_or_default();
        self.anchors(keywords, pointer, &holder)?;
        let inner = self.document.resources.get(&holder).map_or(draft, |resource| resource.draft);
        for (keyword, holds) in draft.holders() {
            match (keywords.get(keyword), holds) {
                (Some(schema), Holds::One) => self.schema(schema, &base, &child(pointer, &[keyword]), inner)?,
                (Some(Json::Array(schemas)), Holds::List) => {
                    for (index, schema) in schemas.iter().enumerate() {
                        self.schema(schema, &base, &child(pointer, &[keyword, &index.to_string()]), inner)?;
                    }
                }
                (Some(Json::Object(schemas)), Holds::ByName) => {
                    for (name, schema) in schemas {
                        self.schema(schema, &base, &child(pointer, &[keyword, name]), inner)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn resource(&mut self, pointer: &str, id: &str, draft: Draft) -> Result<(), String> {
        match self.document.ids.get(id) {
            Some(other) if other == pointer => return Ok(()),
            Some(other) => {
                let (id, url) = (quote(id), quote(&self.document.url));
                return Err(format!("duplicate id {id} in {url} at {} and {}", quote(other), quote(pointer)));
            }
            None => {}
        }
        self.document.ids.insert(id.to_owned(), pointer.to_owned());
        let resource = Resource {
            pointer: pointer.to_owned(),
            id: id.to_owned(),
            draft,
            anchors: BTreeMap::new(),
            dynamic: HashSet::new(),
        };
        self.document.resources.insert(pointer.to_owned(), resource);
        Ok(())
    }

    /// Notes the anchors of a schema in the resource that it is in.
    fn anchors(&mut self, keywords: &Map<String, Json>, pointer: &str, holder: &str) -> Result<(), String> {
        let document_url = self.document.url.clone();
        let Some(resource) = self.document.resources.get_mut(holder) else { return Ok(()) };
        let text = |keyword: &str| keywords.get(keyword).and_then(Json::as_str);
        let mut anchors = Vec::new();
        if resource.draft >= Draft::Y2019 {
            anchors.extend(text("$anchor").map(str::to_owned));
        } else if !keywords.contains_key("$ref")
            && let Some(id) = text(resource.draft.id_keyword())
        {
            let place = Place { url: document_url.clone(), pointer: pointer.to_owned() };
            let wrong = |_| format!("error in parsing anchor at {}", quote(&place.text()));
            let (_, fragment) = url::split(id).map_err(wrong)?;
            anchors.extend(Some(fragment).filter(|fragment| !fragment.is_empty() && !fragment.starts_with('/')));
        }
        if resource.draft >= Draft::Y2020
            && let Some(anchor) = text("$dynamicAnchor")
        {
            anchors.push(anchor.to_owned());
            resource.dynamic.insert(anchor.to_owned());
        }
        for anchor in anchors {
            let other = resource.anchors.entry(anchor.clone()).or_insert_with(|| pointer.to_owned());
            if other != pointer {
                let (anchor, url) = (quote(&anchor), quote(&document_url));
                return Err(format!("duplicate anchor {anchor} in {url} at {} and {}", quote(other), quote(pointer)));
            }
        }
        Ok(())
    }
}

/// The draft that a schema names. It may name another schema, which names one.
fn named(keywords: &Map<String, Json>, document: &str, pointer: &str) -> Result<Option<Draft>, String> {
    let mut named = keywords.get("$schema").and_then(Json::as_str).map(str::to_owned);
    let mut seen = HashSet::new();
    while let Some(url) = named {
        if let Some(draft) = Draft::of_url(&url) {
            return Ok(Some(draft));
        }
        sprig::Url::parse(url.as_bytes()).map_err(|error| {
            let place = Place { url: document.into(), pointer: pointer.to_owned() };
            format!("invalid $schema in {}: {error}", quote(&place.text()))
        })?;
        let url = url.split_once('#').map_or(url.as_str(), |(url, _)| url);
        if pointer.is_empty() && url == document {
            return Err(format!("draft {} is not supported", quote(url)));
        }
        if !seen.insert(url.to_owned()) {
            return Err(format!("cycle in resolving $schema in {}", quote(url)));
        }
        named = load(url)?.get("$schema").and_then(Json::as_str).map(str::to_owned);
    }
    Ok(None)
}
