//! Go's slice.

use std::ops::Deref;
use std::rc::Rc;

use crate::release::release;
use crate::{NamedType, Type, Value, meter};

/// A slice: shared, and never changed in place, since no template function does.
#[derive(Clone, Debug)]
pub struct List {
    items: Rc<Items>,
    named: Option<&'static NamedType>,
}

/// The elements, with what is true of the slice by all its names.
#[derive(Debug)]
struct Items {
    /// None for Go's nil slice.
    values: Option<Vec<Value>>,
    element: Type,
}

impl List {
    /// An `[]interface{}`.
    pub fn new(items: Vec<Value>) -> Self {
        Self::of(Type::Any, items)
    }

    /// A slice of elements of one type: `[]string`, `[]int`.
    pub fn of(element: Type, items: Vec<Value>) -> Self {
        meter::add(meter::LIST + items.len() * meter::ELEMENT);
        Self::made(Some(items), element)
    }

    /// A `[]string`.
    pub fn of_strings(items: impl IntoIterator<Item = impl Into<Value>>) -> Self {
        Self::of(Type::String, items.into_iter().map(Into::into).collect())
    }

    /// The same slice as a named type with methods.
    #[must_use]
    pub fn named(mut self, named: &'static NamedType) -> Self {
        self.named = Some(named);
        self
    }

    fn made(values: Option<Vec<Value>>, element: Type) -> Self {
        Self { items: Rc::new(Items { values, element }), named: None }
    }

    /// Go's nil slice: empty, but `null` in JSON, and not deeply equal to an empty one.
    pub fn nil(element: Type) -> Self {
        Self::made(None, element)
    }

    /// Whether it is Go's nil slice.
    pub fn is_nil(&self) -> bool {
        self.items.values.is_none()
    }

    /// The type of its elements.
    pub fn element(&self) -> Type {
        self.items.element
    }

    /// Its named type, if it has one.
    pub fn type_of(&self) -> Option<&'static NamedType> {
        self.named
    }

    /// The elements, if nobody else has them; otherwise none.
    pub(crate) fn sole_items(&mut self) -> &mut [Value] {
        Rc::get_mut(&mut self.items).and_then(|items| items.values.as_deref_mut()).unwrap_or_default()
    }

    pub(crate) fn type_name(&self) -> &'static str {
        self.named.map_or_else(|| self.element().slice_name(), |named| named.name)
    }
}

impl Deref for List {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        self.items.values.as_deref().unwrap_or_default()
    }
}

impl Drop for List {
    fn drop(&mut self) {
        release(self.sole_items().iter_mut());
    }
}

impl FromIterator<Value> for List {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Self::new(items.into_iter().collect())
    }
}
