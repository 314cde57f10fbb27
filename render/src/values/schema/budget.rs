//! How much the schemas of a chart may cost: they come from somebody else, and a few lines can ask for years.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use sprig::regex::Matcher;

use super::node::{Compiled, Pattern, Program};

/// So many steps may be taken: one for a schema that a value is compared with, and for each thing counted there.
const MAX_STEPS: usize = 3_000_000;
/// So deep may schemas and values lead into each other.
pub(super) const MAX_DEPTH: usize = 5_000;
/// So much memory may the schemas take, roughly.
const MAX_SCHEMAS: usize = 64 << 20;
/// What a schema takes beside the text of its place.
const SCHEMA: usize = 256;
/// So much memory may expressions take that were read, and so much those that were compiled.
const MAX_READ: usize = 32 << 20;
const MAX_EXPRESSIONS: usize = 32 << 20;
/// So many steps of a search for an expression are one here.
const SEARCHED: usize = 64;

/// What is left.
pub(super) struct Budget {
    steps: Cell<usize>,
    schemas: Cell<usize>,
    expressions: Cell<usize>,
    /// Go's expressions: a schema has few, many times, and so has the schema of schemas.
    patterns: RefCell<HashMap<String, Result<Pattern, String>>>,
    programs: RefCell<HashMap<Arc<[u8]>, Compiled>>,
    read: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            steps: Cell::new(MAX_STEPS),
            schemas: Cell::new(MAX_SCHEMAS),
            expressions: Cell::new(MAX_EXPRESSIONS),
            patterns: RefCell::default(),
            programs: RefCell::default(),
            read: Cell::new(MAX_READ),
        }
    }
}

/// A limit that was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exceeded {
    Steps,
    Depth,
    Schemas,
    Expressions,
}

impl fmt::Display for Exceeded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Steps => write!(formatter, "checking values takes more steps than the maximum of {MAX_STEPS}"),
            Self::Depth => write!(formatter, "schema leads deeper than the maximum of {MAX_DEPTH}"),
            Self::Schemas => write!(formatter, "schema is larger than the maximum of {MAX_SCHEMAS} bytes"),
            Self::Expressions => {
                write!(formatter, "expressions of schema are larger than the maximum of {MAX_EXPRESSIONS} bytes")
            }
        }
    }
}

impl Budget {
    /// Takes steps.
    pub(super) fn steps(&self, count: usize) -> Result<(), Exceeded> {
        take(&self.steps, count, Exceeded::Steps)
    }

    /// Takes what a schema at this place costs.
    pub(super) fn schema(&self, pointer: &str) -> Result<(), Exceeded> {
        take(&self.schemas, SCHEMA + pointer.len(), Exceeded::Schemas)
    }

    /// What became of a schema's text: the same for all charts of a tree that have it.
    pub(super) fn program(
        &self,
        text: &Arc<[u8]>,
        compile: impl FnOnce(&[u8], &Self) -> Result<Program, String>,
    ) -> Compiled {
        if let Some(compiled) = self.programs.borrow().get(text) {
            return compiled.clone();
        }
        let compiled = compile(text, self).map(Arc::new);
        self.programs.borrow_mut().insert(Arc::clone(text), compiled.clone());
        compiled
    }

    /// One of Go's expressions, the same for all schemas that have it. The error is Go's text.
    pub(super) fn pattern(&self, text: &str) -> Result<Pattern, String> {
        if let Some(pattern) = self.patterns.borrow().get(text) {
            return pattern.clone();
        }
        let read = sprig::regex::Pattern::read(text);
        let size = text.len() + read.as_ref().map_or_else(String::len, sprig::regex::Pattern::size);
        take(&self.read, size, Exceeded::Expressions).map_err(|exceeded| exceeded.to_string())?;
        let pattern = read.map(|read| Pattern::new(text, read));
        self.patterns.borrow_mut().insert(text.to_owned(), pattern.clone());
        pattern
    }

    /// Compiles one of Go's expressions.
    pub(super) fn matcher(&self, pattern: &sprig::regex::Pattern) -> Result<Matcher, Exceeded> {
        let matcher = pattern.matcher(self.expressions.get()).ok_or(Exceeded::Expressions)?;
        take(&self.expressions, matcher.states(), Exceeded::Expressions)?;
        Ok(matcher)
    }

    /// Whether a text has a match.
    pub(super) fn is_match(&self, matcher: &Matcher, text: &str) -> Result<bool, Exceeded> {
        let mut steps = 0;
        let found = matcher.is_match(text, &mut steps);
        self.steps(steps / SEARCHED)?;
        found.map_err(|_| Exceeded::Steps)
    }
}

fn take(left: &Cell<usize>, count: usize, exceeded: Exceeded) -> Result<(), Exceeded> {
    left.set(left.get().checked_sub(count).ok_or(exceeded)?);
    Ok(())
}
