//! A set of values that are equal as `reflect.DeepEqual` says.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use govalue::{Value, deep_equal};

/// So deep does a hash look, and at so many elements of each list and map.
const DEPTH: usize = 4;
const ELEMENTS: usize = 8;

/// Finds a value without comparing it with every other.
#[derive(Default)]
pub(super) struct Bag {
    buckets: HashMap<u64, Vec<Value>>,
}

impl Bag {
    pub(super) fn contains(&self, value: &Value) -> bool {
        self.buckets.get(&hash(value)).is_some_and(|bucket| bucket.iter().any(|other| deep_equal(value, other)))
    }

    /// Adds a value, unless it is there already.
    pub(super) fn insert(&mut self, value: &Value) -> bool {
        let bucket = self.buckets.entry(hash(value)).or_default();
        let new = !bucket.iter().any(|other| deep_equal(value, other));
        // A number that equals nothing, not even itself, is never found again.
        if new && !matches!(value, Value::Float64(number) if number.is_nan()) {
            bucket.push(value.clone());
        }
        new
    }
}

impl<'a> FromIterator<&'a Value> for Bag {
    fn from_iter<I: IntoIterator<Item = &'a Value>>(values: I) -> Self {
        let mut bag = Self::default();
        for value in values {
            bag.insert(value);
        }
        bag
    }
}

fn hash(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash_into(value, DEPTH, &mut hasher);
    hasher.finish()
}

fn hash_into(value: &Value, depth: usize, hasher: &mut DefaultHasher) {
    value.type_name().hash(hasher);
    match value {
        Value::Bool(value) => value.hash(hasher),
        Value::Int(number) | Value::Int64(number) => number.hash(hasher),
        Value::Int32(number) => number.hash(hasher),
        Value::Uint8(number) => number.hash(hasher),
        Value::Uint64(number) => number.hash(hasher),
        // 0 and -0 are equal.
        Value::Float64(number) => (number + 0.0).to_bits().hash(hasher),
        Value::String(text) => text.hash(hasher),
        Value::Bytes(bytes) => bytes.hash(hasher),
        Value::List(list) => {
            list.len().hash(hasher);
            if depth > 0 {
                list.iter().take(ELEMENTS).for_each(|item| hash_into(item, depth - 1, hasher));
            }
        }
        Value::Map(map) => {
            map.len().hash(hasher);
            if depth > 0 {
                for (key, value) in map.borrow().iter().take(ELEMENTS) {
                    key.hash(hasher);
                    hash_into(value, depth - 1, hasher);
                }
            }
        }
        Value::Invalid | Value::Nil | Value::Complex128(..) | Value::Object(_) | Value::Error(_) => {}
    }
}
