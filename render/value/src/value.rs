//! A value, its kind and its type's name.

use std::rc::Rc;
use std::sync::Arc;

use crate::{List, Map, Object, Str};

/// A value of a Go template. Cheap to clone: what is large is shared.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// No value at all (`reflect.Value{}`): what `{{template "x"}}` has as its dot. Functions never see it.
    #[default]
    Invalid,
    /// A nil `interface{}`: a null of YAML, a key that a map lacks.
    Nil,
    /// `bool`
    Bool(bool),
    /// `int`: constants, `len`
    Int(i64),
    /// `int64`: what `--set` and most of sprig's arithmetic give
    Int64(i64),
    /// `int32`, also `rune`: character constants
    Int32(i32),
    /// `uint8`: an element of bytes
    Uint8(u8),
    /// `uint64`
    Uint64(u64),
    /// `float64`: every number of YAML
    Float64(f64),
    /// `complex128`: an imaginary constant
    Complex128(f64, f64),
    /// `string`: any bytes, mostly UTF-8
    String(Str),
    /// `[]byte`: shared with whoever read a file
    Bytes(Arc<[u8]>),
    /// A slice of anything else
    List(List),
    /// A map with string keys; clones are the same map
    Map(Map),
    /// A struct, a pointer, or a named scalar with methods
    Object(Rc<dyn Object>),
    /// An `error`, as some functions return it for a value
    Error(Str),
}

/// Go's `reflect.Kind`, as far as values here have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of no value or a nil interface.
    Invalid,
    /// `bool`
    Bool,
    /// `int`
    Int,
    /// `int32`
    Int32,
    /// `int64`
    Int64,
    /// `uint8`
    Uint8,
    /// `uint64`
    Uint64,
    /// `float64`
    Float64,
    /// `complex128`
    Complex128,
    /// `string`
    String,
    /// `slice`
    Slice,
    /// `map`
    Map,
    /// `struct`
    Struct,
    /// `ptr`
    Ptr,
}

impl Kind {
    /// As Go prints it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Uint8 => "uint8",
            Self::Uint64 => "uint64",
            Self::Float64 => "float64",
            Self::Complex128 => "complex128",
            Self::String => "string",
            Self::Slice => "slice",
            Self::Map => "map",
            Self::Struct => "struct",
            Self::Ptr => "ptr",
        }
    }
}

impl Value {
    /// Go's kind of it.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Invalid | Self::Nil => Kind::Invalid,
            Self::Bool(_) => Kind::Bool,
            Self::Int(_) => Kind::Int,
            Self::Int64(_) => Kind::Int64,
            Self::Int32(_) => Kind::Int32,
            Self::Uint8(_) => Kind::Uint8,
            Self::Uint64(_) => Kind::Uint64,
            Self::Float64(_) => Kind::Float64,
            Self::Complex128(..) => Kind::Complex128,
            Self::String(_) => Kind::String,
            Self::Bytes(_) | Self::List(_) => Kind::Slice,
            Self::Map(_) => Kind::Map,
            Self::Object(object) => object.kind(),
            Self::Error(_) => Kind::Ptr,
        }
    }

    /// The name of its Go type, as `%T` prints it; `<nil>` for nothing.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Invalid | Self::Nil => "<nil>",
            Self::Bytes(_) => "[]uint8",
            Self::List(list) => list.type_name(),
            Self::Map(map) => map.type_name(),
            Self::Object(object) => object.type_of().name,
            Self::Error(_) => "*errors.errorString",
            scalar => scalar.kind().name(),
        }
    }

    /// Whether it is no value or a nil interface.
    pub fn is_nil(&self) -> bool {
        matches!(self, Self::Invalid | Self::Nil)
    }

    /// Whether `if` takes it for true, as `template.IsTrue`: nothing that is zero or empty, and every struct.
    pub fn is_true(&self) -> bool {
        match self {
            Self::Invalid | Self::Nil => false,
            Self::Bool(value) => *value,
            Self::Int(number) | Self::Int64(number) => *number != 0,
            Self::Int32(number) => *number != 0,
            Self::Uint8(number) => *number != 0,
            Self::Uint64(number) => *number != 0,
            Self::Float64(number) => *number != 0.0,
            Self::Complex128(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
            Self::String(text) => !text.is_empty(),
            Self::Bytes(bytes) => !bytes.is_empty(),
            Self::List(list) => !list.is_empty(),
            Self::Map(map) => !map.is_empty(),
            Self::Object(object) => object.underlying().is_none_or(|scalar| scalar.is_true()),
            Self::Error(_) => true,
        }
    }

    /// The string's bytes, if it is a `string`.
    pub fn as_string(&self) -> Option<&Str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The map, if it is one.
    pub fn as_map(&self) -> Option<&Map> {
        if let Self::Map(map) = self { Some(map) } else { None }
    }

    /// The list, if it is one that is not bytes.
    pub fn as_list(&self) -> Option<&List> {
        if let Self::List(list) = self { Some(list) } else { None }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<Str> for Value {
    fn from(text: Str) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl From<List> for Value {
    fn from(list: List) -> Self {
        Self::List(list)
    }
}
