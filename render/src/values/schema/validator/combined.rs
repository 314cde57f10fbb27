//! The keywords that compare a value with other schemas as a whole.

use serde_json::Value as Json;

use super::scope::{Met, Scope, State};
use super::{Part, Validator};
use crate::values::schema::budget::Exceeded;
use crate::values::schema::failure::{Failure, Kind};
use crate::values::schema::node::{Combined, Id};

impl<'a> Validator<'a> {
    /// `not`, `allOf`, `anyOf`, `oneOf` and `if`.
    pub(super) fn combined(&mut self, scope: &Scope<'_, 'a>, state: &mut State<'a>) -> Result<(), Exceeded> {
        let Some(rules) = &scope.node.combined else { return Ok(()) };
        if let Some(id) = rules.not
            && self.same(scope, state, id, "", true)?.is_none()
        {
            self.fail(scope, state, || Kind::Not)?;
        }
        self.all(scope, state, rules)?;
        self.any(scope, state, rules)?;
        self.one(scope, state, rules)?;
        self.condition(scope, state, rules)
    }

    fn all(&mut self, scope: &Scope<'_, 'a>, state: &mut State<'a>, rules: &Combined) -> Result<(), Exceeded> {
        let mut causes = Vec::new();
        for &id in &rules.all {
            causes.extend(self.same(scope, state, id, "", false)?);
            if scope.quiet && !causes.is_empty() {
                break;
            }
        }
        if causes.is_empty() { Ok(()) } else { self.fail_by(scope, state, causes, || Kind::AllOf) }
    }

    fn any(&mut self, scope: &Scope<'_, 'a>, state: &mut State<'a>, rules: &Combined) -> Result<(), Exceeded> {
        let mut causes = Vec::new();
        let mut is_met = rules.any.is_empty();
        for &id in &rules.any {
            match self.same(scope, state, id, "", false)? {
                Some(failure) => causes.push(failure),
                None => is_met = true,
            }
            // All are looked at as long as something is left that one of them may be for.
            if is_met && state.left.is_empty() {
                break;
            }
        }
        if is_met { Ok(()) } else { self.fail_by(scope, state, causes, || Kind::AnyOf) }
    }

    fn one(&mut self, scope: &Scope<'_, 'a>, state: &mut State<'a>, rules: &Combined) -> Result<(), Exceeded> {
        let mut causes = Vec::new();
        let mut met = None;
        for (index, &id) in rules.one.iter().enumerate() {
            match (self.same(scope, state, id, "", met.is_some())?, met) {
                (Some(failure), None) => causes.push(failure),
                (Some(_), Some(_)) => {}
                (None, None) => met = Some(index),
                (None, Some(first)) => return self.fail(scope, state, || Kind::OneOf(Some((first, index)))),
            }
        }
        if met.is_some() || rules.one.is_empty() {
            return Ok(());
        }
        self.fail_by(scope, state, causes, || Kind::OneOf(None))
    }

    fn condition(&mut self, scope: &Scope<'_, 'a>, state: &mut State<'a>, rules: &Combined) -> Result<(), Exceeded> {
        let Some(condition) = rules.condition else { return Ok(()) };
        let is_met = self.same(scope, state, condition, "", true)?.is_none();
        if let Some(id) = if is_met { rules.then } else { rules.otherwise } {
            let failure = self.same(scope, state, id, "", false)?;
            state.failures.extend(failure);
        }
        Ok(())
    }

    /// Adds a failure with its causes.
    pub(super) fn fail_by(
        &self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        causes: Vec<Failure<'a>>,
        kind: impl FnOnce() -> Kind<'a>,
    ) -> Result<(), Exceeded> {
        state.failures.push(Failure { causes, ..self.failure(scope, kind)? });
        Ok(())
    }

    /// References that lead to another schema by the way that led here.
    pub(super) fn scoped(&mut self, scope: &Scope<'_, 'a>, state: &mut State<'a>) -> Result<(), Exceeded> {
        let Some(scoped) = &scope.node.scoped else { return Ok(()) };
        if let Some(target) = scoped.recursive {
            let is_anchor = |id: Id| self.node(id).scoped.as_ref().is_some_and(|scoped| scoped.recursive_anchor);
            let outermost = if is_anchor(target) {
                self.outermost(scope, |outer| is_anchor(outer.node.resource).then_some(outer.id))?
            } else {
                None
            };
            let failure = self.reference(scope, state, outermost.unwrap_or(target), "$recursiveRef")?;
            state.failures.extend(failure);
        }
        if let Some(dynamic) = &scoped.dynamic {
            let target = self.node(dynamic.target).scoped.as_ref().and_then(|scoped| scoped.anchor.as_ref());
            let outermost = match (&dynamic.anchor, target) {
                (Some(anchor), Some(target)) if anchor == target => self.outermost(scope, |outer| {
                    let resource = self.node(outer.node.resource).scoped.as_ref()?;
                    resource.anchors.get(anchor).copied()
                })?,
                _ => None,
            };
            let failure = self.reference(scope, state, outermost.unwrap_or(dynamic.target), "$dynamicRef")?;
            state.failures.extend(failure);
        }
        Ok(())
    }

    /// What is found in the first of the comparisons that led here.
    fn outermost(
        &self,
        scope: &Scope<'_, 'a>,
        find: impl Fn(&Scope<'_, 'a>) -> Option<Id>,
    ) -> Result<Option<Id>, Exceeded> {
        self.budget.steps(scope.depth / 16)?;
        Ok(scope.outward().filter_map(find).last())
    }

    /// What no schema was for.
    pub(super) fn unevaluated(&mut self, scope: &Scope<'_, 'a>, state: &mut State<'a>) -> Result<(), Exceeded> {
        match scope.met {
            Met::Value(Json::Object(entries)) => {
                let Some(id) = scope.node.object.as_ref().and_then(|rules| rules.unevaluated) else { return Ok(()) };
                for name in std::mem::take(&mut state.left.properties) {
                    if let Some(value) = entries.get(name) {
                        state.failures.extend(self.part(scope, id, Part::Key(name), value)?);
                    }
                }
            }
            Met::Value(Json::Array(items)) => {
                let Some(id) = scope.node.array.as_ref().and_then(|rules| rules.unevaluated) else { return Ok(()) };
                for index in std::mem::take(&mut state.left.items) {
                    if let Some(value) = items.get(index) {
                        state.failures.extend(self.part(scope, id, Part::Index(index), value)?);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}
