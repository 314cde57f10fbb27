//! Go structs of plain fields.

use std::any::Any;
use std::rc::Rc;

use govalue::{Kind, NamedType, Object, Value};

/// A field of a struct.
#[derive(Clone, Debug)]
pub(super) struct Field {
    name: &'static str,
    value: Value,
    /// Its name in JSON, where it may be left out if it is empty.
    json: &'static str,
    omits_empty: bool,
}

impl Field {
    /// A field that has its own name in JSON; none there if that begins with a small letter.
    pub(super) fn new(name: &'static str, value: impl Into<Value>) -> Self {
        Self { name, value: value.into(), json: name, omits_empty: false }
    }

    /// A field with another name in JSON, where it is left out if it is empty.
    pub(super) fn json(name: &'static str, json: &'static str, value: impl Into<Value>) -> Self {
        Self { name, value: value.into(), json, omits_empty: true }
    }

    /// The same field, in JSON also if it is empty.
    pub(super) fn always(self) -> Self {
        Self { omits_empty: false, ..self }
    }

    /// Its name and value.
    pub(super) fn into_pair(self) -> (&'static str, Value) {
        (self.name, self.value)
    }

    fn is_exported(&self) -> bool {
        self.name.starts_with(|first: char| first.is_ascii_uppercase())
    }

    fn is_in_json(&self) -> bool {
        self.is_exported() && (!self.omits_empty || self.value.is_true())
    }
}

/// A struct, or a pointer to one.
#[derive(Debug)]
pub(super) struct Struct {
    named: &'static NamedType,
    kind: Kind,
    fields: Vec<Field>,
    /// Whether the first field is an embedded struct, whose fields are also its own.
    embeds: bool,
    /// What a pointer to it prints, and what it is without its address.
    addressed: Option<(String, Value)>,
}

impl Struct {
    pub(super) fn plain(named: &'static NamedType, fields: Vec<Field>) -> Value {
        Value::Object(Rc::new(Self { named, kind: Kind::Struct, fields, embeds: false, addressed: None }))
    }

    pub(super) fn pointer(named: &'static NamedType, fields: Vec<Field>) -> Value {
        Value::Object(Rc::new(Self { named, kind: Kind::Ptr, fields, embeds: false, addressed: None }))
    }

    /// A struct to which a pointer has methods, among them a `String()` that gives this text; the struct itself is of a
    /// type without them.
    pub(super) fn addressed(
        pointed: &'static NamedType,
        plain: &'static NamedType,
        fields: Vec<Field>,
        display: String,
    ) -> Value {
        let addressed = Some((display, Self::plain(plain, fields.clone())));
        Value::Object(Rc::new(Self { named: pointed, kind: Kind::Struct, fields, embeds: false, addressed }))
    }

    /// A struct whose first field is embedded.
    pub(super) fn embedding(named: &'static NamedType, fields: Vec<Field>) -> Value {
        Value::Object(Rc::new(Self { named, kind: Kind::Struct, fields, embeds: true, addressed: None }))
    }

    fn embedded(&self) -> Option<&Rc<dyn Object>> {
        match self.fields.first() {
            Some(Field { value: Value::Object(inner), .. }) if self.embeds => Some(inner),
            _ => None,
        }
    }
}

impl Object for Struct {
    fn type_of(&self) -> &'static NamedType {
        self.named
    }

    fn kind(&self) -> Kind {
        self.kind
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        self.fields.iter().map(|field| (field.name, field.value.clone())).collect()
    }

    fn field(&self, name: &str) -> Option<Value> {
        let own = self.fields.iter().find(|field| field.name == name && field.is_exported());
        own.map(|field| field.value.clone()).or_else(|| self.embedded()?.field(name))
    }

    fn pointer_display(&self) -> Option<String> {
        self.addressed.as_ref().map(|(display, _)| display.clone())
    }

    fn copied(&self) -> Option<Value> {
        self.addressed.as_ref().map(|(_, copy)| copy.clone())
    }

    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let embedded = self.embedded().and_then(|inner| inner.json_fields()).unwrap_or_default();
        let own = self.fields.iter().skip(usize::from(self.embeds)).filter(|field| field.is_in_json());
        Some(embedded.into_iter().chain(own.map(|field| (field.json, field.value.clone()))).collect())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
