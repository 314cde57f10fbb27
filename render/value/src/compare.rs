//! Equality as Go's reflection sees it.

use std::collections::HashSet;
use std::rc::Rc;

use crate::{List, Map, Object, Value, meter};

/// `reflect.DeepEqual`: equal values of equal types; `int` 1 and `int64` 1 differ, and so do two NaN.
pub fn deep_equal(left: &Value, right: &Value) -> bool {
    Comparison::default().values(left, right)
}

/// Bytes that a comparison of two values counts as: the time that it takes.
const COMPARED: usize = 16;

/// The pairs that were met already: they count as equal, so that one that contains itself comes to an end and shared
/// parts are compared once.
#[derive(Default)]
struct Comparison {
    met: HashSet<(usize, usize, usize)>,
}

impl Comparison {
    #[expect(clippy::float_cmp, reason = "as Go compares")]
    fn values(&mut self, left: &Value, right: &Value) -> bool {
        meter::add(COMPARED);
        match (left, right) {
            (Value::Invalid, Value::Invalid) | (Value::Nil, Value::Nil) => true,
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::Int(left), Value::Int(right)) | (Value::Int64(left), Value::Int64(right)) => left == right,
            (Value::Int32(left), Value::Int32(right)) => left == right,
            (Value::Uint8(left), Value::Uint8(right)) => left == right,
            (Value::Uint64(left), Value::Uint64(right)) => left == right,
            (Value::Float64(left), Value::Float64(right)) => left == right,
            (Value::Complex128(a, b), Value::Complex128(c, d)) => a == c && b == d,
            (Value::String(left), Value::String(right)) | (Value::Error(left), Value::Error(right)) => left == right,
            (Value::Bytes(left), Value::Bytes(right)) => left == right,
            (Value::List(left), Value::List(right)) => self.lists(left, right),
            (Value::Map(left), Value::Map(right)) => self.maps(left, right),
            (Value::Object(left), Value::Object(right)) => self.objects(left, right),
            _ => false,
        }
    }

    fn lists(&mut self, left: &List, right: &List) -> bool {
        if left.type_name() != right.type_name() || left.len() != right.len() || left.is_nil() != right.is_nil() {
            return false;
        }
        let (here, there) = (left.as_ptr().addr(), right.as_ptr().addr());
        if here == there || !self.met.insert((here, there, left.len())) {
            return true;
        }
        deeper(|| left.iter().zip(right.iter()).all(|(left, right)| self.values(left, right)))
    }

    fn maps(&mut self, left: &Map, right: &Map) -> bool {
        if left.type_name() != right.type_name() || left.len() != right.len() || left.is_nil() != right.is_nil() {
            return false;
        }
        if left.is(right) || !self.met.insert((left.address(), right.address(), 0)) {
            return true;
        }
        let (left, right) = (left.borrow(), right.borrow());
        // Both are sorted by their keys.
        deeper(|| left.iter().zip(right.iter()).all(|(left, right)| left.0 == right.0 && self.values(left.1, right.1)))
    }

    fn objects(&mut self, left: &Rc<dyn Object>, right: &Rc<dyn Object>) -> bool {
        if left.type_of().name != right.type_of().name {
            return false;
        }
        if Rc::ptr_eq(left, right) {
            return true;
        }
        let scalars = match (left.underlying(), right.underlying()) {
            (Some(left), Some(right)) => self.values(&left, &right),
            (None, None) => true,
            _ => false,
        };
        // What an object shows stands for the fields that it hides.
        scalars && left.display() == right.display() && deeper(|| self.fields(&left.fields(), &right.fields()))
    }

    fn fields(&mut self, left: &[(&str, Value)], right: &[(&str, Value)]) -> bool {
        left.len() == right.len() && left.iter().zip(right).all(|(left, right)| self.values(&left.1, &right.1))
    }
}

fn deeper(compare: impl FnOnce() -> bool) -> bool {
    crate::grow(compare)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::Type;

    fn map(entries: &[(&str, Value)]) -> Value {
        entries.iter().cloned().collect::<Map>().into()
    }

    /// As `reflect.DeepEqual` has it.
    #[test]
    fn compares_values_and_types() {
        let list = |items: &[Value]| Value::List(List::new(items.to_vec()));
        let cases = [
            (Value::Nil, Value::Nil, true),
            (Value::Nil, Value::from(""), false),
            (Value::Int(1), Value::Int(1), true),
            (Value::Int(1), Value::Int64(1), false),
            (Value::Int(1), Value::Float64(1.0), false),
            (Value::Float64(f64::NAN), Value::Float64(f64::NAN), false),
            (Value::from("a"), Value::from("a"), true),
            (list(&[Value::Int(1)]), list(&[Value::Int(1)]), true),
            (list(&[Value::Int(1)]), list(&[Value::Int(2)]), false),
            (list(&[]), List::of(Type::String, Vec::new()).into(), false),
            (map(&[("a", Value::Nil)]), map(&[("a", Value::Nil)]), true),
            (map(&[("a", Value::Nil)]), map(&[("b", Value::Nil)]), false),
            (map(&[]), map(&[("b", Value::Nil)]), false),
            (map(&[]), Map::of(Type::String).into(), false),
        ];
        for (left, right, equal) in cases {
            assert_eq!(deep_equal(&left, &right), equal, "{left:?} {right:?}");
        }
    }

    #[test]
    fn maps_that_contain_themselves_compare() {
        let (left, right) = (Map::new(), Map::new());
        left.insert("a", left.clone());
        right.insert("a", right.clone());
        assert!(deep_equal(&left.clone().into(), &right.clone().into()));
        left.remove("a");
        right.remove("a");
    }

    #[test]
    fn shared_parts_are_compared_once() {
        let build = || (0..100).fold(Value::Int(1), |value, _| List::new(vec![value.clone(), value]).into());
        assert!(deep_equal(&build(), &build()));
    }
}
