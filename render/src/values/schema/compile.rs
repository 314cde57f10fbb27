//! From a document to the schemas that values are compared with.
//!
//! Only what can be reached is compiled, and so only that may be wrong: an expression, a reference.

mod keywords;

use std::collections::HashMap;

use foldhash::fast::RandomState;
use serde_json::Value as Json;

use super::documents::{Documents, Place};
use super::draft::Draft;
use super::node::{Id, Node, Pattern, Program};
use crate::error::quote;
use keywords::Keywords;

/// Compiles the schema at a place, and all that it refers to. Drafts since 2019 only check formats if told.
pub(super) fn compile(documents: &mut Documents<'_>, place: Place, formats: bool) -> Result<Program, String> {
    let mut compiler = Compiler { documents, formats, nodes: Vec::new(), ids: HashMap::default() };
    compiler.id(place);
    let mut next = 0;
    while let Some(node) = compiler.nodes.get(next) {
        let node = compiler.node(node.place.clone())?;
        if let Some(slot) = compiler.nodes.get_mut(next) {
            *slot = node;
        }
        next += 1;
    }
    Ok(Program { nodes: compiler.nodes })
}

struct Compiler<'d, 'b> {
    documents: &'d mut Documents<'b>,
    formats: bool,
    nodes: Vec<Node>,
    ids: HashMap<Place, Id, RandomState>,
}

impl Compiler<'_, '_> {
    /// The number of the schema at a place. A new one is compiled after those that wait already.
    fn id(&mut self, place: Place) -> Id {
        if let Some(id) = self.ids.get(&place) {
            return *id;
        }
        let id = self.nodes.len();
        self.ids.insert(place.clone(), id);
        self.nodes.push(Node::new(place));
        id
    }

    fn node(&mut self, place: Place) -> Result<Node, String> {
        self.documents.budget.schema(&place.pointer).map_err(|exceeded| exceeded.to_string())?;
        self.documents.ensure(&place)?;
        let document = self.documents.get(&place.url)?;
        let json = document.json.clone();
        let Some(resource) = document.resource(&place.pointer) else { return Ok(Node::new(place)) };
        let (draft, base) = (resource.draft, resource.id.clone());
        let whole = Place { url: place.url.clone(), pointer: resource.pointer.clone() };
        let is_whole = draft >= Draft::Y2020 && whole == place;
        let anchors: Vec<_> = resource.dynamic_anchors().map(|(name, at)| (name.clone(), at.clone())).collect();
        let mut node = Node::new(place.clone());
        node.draft = draft;
        node.resource = self.id(whole);
        if is_whole && !anchors.is_empty() {
            let anchors = anchors.into_iter().map(|(name, pointer)| {
                let url = place.url.clone();
                (name, self.id(Place { url, pointer }))
            });
            node.scoped.get_or_insert_default().anchors = anchors.collect();
        }
        match place.find(&json)? {
            Json::Bool(boolean) => node.boolean = Some(*boolean),
            Json::Object(schema) if schema.is_empty() => node.boolean = Some(true),
            Json::Object(schema) => {
                Keywords { compiler: self, schema, place: &place, draft, base: &base }.read(&mut node)?;
            }
            _ => {}
        }
        Ok(node)
    }

    fn pattern(&self, text: &str, place: &Place, keyword: &str) -> Result<Pattern, String> {
        self.documents.budget.pattern(text).map_err(|error| {
            format!("invalid regex {} at {}: {error}", quote(text), quote(&place.child(&[keyword]).text()))
        })
    }
}
