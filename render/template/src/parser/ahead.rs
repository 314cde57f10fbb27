//! The items that a parser has seen and not used.

use crate::item::Item;

/// So many at most: of `$x , y`, what follows the variable decides whether it is declared.
const MAX: usize = 3;

/// Items that were given back; the last comes first.
#[derive(Default)]
pub(super) struct Ahead {
    items: [Item; MAX],
    count: usize,
}

impl Ahead {
    /// The next item, if one was given back.
    pub(super) fn take(&mut self) -> Option<Item> {
        self.count = self.count.checked_sub(1)?;
        self.items.get(self.count).copied()
    }

    /// Makes an item the next. No more than [`MAX`] wait at a time.
    pub(super) fn give_back(&mut self, item: Item) {
        self.items[self.count] = item;
        self.count += 1;
    }
}
