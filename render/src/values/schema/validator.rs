//! Compares a value with a schema, in the order in which Helm's library looks at the keywords.

mod combined;
mod parts;
mod scalars;
mod scope;

use std::collections::HashMap;

use govalue::grow;
use serde_json::Value as Json;

use super::budget::{Budget, Exceeded, MAX_DEPTH};
use super::draft::Draft;
use super::equal::size;
use super::failure::{Failure, Kind};
use super::node::{Id, Node, Program};
use super::{format, meta, url};
use scope::{Met, Scope, State};

/// What is wrong, if anything is.
type Checked<'a> = Result<Option<Failure<'a>>, Exceeded>;

/// What a failure costs: it is kept.
const FAILURE: usize = 8;

/// Compares one value with one schema.
pub(super) struct Validator<'a> {
    program: &'a Program,
    budget: &'a Budget,
    /// Where in the value: keys and indexes.
    place: Vec<Part<'a>>,
    /// If the value is a schema: the draft of the program, and the drafts of the value's parts.
    drafts: Option<(Draft, &'a HashMap<String, Draft>)>,
}

/// A key or an index.
#[derive(Clone, Copy)]
enum Part<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Validator<'a> {
    /// For values.
    pub(super) fn new(program: &'a Program, budget: &'a Budget) -> Self {
        Self { program, budget, place: Vec::new(), drafts: None }
    }

    /// For values that are schemas of a draft, with parts that may be of others.
    pub(super) fn of_schemas(
        program: &'a Program,
        budget: &'a Budget,
        draft: Draft,
        drafts: &'a HashMap<String, Draft>,
    ) -> Self {
        Self { drafts: Some((draft, drafts)), ..Self::new(program, budget) }
    }

    /// What is wrong with a value. The keys of its objects must be sorted, for that is the order of what is told.
    pub(super) fn failures(mut self, value: &'a Json) -> Result<Vec<Failure<'a>>, Exceeded> {
        let failure = self.start(0, Met::Value(value))?;
        Ok(failure.map(Failure::ungrouped).unwrap_or_default())
    }

    /// Compares by a schema that no other led to.
    fn start(&mut self, id: Id, met: Met<'a>) -> Checked<'a> {
        let scope = Scope::new(id, self.node(id), met);
        let mut state = self.state(&scope, false)?;
        self.check(&scope, &mut state)
    }

    fn node(&self, id: Id) -> &'a Node {
        &self.program.nodes[id]
    }

    fn state(&self, scope: &Scope<'_, 'a>, is_asked: bool) -> Result<State<'a>, Exceeded> {
        let state = State::new(scope, is_asked);
        self.budget.steps(1 + state.left.len() / 4)?;
        Ok(state)
    }

    /// Compares by the schema of the scope.
    fn check(&mut self, scope: &Scope<'_, 'a>, state: &mut State<'a>) -> Checked<'a> {
        if scope.depth > MAX_DEPTH {
            return Err(Exceeded::Depth);
        }
        if let Some(failure) = self.early(scope)? {
            return Ok(Some(failure));
        }
        if scope.node.boolean.is_some() {
            return Ok(None);
        }
        if let Some(target) = scope.node.reference {
            let failure = self.reference(scope, state, target, "$ref")?;
            if scope.node.draft < Draft::Y2019 {
                return Ok(failure);
            }
            state.failures.extend(failure);
        }
        match scope.met {
            Met::Value(Json::Object(entries)) => self.object(scope, state, entries)?,
            Met::Value(Json::Array(items)) => self.array(scope, state, items)?,
            Met::Value(number @ Json::Number(_)) => self.number(scope, state, number)?,
            _ => self.text(scope, state)?,
        }
        if state.failures.is_empty() || !scope.quiet {
            self.scoped(scope, state)?;
            self.combined(scope, state)?;
            self.unevaluated(scope, state)?;
        }
        if state.failures.len() < 2 {
            return Ok(state.failures.pop());
        }
        let causes = std::mem::take(&mut state.failures);
        Ok(Some(Failure { causes, ..self.failure(scope, || Kind::Group)? }))
    }

    /// What ends the comparison by one schema if it fails.
    fn early(&self, scope: &Scope<'_, 'a>) -> Checked<'a> {
        let node = scope.node;
        if let Some(is_allowed) = node.boolean {
            return if is_allowed { Ok(None) } else { self.failure(scope, || Kind::False).map(Some) };
        }
        if let Some(outer) = scope.cycle(self.budget)? {
            let ways = || [scope.way(), outer.way()];
            return self.failure(scope, || Kind::Cycle { place: node.place.text(), ways: ways() }).map(Some);
        }
        if !node.types.is_empty() && !scope.met.is_of(node.types) {
            let got = scope.met.type_of();
            return self.failure(scope, || Kind::Type { got, want: node.types }).map(Some);
        }
        if let Some(want) = &node.constant {
            self.budget.steps(size(want))?;
            if !scope.met.is(want) {
                return self.failure(scope, || Kind::Const(want)).map(Some);
            }
        }
        if let Some(want) = &node.values {
            self.budget.steps(want.len() / 8)?;
            if !self.is_one_of(scope.met, want)? {
                return self.failure(scope, || Kind::Enum(want)).map(Some);
            }
        }
        if let (Some(name), Some(got)) = (&node.format, scope.met.as_str()) {
            self.budget.steps(got.len() / 64)?;
            if let Err(why) = format::check(name, got, self.budget) {
                return self.failure(scope, || Kind::Format { got, name, why }).map(Some);
            }
        }
        Ok(None)
    }

    fn is_one_of(&self, met: Met<'_>, values: &[Json]) -> Result<bool, Exceeded> {
        for value in values.iter().filter(|value| super::node::type_of(value) == met.type_of()) {
            if value.is_array() || value.is_object() {
                self.budget.steps(size(value))?;
            }
            if met.is(value) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A failure here. Nobody is told why if only the result counts.
    fn failure(&self, scope: &Scope<'_, 'a>, kind: impl FnOnce() -> Kind<'a>) -> Result<Failure<'a>, Exceeded> {
        if scope.quiet {
            return Ok(Failure::new(String::new(), Kind::Unsaid));
        }
        let at = self.at();
        self.budget.steps(FAILURE + at.len() / 64)?;
        Ok(Failure::new(at, kind()))
    }

    /// Adds a failure here.
    fn fail(
        &self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        kind: impl FnOnce() -> Kind<'a>,
    ) -> Result<(), Exceeded> {
        state.failures.push(self.failure(scope, kind)?);
        Ok(())
    }

    /// The place as a pointer.
    fn at(&self) -> String {
        let mut at = String::new();
        for part in &self.place {
            at.push('/');
            match part {
                Part::Key(key) => at.push_str(&url::token(key)),
                Part::Index(index) => at.push_str(&index.to_string()),
            }
        }
        at
    }

    /// Compares the same value with another schema.
    fn same(
        &mut self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        id: Id,
        keyword: &'static str,
        quiet: bool,
    ) -> Checked<'a> {
        let inner = scope.same(id, self.node(id), keyword, quiet);
        let mut inner_state = self.state(&inner, !state.left.is_empty())?;
        let failure = self.inside(&inner, &mut inner_state)?;
        if failure.is_none() {
            state.left.keep(&inner_state.left);
        }
        Ok(failure)
    }

    /// Compares a part of the value with a schema.
    fn part(&mut self, scope: &Scope<'_, 'a>, id: Id, part: Part<'a>, value: &'a Json) -> Checked<'a> {
        let inner = scope.part(id, self.node(id), value);
        let mut state = self.state(&inner, false)?;
        self.place.push(part);
        let failure = self.inside(&inner, &mut state);
        self.place.pop();
        failure
    }

    /// Compares one level deeper. A schema that is met inside of a schema may be of another draft.
    fn inside(&mut self, scope: &Scope<'_, 'a>, state: &mut State<'a>) -> Checked<'a> {
        if let Some((own, drafts)) = self.drafts
            && scope.id == 0
            && let Some(&draft) = drafts.get(&self.at())
            && draft != own
            && let Ok(program) = meta::program(draft)
        {
            let place = self.place.clone();
            let drafts = Some((draft, drafts));
            return grow(|| Validator { program, budget: self.budget, place, drafts }.start(0, scope.met));
        }
        grow(|| self.check(scope, state))
    }

    /// Follows a reference.
    fn reference(
        &mut self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        target: Id,
        keyword: &'static str,
    ) -> Checked<'a> {
        let Some(failure) = self.same(scope, state, target, keyword, false)? else { return Ok(None) };
        let causes = failure.ungrouped();
        Ok(Some(Failure { causes, ..self.failure(scope, || Kind::Reference)? }))
    }
}
