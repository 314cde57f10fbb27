//! A compiled expression, whose searches count what they do: an expression can be made that looks at the same text
//! again and again.

use std::ops::Range;

use govalue::meter;
use regex_automata::nfa::thompson::{self, pikevm::PikeVM};
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::Hir;

use super::automaton::{Automaton, Steps};

/// So much memory may the states of an expression take.
pub(super) const MAX_STATES: usize = 32 << 20;

/// So much memory may the places of groups take during a search.
const MAX_GROUPS: usize = 64 << 20;

/// So many ends of groups are copied in a step.
const SLOTS_OF_STEP: usize = 4;

/// A compiled expression.
pub(super) struct Regex {
    forward: Automaton,
    backward: Automaton,
    groups: PikeVM,
    /// The names of its groups, the whole match among them; an empty one for a group without a name.
    names: Vec<String>,
}

impl Regex {
    /// Compiles what was read; none if it is too large.
    pub(super) fn new(hir: &Hir, names: Vec<String>) -> Option<Self> {
        let config = thompson::Config::new().utf8(false).nfa_size_limit(Some(MAX_STATES));
        let mut compiler = thompson::Compiler::new();
        let states = compiler.configure(config.clone()).build_from_hir(hir).ok()?;
        let backwards = config.reverse(true).which_captures(thompson::WhichCaptures::None);
        let reversed = compiler.configure(backwards).build_from_hir(hir).ok()?;
        let forward = Automaton::new(states.clone(), MatchKind::LeftmostFirst)?;
        let backward = Automaton::new(reversed, MatchKind::All)?;
        let regex = Self { forward, backward, groups: PikeVM::new_from_nfa(states).ok()?, names };
        meter::add(regex.forward.states() + regex.backward.states());
        Some(regex)
    }

    /// The memory that it takes, when its automata are full.
    pub(super) fn size(&self) -> usize {
        self.forward.size() + self.backward.size()
    }

    /// The names of its groups.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether the text has a match.
    pub(super) fn is_match(&self, text: &[u8]) -> Result<bool, String> {
        let found = self.forward.find(&Input::new(text).earliest(true), &mut Steps::default());
        found.map(|found| found.is_some())
    }

    /// The first match from a place on.
    pub(super) fn find_at(&self, text: &[u8], from: usize, steps: &mut Steps) -> Result<Option<Range<usize>>, String> {
        let Some(end) = self.forward.find(&Input::new(text).range(from..), steps)? else { return Ok(None) };
        // An empty match at once, and one of an expression that begins nowhere else, need no way back.
        let mut start = Some(from);
        if end > from && !self.forward.is_anchored() {
            let input = Input::new(text).range(from..end).anchored(Anchored::Yes);
            start = self.backward.find(&input, steps)?;
        }
        Ok(start.map(|start| start..end))
    }

    /// The places of the groups of a match.
    pub(super) fn groups(&self, text: &[u8], found: Range<usize>, steps: &mut Steps) -> Result<Groups, String> {
        let states = self.groups.get_nfa();
        let mut places = vec![None; states.group_info().slot_len()];
        let count = states.states().len();
        if count.saturating_mul(places.len()).saturating_mul(2 * size_of::<usize>()) > MAX_GROUPS {
            return Err(format!("regular expression: the groups take more than the limit of {} MiB", MAX_GROUPS >> 20));
        }
        let steps_of_byte = count.saturating_mul(1 + places.len() / SLOTS_OF_STEP);
        steps.add(steps_of_byte.saturating_mul(found.len() + 1))?;
        let input = Input::new(text).range(found).anchored(Anchored::Yes);
        self.groups.search_slots(&mut self.groups.create_cache(), &input, &mut places);
        Ok(Groups(places))
    }
}

/// The places of the groups of a match.
pub(super) struct Groups(Vec<Option<NonMaxUsize>>);

impl Groups {
    /// What the group of this number holds, if it is part of the match.
    pub(super) fn get<'t>(&self, index: usize, text: &'t [u8]) -> Option<&'t [u8]> {
        let place = |slot: usize| self.0.get(slot).copied().flatten().map(NonMaxUsize::get);
        text.get(place(index.checked_mul(2)?)?..place(index.checked_mul(2)? + 1)?)
    }
}
