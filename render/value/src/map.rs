//! Go's map with string keys.

use std::cell::{Cell, OnceCell, Ref, RefCell, RefMut};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::{Rc, Weak};

use crate::release::release;
use crate::{NamedType, Str, Type, Value, cycles, effects, meter};

/// A map. A clone is the same map by another name, as in Go: what one name changes, the other sees.
///
/// Keys are kept in the order of their bytes, in which Go prints them and ranges over them.
#[derive(Clone, Debug)]
pub struct Map {
    entries: Rc<Entries>,
    named: Option<&'static NamedType>,
}

type Table = BTreeMap<Str, Value>;

/// What a map holds: made beforehand, or when somebody looks. With what is true of it by all its names, so that those
/// are small.
struct Entries {
    made: OnceCell<RefCell<Table>>,
    make: Cell<Option<Box<dyn FnOnce() -> Table>>>,
    element: Type,
    is_nil: bool,
    /// Whether to look into it is an effect.
    is_volatile: bool,
    /// See [`effects`].
    number: u64,
}

impl Entries {
    fn new(element: Type) -> Self {
        let number = effects::next();
        Self { made: OnceCell::new(), make: Cell::default(), element, is_nil: false, is_volatile: false, number }
    }

    fn cell(&self) -> &RefCell<Table> {
        self.made.get_or_init(|| self.make.take().map_or_else(RefCell::default, |make| self.make(make)))
    }

    #[cold]
    fn make(&self, make: Box<dyn FnOnce() -> Table>) -> RefCell<Table> {
        effects::changed(self.number);
        RefCell::new(make())
    }

    fn borrow(&self) -> Ref<'_, Table> {
        if self.is_volatile {
            effects::outside();
        }
        self.cell().borrow()
    }

    fn borrow_mut(&self) -> RefMut<'_, Table> {
        effects::changed(self.number);
        self.cell().borrow_mut()
    }

    fn take(&self) -> Table {
        self.cell().take()
    }
}

impl fmt::Debug for Entries {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.made.fmt(formatter)
    }
}

impl Default for Map {
    fn default() -> Self {
        Self::of(Type::Any)
    }
}

impl Map {
    /// An empty `map[string]interface{}`.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty map with elements of one type: `map[string]string`.
    pub fn of(element: Type) -> Self {
        meter::add(meter::MAP);
        Entries::new(element).into()
    }

    /// A map with elements of one type, which are made when somebody first looks into it.
    pub fn later(element: Type, make: impl FnOnce() -> Vec<(Str, Value)> + 'static) -> Self {
        let make: Box<dyn FnOnce() -> Table> = Box::new(|| make().into_iter().collect());
        Entries { make: Cell::new(Some(make)), ..Entries::new(element) }.into()
    }

    /// Go's nil map: empty, but `null` in JSON. Nobody sets its keys.
    pub fn nil(element: Type) -> Self {
        Entries { is_nil: true, ..Entries::new(element) }.into()
    }

    /// A map to look into which is an effect, as to look outside: what it holds may be another the next time.
    pub fn volatile<K: Into<Str>, V: Into<Value>>(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        let table = entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
        let made = OnceCell::from(RefCell::new(table));
        Entries { made, is_volatile: true, ..Entries::new(Type::Any) }.into()
    }

    /// Sets a key to a volatile map. If another one was there, that is no effect.
    pub fn insert_volatile(&self, key: impl Into<Str>, map: Self) {
        let before = self.entries.cell().borrow_mut().insert(key.into(), map.into());
        if !before.as_ref().and_then(Value::as_map).is_some_and(Self::is_volatile) {
            effects::changed(self.number());
        }
    }

    /// Whether to look into it is an effect.
    pub fn is_volatile(&self) -> bool {
        self.entries.is_volatile
    }

    /// Its place in the order in which all maps were made on this thread.
    pub(crate) fn number(&self) -> u64 {
        self.entries.number
    }

    /// Whether it is Go's nil map.
    pub fn is_nil(&self) -> bool {
        self.entries.is_nil && self.is_empty()
    }

