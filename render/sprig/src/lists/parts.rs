//! Parts of lists.

use govalue::cast::to_int;
use govalue::{Function, List, NamedType, Type, Value};

use super::{ANY, Named, list, nil};
use crate::args::{any, elements, int, items, not_a_slice};
use crate::defaults::is_empty;

const MAKE_SLICE: &str = "runtime error: makeslice: len out of range";

/// The type of a list of lists, for which slices have no name of their own.
static CHUNKS: NamedType = NamedType { name: "[][]interface {}", methods: &[] };

pub(super) fn functions() -> Vec<Named> {
    vec![
        (&["first", "mustFirst"], Function::new(ANY, |args| Ok(or_nil(items(any(args, 0), "find first on")?.first())))),
        (&["last", "mustLast"], Function::new(ANY, |args| Ok(or_nil(items(any(args, 0), "find last on")?.last())))),
        (&["rest", "mustRest"], Function::new(ANY, rest)),
        (&["initial", "mustInitial"], Function::new(ANY, initial)),
        (&["compact", "mustCompact"], Function::new(ANY, compact)),
        (&["slice", "mustSlice"], Function::variadic(&[Type::Any, Type::Any], slice)),
        (&["chunk", "mustChunk"], Function::new(&[Type::Int, Type::Any], chunk)),
    ]
}

fn or_nil(item: Option<&Value>) -> Value {
    item.cloned().unwrap_or(Value::Nil)
}

fn rest(args: &[Value]) -> Result<Value, String> {
    let items = items(any(args, 0), "find rest on")?;
    Ok(items.split_first().map_or_else(nil, |(_, rest)| list(rest)))
}

fn initial(args: &[Value]) -> Result<Value, String> {
    let items = items(any(args, 0), "find initial on")?;
    Ok(items.split_last().map_or_else(nil, |(_, initial)| list(initial)))
}

fn compact(args: &[Value]) -> Result<Value, String> {
    let items = items(any(args, 0), "compact on")?;
    Ok(items.iter().filter(|item| !is_empty(item)).cloned().collect::<List>().into())
}

/// The elements from a start to an end, as a slice of the same type; nil of an empty one.
fn slice(args: &[Value]) -> Result<Value, String> {
    let whole = any(args, 0);
    let items = elements(whole).ok_or_else(|| not_a_slice(whole, "list should be type of slice or array but "))?;
    if items.is_empty() {
        return Ok(Value::Nil);
    }
    let index = |place: usize| args.get(place).map(|index| usize::try_from(to_int(index)).unwrap_or(usize::MAX));
    let range = index(1).unwrap_or(0)..index(2).unwrap_or(items.len());
    let part = items.get(range).ok_or("reflect.Value.Slice: slice index out of bounds")?;
    Ok(match whole {
        Value::Bytes(bytes) => {
            let start = index(1).unwrap_or(0);
            Value::Bytes(bytes.get(start..start + part.len()).unwrap_or_default().into())
        }
        Value::List(list) => {
            let part = List::of(list.element(), part.to_vec());
            list.type_of().map_or(part.clone(), |named| part.named(named)).into()
        }
        _ => Value::Nil,
    })
}

/// Lists of so many elements each, as `[][]interface{}`; the last one has the rest.
fn chunk(args: &[Value]) -> Result<Value, String> {
    let (size, items) = (int(args, 0), items(any(args, 1), "chunk")?);
    let chunks = match usize::try_from(size) {
        Ok(0) => return Err(MAKE_SLICE.into()),
        Ok(size) => items.chunks(size).map(list).collect(),
        Err(_) => chunk_backwards(size.unsigned_abs(), &items)?.map(list).into_iter().collect(),
    };
    Ok(List::of(Type::AnyList, chunks).named(&CHUNKS).into())
}

/// What Go's arithmetic makes of a negative size: only a few lists that are shorter than it give a result.
fn chunk_backwards(size: u64, items: &[Value]) -> Result<Option<&[Value]>, String> {
    let length = items.len() as u64;
    match length {
        0 | 1 if length.is_multiple_of(size) => Err(MAKE_SLICE.into()),
        1 => Ok(Some(items)),
        length if length - 1 > size => Err(MAKE_SLICE.into()),
        _ => Ok(None),
    }
}
