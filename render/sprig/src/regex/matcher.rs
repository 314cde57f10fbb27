//! Expressions that only say whether texts have a match, for others than templates.

use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::{Input, MatchKind};

use super::automaton::{Automaton, Steps};
use super::parser::{self, Expression};

/// An expression that was read, and can be compiled when a text first meets it: many never do, and that takes long.
pub struct Pattern(Expression);

impl Pattern {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// Fails with Go's text for a pattern that its `regexp.Compile` refuses.
    pub fn read(pattern: &str) -> Result<Self, String> {
        parser::read(pattern.as_bytes()).map(Self).map_err(|error| error.to_string())
    }

    /// The memory that it takes, about.
    #[must_use]
    pub fn size(&self) -> usize {
        self.0.size
    }

    /// Compiles it; none if its states would take more memory than this many bytes.
    #[must_use]
    pub fn matcher(&self, bytes: usize) -> Option<Matcher> {
        let config = thompson::Config::new().which_captures(WhichCaptures::None).nfa_size_limit(Some(bytes));
        let hir = &self.0.hir;
        let build = || thompson::Compiler::new().configure(config).build_from_hir(hir).ok();
        Automaton::new(self.0.deep(build)?, MatchKind::LeftmostFirst).map(Matcher)
    }
}

/// A compiled expression.
///
/// ```
/// let pattern = sprig::regex::Pattern::read("^[[:alpha:]]+$")?;
/// let matcher = pattern.matcher(1 << 20).ok_or("it is too large")?;
/// let mut steps = 0;
/// assert!(matcher.is_match("abc", &mut steps)? && !matcher.is_match("a-c", &mut steps)?);
/// # Ok::<(), String>(())
/// ```
pub struct Matcher(Automaton);

impl Matcher {
    /// The memory that its states take, in bytes.
    #[must_use]
    pub fn states(&self) -> usize {
        self.0.states()
    }

    /// Whether the text has a match. Adds the steps that this took: a step is a byte that is looked at, eight are one by which
    /// the automaton grows.
    ///
    /// # Errors
    ///
    /// Fails with the limit if there are too many for one text.
    pub fn is_match(&self, text: &str, steps: &mut usize) -> Result<bool, String> {
        let mut taken = Steps::default();
        let found = self.0.find(&Input::new(text).earliest(true), &mut taken);
        *steps = steps.saturating_add(taken.taken());
        found.map(|found| found.is_some())
    }
}
