//! Dropping what is nested deeply without deep recursion.

use std::mem;

use crate::Value;

/// Empties a list or a map that nobody else has, level by level, so that the stack holds however deep it is nested.
pub(crate) fn release<'v>(elements: impl Iterator<Item = &'v mut Value>) {
    let mut pending = take_nested(elements).collect::<Vec<_>>();
    while let Some(mut value) = pending.pop() {
        match &mut value {
            Value::List(list) => pending.extend(take_nested(list.sole_items().iter_mut())),
            Value::Map(map) => {
                if let Some(entries) = map.sole_entries() {
                    pending.extend(take_nested(entries.values_mut()));
                }
            }
            _ => {}
        }
    }
}

fn take_nested<'v>(elements: impl Iterator<Item = &'v mut Value>) -> impl Iterator<Item = Value> {
    elements.filter(|value| matches!(value, Value::List(_) | Value::Map(_))).map(mem::take)
}

#[cfg(test)]
mod tests {
    use crate::{List, Map, Value};

    #[test]
    fn deep_nests_are_dropped() {
        let list = (0..200_000).fold(Value::Nil, |value, _| List::new(vec![Value::Int(1), value]).into());
        let map = (0..200_000).fold(list, |value, _| Map::from_iter([("a", value)]).into());
        drop(map);
    }

    #[test]
    fn shared_parts_are_kept() {
        let inner = Map::from_iter([("a", List::new(vec![List::new(vec![Value::Int(1)]).into()]))]);
        drop(List::new(vec![inner.clone().into()]));
        assert_eq!(crate::fmt::sprint(&[inner.into()]), b"map[a:[[1]]]");
    }
}
