//! The keywords of texts and numbers.

use serde_json::Value as Json;

use super::Validator;
use super::scope::{Scope, State};
use crate::values::schema::budget::Exceeded;
use crate::values::schema::decimal::Decimal;
use crate::values::schema::failure::Kind;

impl<'a> Validator<'a> {
    /// Compares a count with its least and its greatest, each by its keyword.
    pub(super) fn count(
        &self,
        scope: &Scope<'_, 'a>,
        state: &mut State<'a>,
        got: usize,
        [min, max]: [(&'static str, Option<u64>); 2],
    ) -> Result<(), Exceeded> {
        for (keyword, want) in
            [(min.0, min.1.filter(|want| (got as u64) < *want)), (max.0, max.1.filter(|want| got as u64 > *want))]
        {
            if let Some(want) = want {
                self.fail(scope, state, || Kind::Count { keyword, got, want })?;
            }
        }
        Ok(())
    }

    pub(super) fn text(&self, scope: &Scope<'_, 'a>, state: &mut State<'a>) -> Result<(), Exceeded> {
        let (Some(rules), Some(got)) = (&scope.node.text, scope.met.as_str()) else { return Ok(()) };
        self.budget.steps(got.len() / 16)?;
        if rules.min.is_some() || rules.max.is_some() {
            let limits = [("minLength", rules.min), ("maxLength", rules.max)];
            self.count(scope, state, got.chars().count(), limits)?;
        }
        match &rules.pattern {
            Some(pattern) if !pattern.is_match(got, self.budget)? => {
                self.fail(scope, state, || Kind::Pattern { got, want: pattern.text() })
            }
            _ => Ok(()),
        }
    }

    pub(super) fn number(&self, scope: &Scope<'_, 'a>, state: &mut State<'a>, number: &Json) -> Result<(), Exceeded> {
        let (Some(rules), Some(got)) = (&scope.node.number, Decimal::of(number)) else { return Ok(()) };
        let broken = [
            ("minimum", rules.min.as_ref().filter(|want| got < **want)),
            ("maximum", rules.max.as_ref().filter(|want| got > **want)),
            ("exclusiveMinimum", rules.above.as_ref().filter(|want| got <= **want)),
            ("exclusiveMaximum", rules.below.as_ref().filter(|want| got >= **want)),
            ("multipleOf", rules.multiple_of.as_ref().filter(|want| !got.is_multiple_of(want))),
        ];
        for (keyword, want) in broken {
            if let Some(want) = want {
                self.fail(scope, state, || Kind::Number { keyword, got: got.clone(), want })?;
            }
        }
        Ok(())
    }
}
