//! Named types: structs, pointers and named scalars, with fields and methods.

use std::any::Any;
use std::fmt::Debug;

use crate::{Kind, Type, Value};

/// A Go type that has a name and perhaps methods.
#[derive(Debug)]
pub struct NamedType {
    /// As `%T` prints it: `*semver.Version`, `time.Duration`, `chartutil.Values`.
    pub name: &'static str,
    /// What can be called on it.
    pub methods: &'static [Method],
}

impl NamedType {
    /// The method of this name.
    pub fn method(&self, name: &str) -> Option<&'static Method> {
        self.methods.iter().find(|method| method.name == name)
    }
}

/// A method: a function whose receiver comes first.
#[derive(Debug)]
pub struct Method {
    /// Its name, with a capital letter.
    pub name: &'static str,
    /// The types of its parameters, without the receiver.
    pub params: &'static [Type],
    /// Whether the last parameter stands for any number of arguments.
    pub variadic: bool,
    /// What it does with the receiver and the arguments.
    pub call: fn(&Value, &[Value]) -> Result<Value, String>,
}

/// A struct, a pointer to one, or a named scalar such as `time.Duration`.
pub trait Object: Debug {
    /// Its type.
    fn type_of(&self) -> &'static NamedType;

    /// `Struct`, `Ptr`, or the kind of the scalar.
    fn kind(&self) -> Kind;

    /// The exported fields in the order of their declaration.
    fn fields(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    /// The field of this name.
    fn field(&self, name: &str) -> Option<Value> {
        self.fields().into_iter().find_map(|(field, value)| (field == name).then_some(value))
    }

    /// The plain scalar of a named one: the `Int64` of a `time.Duration`.
    fn underlying(&self) -> Option<Value> {
        None
    }

    /// What its `String()` or `Error()` method gives; fmt prints that instead of the fields.
    fn display(&self) -> Option<String> {
        None
    }

    /// What the `String()` method of a pointer to it gives. Actions print that where Go can take the address.
    fn pointer_display(&self) -> Option<String> {
        None
    }

    /// What functions and other templates get of it, if that is less: a copy, whose address Go cannot take.
    fn copied(&self) -> Option<Value> {
        None
    }

    /// The names and values that a struct has as a JSON object, in their order; nothing for what is no such object.
    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        None
    }

    /// What its JSON form is; by default an object of its fields, sorted.
    fn to_json(&self) -> Result<Value, String> {
        let fields = self.json_fields().unwrap_or_else(|| self.fields());
        Ok(fields.into_iter().collect::<crate::Map>().into())
    }

    /// To find out what it really is.
    fn as_any(&self) -> &dyn Any;
}
