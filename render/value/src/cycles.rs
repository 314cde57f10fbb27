//! Maps that contain themselves.
//!
//! Go collects them. Here they would keep each other for good, so whoever has executed templates breaks them up.

use std::cell::RefCell;
use std::collections::HashMap;
use std::mem;

use crate::map::WeakMap;
use crate::{Map, Value};

thread_local! {
    /// The maps into which somebody put a list or a map that may contain them.
    static CHANGED: RefCell<Vec<WeakMap>> = const { RefCell::new(Vec::new()) };
}

/// Remembers a map into which a list or a map was put.
pub(crate) fn changed(map: WeakMap) {
    CHANGED.with_borrow_mut(|changed| changed.push(map));
}

/// Empties the maps that contain themselves, of those that were changed on this thread since this was called last. Nobody
/// may use them any more.
pub fn break_cycles() {
    let changed = CHANGED.with_borrow_mut(mem::take);
    let mut search = Search::default();
    for map in changed {
        if let Some(map) = map.upgrade() {
            search.from(map);
        }
    }
    search.closing.iter().for_each(Map::clear);
}

/// A search in depth of all that is in some maps.
#[derive(Default)]
struct Search {
    /// The maps that were met, and whether we are in them.
    met: HashMap<usize, bool>,
    /// The maps that we are in, each with what is left to be looked at in it.
    path: Vec<(Map, Vec<Value>)>,
    /// Those that we met again within themselves.
    closing: Vec<Map>,
}

impl Search {
    fn from(&mut self, map: Map) {
        self.enter(map);
        while let Some((_, left)) = self.path.last_mut() {
            match left.pop() {
                Some(Value::Map(map)) => self.enter(map),
                Some(Value::List(list)) => left.extend(list.iter().filter(|value| holds(value)).cloned()),
                Some(_) => {}
                None => self.leave(),
            }
        }
    }

    fn enter(&mut self, map: Map) {
        match self.met.insert(map.address(), true) {
            None => {
                let inside = map.borrow().values().filter(|value| holds(value)).cloned().collect();
                self.path.push((map, inside));
            }
            Some(true) => self.closing.push(map),
            Some(false) => {
                self.met.insert(map.address(), false);
            }
        }
    }

    fn leave(&mut self) {
        if let Some((map, _)) = self.path.pop() {
            self.met.insert(map.address(), false);
        }
    }
}

fn holds(value: &Value) -> bool {
    matches!(value, Value::Map(_) | Value::List(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::List;

    #[test]
    fn maps_that_contain_themselves_are_broken_up_and_no_others() {
        let (outer, inner, other) = (Map::new(), Map::new(), Map::new());
        let also = [outer.clone(), inner.clone(), other.clone()];
        outer.put("inner", inner.clone().into());
        inner.put("list", List::new(vec![List::new(vec![outer.clone().into()]).into()]).into());
        other.put("twice", List::new(vec![outer.clone().into(), Map::new().into(), outer.clone().into()]).into());
        let weak = [&outer, &inner, &other].map(Map::downgrade);
        break_cycles();
        assert!((outer.is_empty() || inner.is_empty()) && other.len() == 1);
        drop((also, outer, inner, other));
        assert!(weak.iter().all(|map| map.upgrade().is_none()));
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let first = Map::new();
        let last = (0..100_000).fold(first.clone(), |below, _| Map::from_iter([("a", below)]));
        first.put("last", last.into());
        let weak = first.downgrade();
        drop(first);
        assert!(weak.upgrade().is_some());
        break_cycles();
        assert!(weak.upgrade().is_none());
    }
}
