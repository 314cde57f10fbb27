//! A compiled expression, whose searches count what they do: an expression can be made that looks at the same text
//! again and again.

use std::cell::RefCell;
use std::ops::Range;

use govalue::meter;
use regex_automata::hybrid::{dfa, regex};
use regex_automata::nfa::thompson::{self, pikevm::PikeVM};
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::Hir;

/// So much memory may the states of an expression take.
const MAX_STATES: usize = 32 << 20;

/// So much memory may each of the two automata take that are made of the states during searches. Such an automaton is
/// begun anew when it is full, within one search only so often.
const AUTOMATON: usize = 512 << 10;
const MAX_BEGUN_ANEW: usize = 64;

/// So much memory may the places of groups take during a search.
const MAX_GROUPS: usize = 64 << 20;

/// So many steps may one call take: about a second.
const MAX_STEPS: usize = 1 << 28;

/// So many steps does it take to add a byte to an automaton, and so many ends of groups are copied in a step.
const STEPS_OF_BYTE: usize = 8;
const SLOTS_OF_STEP: usize = 4;

/// A compiled expression.
pub(super) struct Regex {
    automata: regex::Regex,
    cache: RefCell<regex::Cache>,
    groups: PikeVM,
    /// The names of its groups, the whole match among them; an empty one for a group without a name.
    names: Vec<String>,
}

/// Counts the steps of one call: a step is a byte that an automaton looks at, or one that a state of it looks at.
#[derive(Default)]
pub(super) struct Steps(usize);

impl Steps {
    fn add(&mut self, steps: usize) -> Result<(), String> {
        meter::add(steps);
        self.0 = self.0.saturating_add(steps);
        if self.0 > MAX_STEPS { Err(too_many_steps()) } else { Ok(()) }
    }
}

fn too_many_steps() -> String {
    format!("regular expression: the search takes more than the limit of {MAX_STEPS} steps")
}

impl Regex {
    /// Compiles what was read; none if it is too large.
    pub(super) fn new(hir: &Hir, names: Vec<String>) -> Option<Self> {
        let config = thompson::Config::new().utf8(false).nfa_size_limit(Some(MAX_STATES));
        let mut compiler = thompson::Compiler::new();
        let states = compiler.configure(config.clone()).build_from_hir(hir).ok()?;
        let backwards = config.reverse(true).which_captures(thompson::WhichCaptures::None);
        let reversed = compiler.configure(backwards).build_from_hir(hir).ok()?;
        let config = dfa::Config::new()
            .cache_capacity(AUTOMATON)
            .skip_cache_capacity_check(true)
            .minimum_cache_clear_count(Some(MAX_BEGUN_ANEW));
        let forward = dfa::Builder::new().configure(config.clone()).build_from_nfa(states.clone()).ok()?;
        let backward = config.match_kind(MatchKind::All);
        let backward = dfa::Builder::new().configure(backward).build_from_nfa(reversed).ok()?;
        let automata = regex::Regex::builder().build_from_dfas(forward, backward);
        let cache = RefCell::new(automata.create_cache());
        let groups = PikeVM::new_from_nfa(states).ok()?;
        let regex = Self { automata, cache, groups, names };
        meter::add(regex.states());
        Some(regex)
    }

    /// The memory that its states take.
    fn states(&self) -> usize {
        [self.automata.forward(), self.automata.reverse()]
            .map(|automaton| automaton.get_nfa().memory_usage())
            .iter()
            .sum()
    }

    /// The memory that it takes, when its automata are full.
    pub(super) fn size(&self) -> usize {
        self.states() + self.cache.borrow().memory_usage().max(2 * AUTOMATON)
    }

    /// The names of its groups.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether the text has a match.
    pub(super) fn is_match(&self, text: &[u8]) -> Result<bool, String> {
        let input = Input::new(text).earliest(true);
        self.counted(&mut Steps::default(), text.len(), |cache| {
            self.automata.forward().try_search_fwd(cache.forward_mut(), &input).map(|found| found.is_some())
        })
    }

    /// The first match from a place on.
    pub(super) fn find_at(&self, text: &[u8], start: usize, steps: &mut Steps) -> Result<Option<Range<usize>>, String> {
        let input = Input::new(text).range(start..);
        self.counted(steps, text.len() - start, |cache| {
            self.automata.try_search(cache, &input).map(|found| found.map(|found| found.range()))
        })
    }

    /// Searches, and counts the bytes that were looked at.
    fn counted<T, E>(
        &self,
        steps: &mut Steps,
        length: usize,
        search: impl FnOnce(&mut regex::Cache) -> Result<T, E>,
    ) -> Result<T, String> {
        let cache = &mut *self.cache.borrow_mut();
        if begun_anew(cache) > 0 {
            self.automata.reset_cache(cache);
        }
        let (seen, size) = (seen(cache), cache.memory_usage());
        let found = search(cache);
        steps.add(match begun_anew(cache) {
            0 => 1 + self::seen(cache) - seen + STEPS_OF_BYTE * cache.memory_usage().saturating_sub(size),
            times => 2 * length + times * AUTOMATON * STEPS_OF_BYTE,
        })?;
        found.map_err(|_| too_many_steps())
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

/// How often the automata were begun anew.
fn begun_anew(cache: &regex::Cache) -> usize {
    let (forward, backward) = cache.as_parts();
    forward.clear_count() + backward.clear_count()
}

/// How many bytes the automata have looked at since they were begun.
fn seen(cache: &regex::Cache) -> usize {
    let (forward, backward) = cache.as_parts();
    forward.search_total_len() + backward.search_total_len()
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
