//! Copies that share nothing that can be changed.

use crate::{List, Map, Value};

/// How many lists and maps a copy may have.
const MAX_COPIED: usize = 1_000_000;

/// How deep the lists and maps of a copied value may be nested.
const MAX_DEPTH: usize = 10_000;

/// A deep copy, as `github.com/mitchellh/copystructure` makes it for sprig's `deepCopy` and `merge`: all maps are new.
/// Parts that were shared become several, which is why there are limits (10,000 levels, a million lists and maps); an error names
/// the one that was met.
pub fn deep_copy(value: &Value) -> Result<Value, String> {
    Copier { copied: 0, depth: 0 }.value(value)
}

struct Copier {
    copied: usize,
    depth: usize,
}

impl Copier {
    fn value(&mut self, value: &Value) -> Result<Value, String> {
        match value {
            // What holds only scalars cannot be changed and may be shared.
            Value::List(list) if list.iter().any(|item| matches!(item, Value::List(_) | Value::Map(_))) => {
                self.nested(|copier| copier.list(list))
            }
            Value::Map(map) if map.is_nil() => Ok(value.clone()),
            Value::Map(map) => self.nested(|copier| copier.map(map)),
            other => Ok(other.clone()),
        }
    }

    fn nested(&mut self, copy: impl FnOnce(&mut Self) -> Result<Value, String>) -> Result<Value, String> {
        if self.depth >= MAX_DEPTH {
            return Err(format!("a copied value is nested deeper than the limit of {MAX_DEPTH} levels"));
        }
        self.copied += 1;
        if self.copied > MAX_COPIED {
            return Err(format!("a copied value has more than the limit of {MAX_COPIED} lists and maps"));
        }
        self.depth += 1;
        let copied = crate::grow(|| copy(self));
        self.depth -= 1;
        copied
    }

    fn list(&mut self, list: &List) -> Result<Value, String> {
        let items = list.iter().map(|item| self.value(item)).collect::<Result<_, _>>()?;
        let copy = List::of(list.element(), items);
        Ok(match list.type_of() {
            Some(named) => copy.named(named).into(),
            None => copy.into(),
        })
    }

    fn map(&mut self, map: &Map) -> Result<Value, String> {
        let copy = Map::of(map.element());
        for (key, item) in map.borrow().iter() {
            copy.insert(key.clone(), self.value(item)?);
        }
        Ok(match map.type_of() {
            Some(named) => copy.named(named).into(),
            None => copy.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_copy_does_not_see_changes() {
        let inner = Map::from_iter([("b", Value::Int(1))]);
        let list = List::new(vec![inner.clone().into(), Value::Nil]);
        let outer = Map::from_iter([("list", Value::from(list)), ("nil", Value::Nil)]);
        let copy = deep_copy(&outer.clone().into()).unwrap();
        inner.insert("b", "changed");
        outer.insert("nil", true);
        assert_eq!(crate::fmt::sprint(&[copy]), b"map[list:[map[b:1] <nil>] nil:<nil>]");
    }

    #[test]
    fn limits_are_named() {
        let map = Map::new();
        map.insert("a", map.clone());
        assert!(deep_copy(&map.clone().into()).unwrap_err().contains("limit of 10000 levels"));
        map.remove("a");
        let wide = (0..60).fold(Value::from(Map::new()), |value, _| List::new(vec![value.clone(), value]).into());
        assert!(deep_copy(&wide).unwrap_err().contains("limit of 1000000 lists and maps"));
    }
}
