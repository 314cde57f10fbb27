//! The keywords of objects and arrays.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::scope::{Met, Scope, State};
use super::{Part, Validator};
use crate::values::schema::budget::Exceeded;
use crate::values::schema::draft::Draft;
use crate::values::schema::equal::{duplicates, size};
use crate::values::schema::failure::{Failure, Kind};
use crate::values::schema::node::{Array, Dependency, Id, Object, Others};

type Entries = Map<String, Json>;

impl<'a> Validator<'a> {
    pub(super) fn object(
        &mut self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        entries: &'a Entries,
    ) -> Result<(), Exceeded> {
        let Some(rules) = &scope.node.object else { return Ok(()) };
        self.budget.steps(entries.len() + rules.required.len() / 4)?;
        self.count(scope, state, entries.len(), [("minProperties", rules.min), ("maxProperties", rules.max)])?;
        let missing = missing(entries, &rules.required);
        if !missing.is_empty() {
            self.fail(scope, state, || Kind::Required(missing))?;
        }
        if scope.quiet && !state.failures.is_empty() {
            return Ok(());
        }
        for (property, dependency) in &rules.dependencies {
            match dependency {
                _ if !entries.contains_key(property) => {}
                Dependency::Names(names) => self.dependency(scope, state, entries, property, names)?,
                Dependency::Schema(id) => {
                    let failure = self.same(scope, state, *id, "", false)?;
                    state.failures.extend(failure);
                }
            }
        }
        self.properties(scope, state, rules, entries)?;
        self.names(scope, state, rules, entries)?;
        self.dependents(scope, state, rules, entries)
    }

    fn properties(
        &mut self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        rules: &'a Object,
        entries: &'a Entries,
    ) -> Result<(), Exceeded> {
        let mut others = Vec::new();
        for (name, value) in entries {
            if scope.quiet && !state.failures.is_empty() {
                return Ok(());
            }
            let mut ids: Vec<Id> = rules.properties.get(name).copied().into_iter().collect();
            for (pattern, id) in &rules.patterns {
                self.budget.steps(1 + name.len() / 64)?;
                if pattern.is_match(name, self.budget)? {
                    ids.push(*id);
                }
            }
            let mut is_evaluated = !ids.is_empty();
            if !is_evaluated {
                is_evaluated = rules.additional.is_some();
                match rules.additional {
                    Some(Others::Allowed(false)) => others.push(name.as_str()),
                    Some(Others::Schema(id)) => ids.push(id),
                    _ => {}
                }
            }
            for id in ids {
                state.failures.extend(self.part(scope, id, Part::Key(name), value)?);
            }
            if is_evaluated {
                state.left.properties.remove(name.as_str());
            }
        }
        if others.is_empty() { Ok(()) } else { self.fail(scope, state, || Kind::AdditionalProperties(others)) }
    }

    /// `propertyNames`: each name is a text by itself, which has no place.
    fn names(
        &mut self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        rules: &Object,
        entries: &'a Entries,
    ) -> Result<(), Exceeded> {
        let Some(id) = rules.names else { return Ok(()) };
        for name in entries.keys() {
            let place = std::mem::take(&mut self.place);
            let failure = self.start(id, Met::Name(name));
            self.place = place;
            if let Some(failure) = failure? {
                self.fail_by(scope, state, failure.ungrouped(), || Kind::PropertyName(name))?;
            }
        }
        Ok(())
    }

    fn dependents(
        &mut self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        rules: &'a Object,
        entries: &Entries,
    ) -> Result<(), Exceeded> {
        for (_, id) in there(&rules.dependent, entries) {
            let failure = self.same(scope, state, *id, "", false)?;
            state.failures.extend(failure);
        }
        for (property, names) in there(&rules.dependent_required, entries) {
            self.dependency(scope, state, entries, property, names)?;
        }
        Ok(())
    }

    fn dependency(
        &self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        entries: &Entries,
        property: &'a str,
        names: &'a [String],
    ) -> Result<(), Exceeded> {
        let missing = missing(entries, names);
        if missing.is_empty() {
            return Ok(());
        }
        self.fail(scope, state, || Kind::Dependency { property, missing })
    }

    pub(super) fn array(
        &mut self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        items: &'a [Json],
    ) -> Result<(), Exceeded> {
        let Some(rules) = &scope.node.array else { return Ok(()) };
        self.count(scope, state, items.len(), [("minItems", rules.min), ("maxItems", rules.max)])?;
        if rules.unique {
            self.budget.steps(items.iter().map(size).sum())?;
            if let Some((first, second)) = duplicates(items) {
                self.fail(scope, state, || Kind::UniqueItems(first, second))?;
            }
        }
        for (index, item) in items.iter().enumerate() {
            let others = match rules.others {
                Some(Others::Schema(id)) => Some(id),
                _ => None,
            };
            let Some(id) = rules.first.get(index).copied().or(others) else { break };
            state.failures.extend(self.part(scope, id, Part::Index(index), item)?);
        }
        if let (Some(Others::Allowed(false)), Some(count)) =
            (rules.others, items.len().checked_sub(rules.first.len()).filter(|count| *count > 0))
        {
            self.fail(scope, state, || Kind::AdditionalItems(count))?;
        }
        self.contains(scope, state, rules, items)
    }

    fn contains(
        &mut self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        rules: &Array,
        items: &'a [Json],
    ) -> Result<(), Exceeded> {
        let Some(id) = rules.contains else { return Ok(()) };
        let (mut causes, mut got) = (Vec::<Failure<'a>>::new(), Vec::new());
        for (index, item) in items.iter().enumerate() {
            match self.part(scope, id, Part::Index(index), item)? {
                Some(failure) => causes.push(failure),
                None => got.push(index),
            }
        }
        if scope.node.draft >= Draft::Y2020 {
            state.left.items.retain(|index| !got.contains(index));
        }
        let count = got.len() as u64;
        match rules.min_contains {
            Some(want) if count < want => {
                self.fail_by(scope, state, causes, || Kind::MinContains { got: got.clone(), want })?;
            }
            None if count == 0 => self.fail_by(scope, state, causes, || Kind::Contains)?,
            _ => {}
        }
        match rules.max_contains {
            Some(want) if count > want => self.fail(scope, state, || Kind::MaxContains { got, want }),
            _ => Ok(()),
        }
    }
}

/// The names that an object has no entries for.
fn missing<'n>(entries: &Entries, names: &'n [String]) -> Vec<&'n str> {
    names.iter().filter(|name| !entries.contains_key(*name)).map(String::as_str).collect()
}

/// What is there for the names that an object has.
fn there<'r, T>(rules: &'r BTreeMap<String, T>, entries: &Entries) -> impl Iterator<Item = (&'r String, &'r T)> {
    rules.iter().filter(|(name, _)| entries.contains_key(*name))
}
