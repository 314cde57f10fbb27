//! A schema that is ready for values.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde_json::Value as Json;
use sprig::regex::Matcher;

use super::budget::{Budget, Exceeded};
use super::decimal::Decimal;
use super::documents::Place;
use super::draft::Draft;

/// A schema by its number among those of a [`Program`].
pub(super) type Id = usize;

/// A schema with all that it refers to; the first is the one that was asked for.
pub(super) struct Program {
    pub(super) nodes: Vec<Node>,
}

/// What became of a schema's text, or what is wrong with it.
pub(super) type Compiled = Result<Arc<Program>, String>;

/// One schema. What few schemas have is in boxes.
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) draft: Draft,
    /// The whole that it is in: the nearest one with a URL of its own.
    pub(super) resource: Id,
    pub(super) boolean: Option<bool>,
    pub(super) types: Types,
    pub(super) constant: Option<Box<Json>>,
    pub(super) values: Option<Vec<Json>>,
    pub(super) format: Option<Box<str>>,
    pub(super) reference: Option<Id>,
    pub(super) scoped: Option<Box<Scoped>>,
    pub(super) object: Option<Box<Object>>,
    pub(super) array: Option<Box<Array>>,
    pub(super) text: Option<Box<Text>>,
    pub(super) number: Option<Box<Number>>,
    pub(super) combined: Option<Box<Combined>>,
}

impl Node {
    pub(super) fn new(place: Place) -> Self {
        Self {
            place,
            draft: Draft::LATEST,
            resource: 0,
            boolean: None,
            types: Types::default(),
            constant: None,
            values: None,
            format: None,
            reference: None,
            scoped: None,
            object: None,
            array: None,
            text: None,
            number: None,
            combined: None,
        }
    }
}

/// References that depend on how the schema was reached.
#[derive(Default)]
pub(super) struct Scoped {
    pub(super) recursive: Option<Id>,
    pub(super) recursive_anchor: bool,
    pub(super) dynamic: Option<Dynamic>,
    pub(super) anchor: Option<String>,
    /// Of a resource: what its dynamic anchors name.
    pub(super) anchors: BTreeMap<String, Id>,
}

/// `$dynamicRef`: where it leads at first, and by which anchor, if by one.
pub(super) struct Dynamic {
    pub(super) target: Id,
    pub(super) anchor: Option<String>,
}

/// What objects must be.
#[derive(Default)]
pub(super) struct Object {
    pub(super) min: Option<u64>,
    pub(super) max: Option<u64>,
    pub(super) required: Vec<String>,
    pub(super) dependencies: BTreeMap<String, Dependency>,
    pub(super) properties: BTreeMap<String, Id>,
    pub(super) patterns: Vec<(Pattern, Id)>,
    pub(super) additional: Option<Others>,
    pub(super) names: Option<Id>,
    pub(super) dependent: BTreeMap<String, Id>,
    pub(super) dependent_required: BTreeMap<String, Vec<String>>,
    pub(super) unevaluated: Option<Id>,
}

/// What a property demands.
pub(super) enum Dependency {
    Names(Vec<String>),
    Schema(Id),
}

/// What the others must be: a boolean has words of its own.
#[derive(Clone, Copy)]
pub(super) enum Others {
    Allowed(bool),
    Schema(Id),
}

/// What arrays must be.
#[derive(Default)]
pub(super) struct Array {
    pub(super) min: Option<u64>,
    pub(super) max: Option<u64>,
    pub(super) unique: bool,
    /// The schemas of the first items.
    pub(super) first: Vec<Id>,
    /// The others.
    pub(super) others: Option<Others>,
    pub(super) contains: Option<Id>,
    pub(super) min_contains: Option<u64>,
    pub(super) max_contains: Option<u64>,
    pub(super) unevaluated: Option<Id>,
}

/// What texts must be.
#[derive(Default)]
pub(super) struct Text {
    pub(super) min: Option<u64>,
    pub(super) max: Option<u64>,
    pub(super) pattern: Option<Pattern>,
}

/// An expression of Go's, as it was written, and as it is matched when a text first meets it.
#[derive(Clone)]
pub(super) struct Pattern(Arc<Expression>);

struct Expression {
    text: String,
    read: sprig::regex::Pattern,
    compiled: OnceLock<Matcher>,
}

impl Pattern {
    /// An expression that was read from a text.
    pub(super) fn new(text: &str, read: sprig::regex::Pattern) -> Self {
        Self(Arc::new(Expression { text: text.to_owned(), read, compiled: OnceLock::new() }))
    }

    /// As it was written.
    pub(super) fn text(&self) -> &str {
        &self.0.text
    }

    pub(super) fn is_match(&self, text: &str, budget: &Budget) -> Result<bool, Exceeded> {
        let Expression { read, compiled, .. } = &*self.0;
        let matcher = match compiled.get() {
            Some(matcher) => matcher,
            None => {
                let matcher = budget.matcher(read)?;
                compiled.get_or_init(|| matcher)
            }
        };
        budget.is_match(matcher, text)
    }
}

/// What numbers must be.
#[derive(Default)]
pub(super) struct Number {
    pub(super) min: Option<Decimal>,
    pub(super) max: Option<Decimal>,
    pub(super) above: Option<Decimal>,
    pub(super) below: Option<Decimal>,
    pub(super) multiple_of: Option<Decimal>,
}

/// Other schemas that the same value must or must not meet.
#[derive(Default)]
pub(super) struct Combined {
    pub(super) not: Option<Id>,
    pub(super) all: Vec<Id>,
    pub(super) any: Vec<Id>,
    pub(super) one: Vec<Id>,
    pub(super) condition: Option<Id>,
    pub(super) then: Option<Id>,
    pub(super) otherwise: Option<Id>,
}

/// A set of types.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Types(u8);

/// The types in the order in which Helm's library names them.
pub(super) const TYPES: [&str; 7] = ["null", "boolean", "number", "integer", "string", "array", "object"];

impl Types {
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Adds a type; a name that is none is left out.
    pub(super) fn add(&mut self, name: &str) {
        self.0 |= bit(name);
    }

    pub(super) fn contains(self, name: &str) -> bool {
        self.0 & bit(name) != 0
    }

    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        TYPES.into_iter().filter(move |name| self.contains(name))
    }
}

fn bit(name: &str) -> u8 {
    TYPES.iter().position(|known| *known == name).map_or(0, |place| 1 << place)
}

/// The type of a value; that of whole numbers is `number` as well.
pub(super) fn type_of(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}
