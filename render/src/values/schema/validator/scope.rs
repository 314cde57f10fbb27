//! What is compared with what, and how it came to that.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::values::schema::budget::{Budget, Exceeded};
use crate::values::schema::decimal::Decimal;
use crate::values::schema::equal::equal;
use crate::values::schema::failure::Failure;
use crate::values::schema::node::{Id, Node, Types, type_of};
use crate::values::schema::url;

/// A value, or the name of a property, which is a text.
#[derive(Clone, Copy)]
pub(super) enum Met<'a> {
    Value(&'a Json),
    Name(&'a str),
}

impl<'a> Met<'a> {
    pub(super) fn as_str(self) -> Option<&'a str> {
        match self {
            Self::Value(value) => value.as_str(),
            Self::Name(name) => Some(name),
        }
    }

    pub(super) fn type_of(self) -> &'static str {
        match self {
            Self::Value(value) => type_of(value),
            Self::Name(_) => "string",
        }
    }

    /// Whether it is of one of the types.
    pub(super) fn is_of(self, types: Types) -> bool {
        let is_whole =
            || matches!(self, Self::Value(value) if Decimal::of(value).is_some_and(|number| number.is_whole()));
        types.contains(self.type_of()) || types.contains("integer") && is_whole()
    }

    pub(super) fn is(self, other: &Json) -> bool {
        match self {
            Self::Value(value) => equal(value, other),
            Self::Name(name) => other.as_str() == Some(name),
        }
    }
}

/// One comparison, and those that led to it.
pub(super) struct Scope<'s, 'a> {
    pub(super) id: Id,
    pub(super) node: &'a Node,
    pub(super) met: Met<'a>,
    /// Whether only the result counts.
    pub(super) quiet: bool,
    pub(super) depth: usize,
    /// How deep in the values this is: one number means one value.
    level: usize,
    /// The keyword that led here, if it was a reference.
    keyword: &'static str,
    pub(super) parent: Option<&'s Scope<'s, 'a>>,
}

impl<'s, 'a> Scope<'s, 'a> {
    pub(super) fn new(id: Id, node: &'a Node, met: Met<'a>) -> Self {
        Self { id, node, met, quiet: false, depth: 0, level: 0, keyword: "", parent: None }
    }

    /// The same value and another schema.
    pub(super) fn same<'i>(&'i self, id: Id, node: &'a Node, keyword: &'static str, quiet: bool) -> Scope<'i, 'a>
    where
        's: 'i,
    {
        let (depth, quiet) = (self.depth + 1, self.quiet || quiet);
        Scope { id, node, met: self.met, quiet, depth, level: self.level, keyword, parent: Some(self) }
    }

    /// A part of the value and a schema.
    pub(super) fn part<'i>(&'i self, id: Id, node: &'a Node, value: &'a Json) -> Scope<'i, 'a>
    where
        's: 'i,
    {
        let (met, depth, level) = (Met::Value(value), self.depth + 1, self.level + 1);
        Scope { id, node, met, quiet: self.quiet, depth, level, keyword: "", parent: Some(self) }
    }

    /// This and those that led to it.
    pub(super) fn outward(&self) -> impl Iterator<Item = &Scope<'s, 'a>> {
        std::iter::successors(Some(self), |scope| scope.parent)
    }

    /// The comparison that led here and was the same.
    pub(super) fn cycle(&self, budget: &Budget) -> Result<Option<&Scope<'s, 'a>>, Exceeded> {
        let mut looked = 0;
        let outer = self.outward().skip(1).take_while(|outer| outer.level == self.level);
        let same = outer.inspect(|_| looked += 1).find(|outer| outer.id == self.id);
        budget.steps(looked / 16)?;
        Ok(same)
    }

    /// The keywords that led here.
    pub(super) fn way(&self) -> String {
        let scopes: Vec<_> = self.outward().collect();
        let step = |pair: &[&Scope<'_, '_>]| match pair {
            [inner, outer] if inner.keyword.is_empty() => {
                let outer = outer.node.place.text().len();
                inner.node.place.text().get(outer..).unwrap_or_default().to_owned()
            }
            [inner, _] => format!("/{}", url::token(inner.keyword)),
            _ => String::new(),
        };
        scopes.windows(2).rev().map(step).collect()
    }
}

/// What came of a comparison so far.
pub(super) struct State<'a> {
    pub(super) failures: Vec<Failure<'a>>,
    pub(super) left: Left<'a>,
}

impl<'a> State<'a> {
    /// Nothing yet. What is left over is kept if the schema or the one around it asks for it.
    pub(super) fn new(scope: &Scope<'_, 'a>, is_asked: bool) -> Self {
        Self { failures: Vec::new(), left: Left::new(scope.node, scope.met, is_asked) }
    }
}

/// The properties and items that no schema was for.
#[derive(Default)]
pub(super) struct Left<'a> {
    pub(super) properties: BTreeSet<&'a str>,
    pub(super) items: BTreeSet<usize>,
}

impl<'a> Left<'a> {
    fn new(node: &Node, met: Met<'a>, is_asked: bool) -> Self {
        let mut left = Self::default();
        match met {
            Met::Value(Json::Object(entries)) => {
                let rules = node.object.as_ref();
                if (is_asked || rules.is_some_and(|rules| rules.unevaluated.is_some()))
                    && rules.is_none_or(|rules| rules.additional.is_none())
                {
                    left.properties = entries.keys().map(String::as_str).collect();
                }
            }
            Met::Value(Json::Array(items)) => {
                let rules = node.array.as_ref();
                if (is_asked || rules.is_some_and(|rules| rules.unevaluated.is_some()))
                    && rules.is_none_or(|rules| rules.others.is_none())
                {
                    left.items = (rules.map_or(0, |rules| rules.first.len())..items.len()).collect();
                }
            }
            _ => {}
        }
        left
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn len(&self) -> usize {
        self.properties.len() + self.items.len()
    }

    /// Keeps what is left in both.
    pub(super) fn keep(&mut self, other: &Self) {
        self.properties.retain(|name| other.properties.contains(name));
        self.items.retain(|index| other.items.contains(index));
    }
}
