//! Effects: what happens beside the result of a function. A map changes, or something outside is looked at, which may
//! be another the next time. Who wants to answer a call by what it gave before learns here whether it may.
//!
//! Each map has a number, in the order in which they are made on a thread. What a call makes itself it may change
//! without an effect: only what was there before it counts.

use std::cell::Cell;

use crate::Map;

/// Stands for what is outside, which was there before all maps.
const OUTSIDE: u64 = 0;

thread_local! {
    /// The number of the map that is made next.
    static NEXT: Cell<u64> = const { Cell::new(OUTSIDE + 1) };
    /// The oldest that was changed or looked at since the innermost watch began.
    static WATCHED: Cell<u64> = const { Cell::new(u64::MAX) };
    /// The oldest map that was changed since somebody asked whether those he knows are unchanged.
    static CHANGED: Cell<u64> = const { Cell::new(u64::MAX) };
    /// Who asked that last.
    static ASKED_BY: Cell<u64> = const { Cell::new(OUTSIDE) };
}

/// A new number: all older things have smaller ones.
pub(crate) fn next() -> u64 {
    let next = NEXT.get();
    NEXT.set(next + 1);
    next
}

/// Tells that the time, chance, a cluster or the like was looked at.
pub fn outside() {
    WATCHED.set(OUTSIDE);
}

/// Tells that the map of this number was changed.
pub(crate) fn changed(map: u64) {
    WATCHED.set(WATCHED.get().min(map));
    CHANGED.set(CHANGED.get().min(map));
}

/// Watches a call.
#[derive(Debug)]
pub struct Watch {
    start: u64,
    /// What the watch around this one has seen.
    outer: u64,
}

impl Watch {
    /// From now on.
    pub fn start() -> Self {
        Self { start: next(), outer: WATCHED.replace(u64::MAX) }
    }

    /// Whether there were no effects: nothing that was there at the start was changed, and nothing outside looked at.
    pub fn end(self) -> bool {
        let seen = WATCHED.get();
        WATCHED.set(seen.min(self.outer));
        seen > self.start
    }
}

/// All maps that there were at some time.
#[derive(Debug)]
pub struct Known {
    id: u64,
    until: u64,
}

impl Known {
    /// Those that there are now.
    pub fn now() -> Self {
        let mut known = Self { id: next(), until: OUTSIDE };
        known.learn();
        known
    }

    /// Whether all are as they were when this was asked last. If not, those are known that there are now.
    pub fn is_unchanged(&mut self) -> bool {
        let is_unchanged = ASKED_BY.get() == self.id && CHANGED.get() > self.until;
        if !is_unchanged {
            self.learn();
        }
        is_unchanged
    }

    fn learn(&mut self) {
        ASKED_BY.set(self.id);
        CHANGED.set(u64::MAX);
        self.until = next();
    }

    /// The number of a map, if it is one of them: no other has it.
    pub fn number(&self, map: &Map) -> Option<u64> {
        Some(map.number()).filter(|number| *number <= self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Type;

    fn is_pure(call: impl FnOnce()) -> bool {
        let watch = Watch::start();
        call();
        watch.end()
    }

    #[test]
    fn what_a_call_makes_it_may_change() {
        let older = Map::new();
        assert!(is_pure(|| Map::new().insert("a", older.clone())));
        assert!(is_pure(|| drop(older.get("a"))));
        assert!(!is_pure(|| older.insert("a", true)));
        assert!(!is_pure(|| drop(older.remove("a"))));
        assert!(!is_pure(outside));
    }

    #[test]
    fn a_call_has_the_effects_of_those_within() {
        let older = Map::new();
        let made_within = || {
            let map = Map::new();
            assert!(!is_pure(|| map.insert("a", true)));
        };
        assert!(is_pure(made_within));
        assert!(!is_pure(|| assert!(!is_pure(|| older.insert("a", true)))));
        assert!(!is_pure(|| {
            older.insert("a", false);
            assert!(is_pure(|| ()));
        }));
    }

    #[test]
    fn what_is_made_when_somebody_looks_is_a_change() {
        let later = Map::later(Type::Any, || vec![("a".into(), Map::new().into())]);
        let mut known = Known::now();
        assert!(known.is_unchanged());
        assert!(!is_pure(|| assert!(later.contains("a"))));
        assert!(!known.is_unchanged());
        assert!(is_pure(|| assert!(later.contains("a"))));
        let inner = later.get("a").and_then(|inner| inner.as_map().cloned());
        assert!(inner.is_some_and(|inner| known.number(&inner).is_some()));
    }

    #[test]
    fn what_is_put_into_a_known_map_is_known() {
        let (outer, mut known) = (Map::new(), Known::now());
        let inner = Map::new();
        inner.insert("a", true);
        assert!(known.is_unchanged() && known.number(&inner).is_none());
        outer.insert("inner", inner.clone());
        assert!(!known.is_unchanged() && known.number(&inner).is_some());
        inner.insert("a", false);
        assert!(!known.is_unchanged() && known.is_unchanged());
    }

    #[test]
    fn two_who_ask_by_turns_learn_of_every_change() {
        let (map, mut one, mut other) = (Map::new(), Known::now(), Known::now());
        map.insert("a", true);
        assert!(!one.is_unchanged() && !other.is_unchanged());
    }

    #[test]
    fn to_look_into_a_volatile_map_is_to_look_outside() {
        let outer = Map::new();
        outer.insert_volatile("a", Map::volatile([("b", "1")]));
        let mut known = Known::now();
        outer.insert_volatile("a", Map::volatile([("b", "2")]));
        assert!(known.is_unchanged());
        assert!(is_pure(|| assert!(outer.contains("a"))));
        assert!(!is_pure(|| assert!(
            outer.get("a").is_some_and(|inner| inner.as_map().is_some_and(|map| map.len() == 1))
        )));
        outer.insert("b", true);
        outer.insert_volatile("b", Map::volatile([("b", "2")]));
        assert!(!known.is_unchanged());
    }
}