    /// The same map as a named type with methods.
    #[must_use]
    pub fn named(mut self, named: &'static NamedType) -> Self {
        self.named = Some(named);
        self
    }

    /// The same map as `map[string]interface{}` or whatever its elements are, without the name of a type.
    #[must_use]
    pub fn unnamed(&self) -> Self {
        Self { entries: Rc::clone(&self.entries), named: None }
    }

    /// The type of its elements.
    pub fn element(&self) -> Type {
        self.entries.element
    }

    /// Its named type, if it has one.
    pub fn type_of(&self) -> Option<&'static NamedType> {
        self.named
    }

    /// The entries, if nobody else has them.
    pub(crate) fn sole_entries(&mut self) -> Option<&mut Table> {
        Rc::get_mut(&mut self.entries)?.made.get_mut().map(RefCell::get_mut)
    }

    pub(crate) fn type_name(&self) -> &'static str {
        self.named.map_or_else(|| self.element().map_name(), |named| named.name)
    }

    /// The value of a key.
    pub fn get(&self, key: impl AsRef<[u8]>) -> Option<Value> {
        self.entries.borrow().get(key.as_ref()).cloned()
    }

    /// Whether there is such a key, be its value nil.
    pub fn contains(&self, key: impl AsRef<[u8]>) -> bool {
        self.entries.borrow().contains_key(key.as_ref())
    }

    /// Sets a key, for everybody who has this map.
    pub fn insert(&self, key: impl Into<Str>, value: impl Into<Value>) {
        meter::add(meter::ENTRY);
        self.entries.borrow_mut().insert(key.into(), value.into());
    }

    /// Sets a key to what may contain this map: [`crate::break_cycles`] will look.
    pub fn put(&self, key: impl Into<Str>, value: Value) {
        if matches!(value, Value::Map(_) | Value::List(_)) {
            cycles::changed(self.downgrade());
        }
        self.insert(key, value);
    }

    /// Removes all keys, for everybody who has this map.
    pub(crate) fn clear(&self) {
        drop(self.entries.take());
    }

    pub(crate) fn downgrade(&self) -> WeakMap {
        WeakMap(Rc::downgrade(&self.entries))
    }

    /// Removes a key, for everybody who has this map.
    pub fn remove(&self, key: impl AsRef<[u8]>) -> Option<Value> {
        self.entries.borrow_mut().remove(key.as_ref())
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.borrow().len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.entries.borrow().is_empty()
    }

    /// The entries as they stand now; the map may change while they are walked.
    pub fn entries(&self) -> Vec<(Str, Value)> {
        meter::add(self.len() * meter::ELEMENT);
        self.entries.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// The entries without a copy. Until they are dropped, nobody may change the map: call no template.
    pub fn borrow(&self) -> Ref<'_, BTreeMap<Str, Value>> {
        self.entries.borrow()
    }

    /// Where it is: the same for all its names, another for every other map.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.entries).addr()
    }

    /// Whether both names stand for one map.
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.entries, &other.entries)
    }
}

/// A map that somebody else may have.
pub(crate) struct WeakMap(Weak<Entries>);

impl WeakMap {
    pub(crate) fn upgrade(&self) -> Option<Map> {
        self.0.upgrade().map(|entries| Map { entries, named: None })
    }
}

impl From<Entries> for Map {
    fn from(entries: Entries) -> Self {
        Self { entries: Rc::new(entries), named: None }
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        if let Some(entries) = self.sole_entries() {
            release(entries.values_mut());
        }
    }
}

impl<K: Into<Str>, V: Into<Value>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let map = Self::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_map_is_made_once_by_whoever_looks_first() {
        let made = Rc::new(Cell::new(0));
        let count = Rc::clone(&made);
        let map = Map::later(Type::Any, move || {
            count.set(count.get() + 1);
            vec![("a".into(), true.into())]
        });
        let other = map.clone();
        assert_eq!(made.get(), 0);
        other.insert("b", true);
        assert_eq!((map.len(), map.contains("a"), made.get()), (2, true, 1));
        drop(Map::later(Type::Any, || unreachable!("nobody looks")));
    }
}
