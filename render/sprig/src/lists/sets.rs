//! What a list contains.

use govalue::{Function, List, Type, Value, deep_equal};

use super::bag::Bag;
use super::{ANY, Named};
use crate::args::{any, items};

pub(super) fn functions() -> Vec<Named> {
    vec![
        (&["uniq", "mustUniq"], Function::new(ANY, uniq)),
        (&["without", "mustWithout"], Function::variadic(&[Type::Any, Type::Any], without)),
        (&["has", "mustHas"], Function::new(&[Type::Any, Type::Any], has)),
    ]
}

fn uniq(args: &[Value]) -> Result<Value, String> {
    let items = items(any(args, 0), "find uniq on")?;
    let mut seen = Bag::default();
    Ok(items.iter().filter(|item| seen.insert(item)).cloned().collect::<List>().into())
}

fn without(args: &[Value]) -> Result<Value, String> {
    let items = items(any(args, 0), "find without on")?;
    let omitted: Bag = args.iter().skip(1).collect();
    Ok(items.iter().filter(|item| !omitted.contains(item)).cloned().collect::<List>().into())
}

fn has(args: &[Value]) -> Result<Value, String> {
    let (needle, haystack) = (any(args, 0), any(args, 1));
    if haystack.is_nil() {
        return Ok(false.into());
    }
    let items = items(haystack, "find has on")?;
    Ok(items.iter().any(|item| deep_equal(needle, item)).into())
}
