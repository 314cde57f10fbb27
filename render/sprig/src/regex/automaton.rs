//! An automaton that is made of an expression's states during searches, as far as they lead there. A search takes linear
//! time, unless the automaton has to be begun anew again and again: that is counted, and bounded.

use std::sync::{Mutex, PoisonError};

use govalue::meter;
use regex_automata::hybrid::dfa::{self, Cache, DFA};
use regex_automata::nfa::thompson::NFA;
use regex_automata::{Input, MatchKind};

/// So much memory may an automaton take. It is begun anew when it is full, within one search only so often.
const MAX_SIZE: usize = 512 << 10;
const MAX_BEGUN_ANEW: usize = 64;

/// So many steps may one call take: about a second.
const MAX_STEPS: usize = 1 << 28;

/// So many steps does it take to add a byte to an automaton.
const STEPS_OF_BYTE: usize = 8;

/// Counts the steps of one call: a step is a byte that an automaton looks at, or one that a state of it looks at.
#[derive(Default)]
pub(super) struct Steps(usize);

impl Steps {
    pub(super) fn add(&mut self, steps: usize) -> Result<(), String> {
        meter::add(steps);
        self.0 = self.0.saturating_add(steps);
        if self.0 > MAX_STEPS { Err(too_many()) } else { Ok(()) }
    }

    /// Those that were counted.
    pub(super) fn taken(&self) -> usize {
        self.0
    }
}

fn too_many() -> String {
    format!("regular expression: the search takes more than the limit of {MAX_STEPS} steps")
}

/// An automaton; it runs backwards if its states do.
pub(super) struct Automaton {
    dfa: DFA,
    cache: Mutex<Cache>,
}

impl Automaton {
    pub(super) fn new(states: NFA, kind: MatchKind) -> Option<Self> {
        let config = dfa::Config::new()
            .match_kind(kind)
            .cache_capacity(MAX_SIZE)
            .skip_cache_capacity_check(true)
            .minimum_cache_clear_count(Some(MAX_BEGUN_ANEW));
        let dfa = dfa::Builder::new().configure(config).build_from_nfa(states).ok()?;
        let cache = Mutex::new(dfa.create_cache());
        Some(Self { dfa, cache })
    }

    /// Whether every match begins where the search does.
    pub(super) fn is_anchored(&self) -> bool {
        self.dfa.get_nfa().is_always_start_anchored()
    }

    /// The memory that its states take.
    pub(super) fn states(&self) -> usize {
        self.dfa.get_nfa().memory_usage()
    }

    /// The memory that it takes when it is full.
    pub(super) fn size(&self) -> usize {
        let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        self.states() + cache.memory_usage().max(MAX_SIZE)
    }

    /// Where a match ends; where it begins, if the automaton runs backwards.
    pub(super) fn find(&self, input: &Input<'_>, steps: &mut Steps) -> Result<Option<usize>, String> {
        let cache = &mut *self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.clear_count() > 0 {
            cache.reset(&self.dfa);
        }
        let (seen, size) = (cache.search_total_len(), cache.memory_usage());
        let found = if self.dfa.get_nfa().is_reverse() {
            self.dfa.try_search_rev(cache, input)
        } else {
            self.dfa.try_search_fwd(cache, input)
        };
        steps.add(match cache.clear_count() {
            0 => 1 + cache.search_total_len() - seen + STEPS_OF_BYTE * cache.memory_usage().saturating_sub(size),
            times => input.get_span().len() + times * MAX_SIZE * STEPS_OF_BYTE,
        })?;
        Ok(found.map_err(|_| too_many())?.map(|found| found.offset()))
    }
}
