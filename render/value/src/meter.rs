//! What the values made on a thread have taken, so that whoever runs functions can bound it.

use std::cell::Cell;

use crate::Value;

/// Bytes that a map takes, an entry of it, a list, and an element of it: about what they cost in memory and time.
pub(crate) const MAP: usize = 96;
pub(crate) const ENTRY: usize = 96;
pub(crate) const LIST: usize = 64;
pub(crate) const ELEMENT: usize = size_of::<Value>();

thread_local! {
    static TAKEN: Cell<u64> = const { Cell::new(0) };
}

/// Counts bytes that were taken. A function that takes long tells it as so many bytes.
pub fn add(bytes: usize) {
    TAKEN.set(TAKEN.get().saturating_add(bytes as u64));
}

/// What was counted since this was asked last.
pub fn take() -> u64 {
    TAKEN.take()
}

#[cfg(test)]
mod tests {
    use crate::{List, Map, Value, deep_copy, deep_equal, meter};

    fn taken<T>(make: impl FnOnce() -> T) -> u64 {
        meter::take();
        make();
        meter::take()
    }

    #[test]
    fn what_is_made_is_counted() {
        let list = || List::new(vec![Value::Nil; 1000]);
        let map: Map = (0..1000).map(|number| (number.to_string(), Map::new())).collect();
        let (map, same) = (Value::from(map.clone()), deep_copy(&map.into()));
        assert!(taken(list) >= 24_000);
        assert!(taken(|| deep_copy(&map)) >= 100_000);
        assert!(taken(|| same.is_ok_and(|same| deep_equal(&map, &same))) >= 10_000);
        assert_eq!(meter::take(), 0);
    }
}
