//! The documents that schemas are in: which parts of them have a URL, a draft or an anchor of their own.

mod collector;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use serde_json::Value as Json;

use super::budget::Budget;
use super::draft::{self, Draft};
use super::{meta, url};
use crate::error::quote;
use collector::Collector;

/// Where a schema is: in which document, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) url: Arc<str>,
    pub(super) pointer: String,
}

impl Place {
    /// The place of what a keyword holds.
    pub(super) fn child(&self, parts: &[&str]) -> Self {
        Self { url: self.url.clone(), pointer: child(&self.pointer, parts) }
    }

    /// As Helm's library prints it.
    pub(super) fn text(&self) -> String {
        format!("{}#{}", self.url, url::fragment(&self.pointer))
    }

    /// What a document has here.
    pub(super) fn find<'j>(&self, document: &'j Json) -> Result<&'j Json, String> {
        let mut met = document;
        for token in self.pointer.split('/').skip(1) {
            let key = url::key(token).ok_or_else(|| format!("invalid json-pointer {}", quote(&self.text())))?;
            let part = match met {
                Json::Object(entries) => entries.get(&*key),
                Json::Array(items) => key.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => None,
            };
            met = part.ok_or_else(|| format!("json-pointer in {} not found", quote(&self.text())))?;
        }
        Ok(met)
    }
}

fn child(pointer: &str, parts: &[&str]) -> String {
    parts.iter().fold(pointer.to_owned(), |pointer, part| pointer + "/" + &url::token(part))
}

/// A part of a document with a URL of its own; the whole is one as well.
pub(super) struct Resource {
    pub(super) pointer: String,
    pub(super) id: String,
    pub(super) draft: Draft,
    anchors: BTreeMap<String, String>,
    dynamic: HashSet<String>,
}

impl Resource {
    /// The anchors that `$dynamicRef` looks for, and where they are.
    pub(super) fn dynamic_anchors(&self) -> impl Iterator<Item = (&String, &String)> {
        self.anchors.iter().filter(|(anchor, _)| self.dynamic.contains(*anchor))
    }
}

pub(super) struct Document {
    url: Arc<str>,
    pub(super) json: Arc<Json>,
    /// By where they are.
    resources: HashMap<String, Resource, RandomState>,
    /// Where they are, by their URLs.
    ids: HashMap<String, String, RandomState>,
    /// Where schemas are that were looked at.
    known: HashSet<String, RandomState>,
}

impl Document {
    /// The resource that a place is in.
    pub(super) fn resource(&self, pointer: &str) -> Option<&Resource> {
        let mut pointer = if self.resources.len() == 1 { "" } else { pointer };
        loop {
            if let Some(resource) = self.resources.get(pointer) {
                return Some(resource);
            }
            pointer = pointer.rsplit_once('/')?.0;
        }
    }

    /// The drafts of the resources, by where they are.
    pub(super) fn drafts(&self) -> HashMap<String, Draft> {
        self.resources.iter().map(|(pointer, resource)| (pointer.clone(), resource.draft)).collect()
    }

    fn draft(&self, pointer: &str) -> Draft {
        self.resource(pointer).map_or(Draft::LATEST, |resource| resource.draft)
    }

    fn at(&self, pointer: &str) -> Place {
        Place { url: self.url.clone(), pointer: pointer.to_owned() }
    }

    /// The place of a fragment in a resource, which is a pointer or an anchor.
    fn fragment(&self, resource: &Resource, fragment: &str) -> Result<Place, String> {
        if fragment.is_empty() || fragment.starts_with('/') {
            return Ok(self.at(&format!("{}{fragment}", resource.pointer)));
        }
        let place = resource.anchors.get(fragment).map(|pointer| self.at(pointer));
        place.ok_or_else(|| {
            let reference = format!("{}#{}", resource.id, url::fragment(fragment));
            format!("anchor in {} not found in schema {}", quote(&reference), quote(&self.url))
        })
    }
}

/// The documents that were read, by their URLs.
pub(super) struct Documents<'b> {
    read: HashMap<String, Document, RandomState>,
    pub(super) budget: &'b Budget,
}

impl<'b> Documents<'b> {
    pub(super) fn new(budget: &'b Budget) -> Self {
        Self { read: HashMap::default(), budget }
    }

    /// Adds a document. It must be a schema by its draft; the drafts' own are.
    pub(super) fn add(&mut self, url: &str, json: Json) -> Result<(), String> {
        self.trust(url, json)?;
        match self.read.get(url) {
            Some(document) => meta::check(document, &document.at(""), document.draft(""), self.budget),
            None => Ok(()),
        }
    }

    /// Adds a document that is a schema for sure.
    pub(super) fn trust(&mut self, url: &str, json: Json) -> Result<(), String> {
        let mut document = Document {
            url: url.into(),
            json: Arc::new(json),
            resources: HashMap::default(),
            ids: HashMap::default(),
            known: HashSet::default(),
        };
        let json = document.json.clone();
        Collector { document: &mut document, budget: self.budget }.schema(&json, url, "", Draft::LATEST)?;
        self.read.insert(url.to_owned(), document);
        Ok(())
    }

    /// The document at a URL.
    pub(super) fn get(&mut self, url: &str) -> Result<&Document, String> {
        if !self.read.contains_key(url) {
            match draft::document(url) {
                Some(document) => self.trust(url, document)?,
                None => self.add(url, load(url)?)?,
            }
        }
        self.read.get(url).ok_or_else(|| url.to_owned())
    }

    /// Where a reference leads that stands in a resource of a document.
    pub(super) fn resolve(&mut self, document: &str, base: &str, reference: &str) -> Result<Place, String> {
        let (url, fragment) = url::join(base, reference)?;
        if let Some(document) = self.read.get(document)
            && let Some(pointer) =
                if *document.url == *url { Some("") } else { document.ids.get(&url).map(String::as_str) }
            && let Some(resource) = document.resources.get(pointer)
        {
            return document.fragment(resource, &fragment);
        }
        let document = self.get(&url)?;
        let resource = document.resources.get("").ok_or(url)?;
        document.fragment(resource, &fragment)
    }

    /// Sees to it that what is here is known to be a schema.
    pub(super) fn ensure(&mut self, place: &Place) -> Result<(), String> {
        self.get(&place.url)?;
        let Some(document) = self.read.get_mut(&*place.url) else { return Ok(()) };
        if document.known.contains(&place.pointer) {
            return Ok(());
        }
        let json = document.json.clone();
        let schema = place.find(&json)?;
        let Some(resource) = document.resource(&place.pointer) else { return Ok(()) };
        let (base, draft) = (resource.id.clone(), resource.draft);
        Collector { document, budget: self.budget }.schema(schema, &base, &place.pointer, draft)?;
        meta::check(document, place, document.draft(&place.pointer), self.budget)
    }
}

/// Nothing is fetched: a schema comes from somebody else.
fn load(url: &str) -> Result<Json, String> {
    let failing = |why: &str| Err(format!("failing loading {}: {why}", quote(url)));
    match url.split_once(':').map_or("", |(scheme, _)| scheme) {
        "urn" => Ok(Json::Bool(true)),
        "file" | "http" | "https" => failing("schemas are not fetched"),
        _ => failing(&format!("no URLLoader registered for {}", quote(url))),
    }
}
