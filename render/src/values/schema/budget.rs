//! How much the schemas of a chart may cost: they come from somebody else, and a few lines can ask for years.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use regex_automata::meta::Regex;
use regex_automata::nfa::thompson::WhichCaptures;

use super::node::{Compiled, Pattern, Program};

/// So many steps may be taken: one for a schema that a value is compared with, and for each thing counted there.
const MAX_STEPS: usize = 3_000_000;
/// So deep may schemas and values lead into each other.
pub(super) const MAX_DEPTH: usize = 5_000;
/// So much memory may the schemas take, roughly.
const MAX_SCHEMAS: usize = 64 << 20;
/// What a schema takes beside the text of its place.
const SCHEMA: usize = 256;
/// So much memory may the compiled expressions take.
const MAX_EXPRESSIONS: usize = 32 << 20;
/// So much text may be kept of expressions that were translated.
const MAX_TRANSLATED: usize = 4 << 20;
/// What the search for an expression may keep: so much, and so many bytes for each of its own.
const CACHE: usize = 4 << 10;
const BYTES_OF_BYTE: usize = 64;

/// What is left.
pub(super) struct Budget {
    steps: Cell<usize>,
    schemas: Cell<usize>,
    expressions: Cell<usize>,
    /// Go's expressions in the syntax of the crate: a schema has few, many times, and so has the schema of schemas.
    patterns: RefCell<HashMap<String, Result<Pattern, String>>>,
    programs: RefCell<HashMap<Arc<[u8]>, Compiled>>,
    translations: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            steps: Cell::new(MAX_STEPS),
            schemas: Cell::new(MAX_SCHEMAS),
            expressions: Cell::new(MAX_EXPRESSIONS),
            patterns: RefCell::default(),
            programs: RefCell::default(),
            translations: Cell::new(MAX_TRANSLATED),
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
        let pattern = sprig::regex::translate(text).map(|translated| Pattern::new(text, translated));
        let length = pattern.as_ref().map_or_else(String::len, Pattern::len);
        if take(&self.translations, text.len() + length, Exceeded::Expressions).is_ok() {
            self.patterns.borrow_mut().insert(text.to_owned(), pattern.clone());
        }
        pattern
    }

    /// Compiles one of Go's expressions that was put into the syntax of the crate.
    pub(super) fn expression(&self, translated: &str) -> Result<Regex, Exceeded> {
        let cache = CACHE + translated.len() * BYTES_OF_BYTE;
        let limits = Regex::config()
            .which_captures(WhichCaptures::None)
            .onepass(false)
            .nfa_size_limit(Some(self.expressions.get()))
            .hybrid_cache_capacity(cache);
        let expression = Regex::builder().configure(limits).build(translated).map_err(|_| Exceeded::Expressions)?;
        take(&self.expressions, expression.memory_usage() + cache, Exceeded::Expressions)?;
        Ok(expression)
    }
}

fn take(left: &Cell<usize>, count: usize, exceeded: Exceeded) -> Result<(), Exceeded> {
    left.set(left.get().checked_sub(count).ok_or(exceeded)?);
    Ok(())
}
