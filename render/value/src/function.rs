//! What a template can call, and the Go types of its parameters.

use std::fmt;
use std::rc::Rc;

use crate::Value;

/// A Go type that a parameter or an element has. Arguments are checked by it before a function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `interface {}`
    Any,
    /// `bool`
    Bool,
    /// `int`
    Int,
    /// `int64`
    Int64,
    /// `float64`
    Float64,
    /// `string`
    String,
    /// `[]uint8`
    Bytes,
    /// `[]interface {}`
    AnyList,
    /// `[]string`
    StringList,
    /// `map[string]interface {}`
    AnyMap,
    /// `map[string]string`
    StringMap,
    /// `error`
    Error,
    /// A struct, a pointer or a named scalar, by the name of its type.
    Named(&'static str),
}

impl Type {
    /// As Go prints it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Int64 => "int64",
            Self::Float64 => "float64",
            Self::String => "string",
            Self::Bytes => "[]uint8",
            Self::AnyList => "[]interface {}",
            Self::StringList => "[]string",
            Self::AnyMap => "map[string]interface {}",
            Self::StringMap => "map[string]string",
            Self::Error => "error",
            Self::Named(name) => name,
        }
    }

    /// The name of a slice of it.
    pub(crate) fn slice_name(self) -> &'static str {
        match self {
            Self::Bool => "[]bool",
            Self::Int => "[]int",
            Self::Int64 => "[]int64",
            Self::Float64 => "[]float64",
            Self::String => "[]string",
            Self::Bytes => "[][]uint8",
            Self::StringList => "[][]string",
            Self::AnyMap => "[]map[string]interface {}",
            _ => "[]interface {}",
        }
    }

    /// The name of a map from strings to it.
    pub(crate) fn map_name(self) -> &'static str {
        match self {
            Self::Bool => "map[string]bool",
            Self::Int => "map[string]int",
            Self::String => "map[string]string",
            Self::Bytes => "map[string][]uint8",
            Self::StringList => "map[string][]string",
            _ => "map[string]interface {}",
        }
    }
}

/// What is done with the arguments; an error is its text alone, for whoever calls knows the place.
type Call = dyn Fn(&[Value]) -> Result<Value, String>;

/// A function that knows nothing of templates. It is called with arguments of the types that it asks for.
#[derive(Clone)]
pub struct Function {
    /// The types of its parameters; of a variadic function's last one, the type of each of the rest.
    pub params: &'static [Type],
    /// Whether the last parameter stands for any number of arguments.
    pub variadic: bool,
    /// What it does. A nil for a `Type::Any` or a map comes as [`Value::Nil`].
    pub call: Rc<Call>,
}

impl Function {
    /// A function of so many parameters.
    pub fn new(params: &'static [Type], call: impl Fn(&[Value]) -> Result<Value, String> + 'static) -> Self {
        Self { params, variadic: false, call: Rc::new(call) }
    }

    /// A function whose last parameter stands for any number of arguments.
    pub fn variadic(params: &'static [Type], call: impl Fn(&[Value]) -> Result<Value, String> + 'static) -> Self {
        Self { params, variadic: true, call: Rc::new(call) }
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "func({:?}{})", self.params, if self.variadic { "..." } else { "" })
    }
}
