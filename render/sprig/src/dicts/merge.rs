//! `merge` and its kin, as mergo merges maps: into the first one, in place.
//!
//! Nested maps of the first are changed too, by whatever name they go; nested maps of the others are not copied, so
//! the first one has them in common with where they came from.

use govalue::{Function, Kind, Map, Type, Value};

use crate::args::{any, map};

const MAPS: &[Type] = &[Type::AnyMap, Type::AnyMap];

/// Maps that contain themselves, or one another many times over, would be merged without end.
const MAX_DEPTH: usize = 1000;
const MAX_ENTRIES: usize = 2_000_000;

pub(super) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("merge", lenient(false)),
        ("mergeOverwrite", lenient(true)),
        ("mustMerge", strict(false)),
        ("mustMergeOverwrite", strict(true)),
    ]
}

/// Gives an empty text if the maps cannot be merged.
fn lenient(overwrite: bool) -> Function {
    Function::variadic(MAPS, move |args| match merge_all(args, overwrite) {
        Ok(merged) => Ok(merged),
        Err(Failure::Types) => Ok("".into()),
        Err(failure) => Err(failure.text()),
    })
}

fn strict(overwrite: bool) -> Function {
    Function::variadic(MAPS, move |args| merge_all(args, overwrite).map_err(Failure::text))
}

enum Failure {
    /// A pointer meets something else.
    Types,
    /// A map of one type of elements gets one of another: Go panics.
    Element { given: &'static str, wanted: &'static str },
    /// More than the limits allow.
    TooLarge,
}

impl Failure {
    fn text(self) -> String {
        match self {
            Self::Types => "src and dst must be of same type".into(),
            Self::Element { given, wanted } => {
                format!("reflect.Value.SetMapIndex: value of type {given} is not assignable to type {wanted}")
            }
            Self::TooLarge => format!("merge: maps of more than {MAX_DEPTH} levels or {MAX_ENTRIES} entries"),
        }
    }
}

fn merge_all(args: &[Value], overwrite: bool) -> Result<Value, Failure> {
    let target = map(args, 0);
    let mut merger = Merger { overwrite, entries: 0 };
    for index in 1..args.len() {
        if !any(args, index).is_nil() {
            merger.maps(&target, &map(args, index), 0)?;
        }
    }
    Ok(target.into())
}

struct Merger {
    overwrite: bool,
    entries: usize,
}

impl Merger {
    fn maps(&mut self, target: &Map, source: &Map, depth: usize) -> Result<(), Failure> {
        if depth > MAX_DEPTH {
            return Err(Failure::TooLarge);
        }
        for (key, value) in source.entries() {
            self.entries += 1;
            if self.entries > MAX_ENTRIES {
                return Err(Failure::TooLarge);
            }
            let present = target.get(&*key);
            if value.is_nil() {
                if self.overwrite {
                    put(target, source, key, value)?;
                }
                continue;
            }
            if let Some(present) = &present {
                self.nested(present, &value, depth)?;
            }
            // Whether what was there is empty is asked after it was merged with.
            let kept = present.as_ref().filter(|present| !is_empty(present));
            let replaced = match (kept, &value) {
                (None, _) => true,
                (Some(Value::Map(_)), Value::Map(_)) => false,
                _ => self.overwrite,
            };
            if replaced {
                put(target, source, key, value)?;
            }
        }
        Ok(())
    }

    /// Merges into a map that is there already.
    fn nested(&mut self, present: &Value, value: &Value, depth: usize) -> Result<(), Failure> {
        match (present, value) {
            (Value::Map(present), Value::Map(value)) => govalue::grow(|| self.maps(present, value, depth + 1)),
            (Value::Object(_), Value::Map(_)) if present.kind() == Kind::Ptr && !self.overwrite => Err(Failure::Types),
            _ => Ok(()),
        }
    }
}

/// Sets a key, if the map has elements of such a type.
fn put(target: &Map, source: &Map, key: govalue::Str, value: Value) -> Result<(), Failure> {
    if target.element() != Type::Any && target.element() != source.element() {
        return Err(Failure::Element { given: source.element().name(), wanted: target.element().name() });
    }
    target.put(key, value);
    Ok(())
}

/// Whether mergo takes it for empty: what is zero, and never a struct or what points to one.
fn is_empty(value: &Value) -> bool {
    !value.is_true()
}
