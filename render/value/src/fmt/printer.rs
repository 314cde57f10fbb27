//! One operand by one verb, whatever it is.

use std::rc::Rc;

use super::{MAX_DEPTH, MAX_OUTPUT};
use crate::{Kind, List, Map, Object, Value};

/// The flags, width and precision of a directive.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one of Go's flags")]
pub(super) struct Spec {
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
    pub(super) minus: bool,
    pub(super) plus: bool,
    pub(super) sharp: bool,
    pub(super) space: bool,
    pub(super) zero: bool,
    /// `%+v`: the fields of structs by name.
    pub(super) plus_v: bool,
    /// `%#v`: Go's syntax.
    pub(super) sharp_v: bool,
}

/// What writes: the text so far, and the directive that is being followed.
pub(super) struct Printer<'a> {
    out: &'a mut Vec<u8>,
    /// The length that the text may have.
    limit: usize,
    full: bool,
    too_deep: bool,
    depth: usize,
    /// Whether an operand is shown within a complaint: then no method is asked.
    complaining: bool,
    pub(super) spec: Spec,
}

/// What `%p` gives for every pointer.
const ADDRESS: u64 = 0x00c0_0000_0000;

impl<'a> Printer<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        let limit = out.len().saturating_add(MAX_OUTPUT);
        Self { out, limit, full: false, too_deep: false, depth: 0, complaining: false, spec: Spec::default() }
    }

    /// Prints, and tells at the end of a limit that was met.
    pub(super) fn finish(mut self, print: impl FnOnce(&mut Self)) {
        print(&mut self);
        if self.full {
            self.out.extend_from_slice(b"%!(OUTPUT OVER 64 MiB)");
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    pub(super) fn write(&mut self, bytes: &[u8]) {
        if self.full || self.out.len() + bytes.len() > self.limit {
            self.full = true;
        } else {
            self.out.extend_from_slice(bytes);
        }
    }

    pub(super) fn push(&mut self, byte: u8) {
        self.write(&[byte]);
    }

    pub(super) fn repeat(&mut self, byte: u8, times: usize) {
        if self.full || self.out.len().saturating_add(times) > self.limit {
            self.full = true;
        } else {
            self.out.resize(self.out.len() + times, byte);
        }
    }

    /// A complaint of a directive that has no operand: `%!d(MISSING)`.
    pub(super) fn complain(&mut self, verb: char, text: &str) {
        self.write(b"%!");
        self.write(verb.encode_utf8(&mut [0; 4]).as_bytes());
        self.write(text.as_bytes());
    }

    /// That this verb is not for this value: `%!d(string=hi)`.
    pub(super) fn bad_verb(&mut self, verb: char, value: &Value) {
        self.complaining = true;
        self.complain(verb, "(");
        self.write(value.type_name().as_bytes());
        if !value.is_nil() {
            self.push(b'=');
            self.operand(value, 'v');
        }
        self.push(b')');
        self.complaining = false;
    }

    /// An operand as it was given.
    pub(super) fn operand(&mut self, value: &Value, verb: char) {
        match (value, verb) {
            (Value::Invalid | Value::Nil, 'T' | 'v') => self.pad(b"<nil>"),
            (Value::Invalid | Value::Nil, _) => self.bad_verb(verb, value),
            (_, 'T') => self.text(value.type_name().as_bytes()),
            (_, 'p') => self.pointer(value, 'p'),
            (Value::Bytes(bytes), _) => self.bytes(bytes, verb, "[]byte"),
            _ => self.value(value, verb, true),
        }
    }

    /// An element of a list, a map or a struct.
    fn element(&mut self, value: &Value, verb: char) {
        match value {
            Value::Invalid | Value::Nil if self.spec.sharp_v => self.write(b"interface {}(nil)"),
            Value::Invalid | Value::Nil => self.write(b"<nil>"),
            Value::Bytes(bytes) => self.bytes(bytes, verb, "[]uint8"),
            _ => self.value(value, verb, false),
        }
    }

    fn value(&mut self, value: &Value, verb: char, at_top: bool) {
        match value {
            // For `Errorf` alone, and there for errors.
            _ if verb == 'w' => self.bad_verb(verb, value),
            Value::List(list) => self.nested(|printer| printer.list(list, verb)),
            Value::Map(map) => self.nested(|printer| printer.map(map, verb)),
            Value::Object(object) => self.object(value, object, verb, at_top),
            Value::Error(text) => self.error(value, text, verb, at_top),
            scalar => self.scalar(scalar, verb, value),
        }
    }

    /// A number, a truth or a text, `of` the value that a complaint is to name.
    fn scalar(&mut self, value: &Value, verb: char, of: &Value) {
        match value {
            Value::Bool(value) if matches!(verb, 't' | 'v') => self.pad(if *value { b"true" } else { b"false" }),
            Value::Int(number) | Value::Int64(number) => self.signed(*number, verb, of),
            Value::Int32(number) => self.signed(i64::from(*number), verb, of),
            Value::Uint8(number) => self.unsigned(u64::from(*number), verb, of),
            Value::Uint64(number) => self.unsigned(*number, verb, of),
            Value::Float64(number) => self.float(*number, verb, of),
            Value::Complex128(real, imaginary) => self.complex(*real, *imaginary, verb, of),
            Value::String(text) => self.string(text, verb, of),
            _ => self.bad_verb(verb, of),
        }
    }

    /// Goes a level deeper, if the limits allow it.
    fn nested(&mut self, print: impl FnOnce(&mut Self)) {
        if self.full || self.too_deep {
            return;
        }
        if self.depth >= MAX_DEPTH {
            self.too_deep = true;
            return self.write(b"%!(NESTED OVER 10000 LEVELS)");
        }
        self.depth += 1;
        crate::grow(|| print(self));
        self.depth -= 1;
    }

    /// What stands between two elements.
    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.write(if self.spec.sharp_v { b", " } else { b" " });
        }
    }

    fn open(&mut self, type_name: &str, plain: &[u8]) {
        if self.spec.sharp_v {
            self.write(type_name.as_bytes());
            self.push(b'{');
        } else {
            self.write(plain);
        }
    }

    fn close(&mut self) {
        self.push(if self.spec.sharp_v { b'}' } else { b']' });
    }

    fn list(&mut self, list: &List, verb: char) {
        if list.is_nil() && self.spec.sharp_v {
            self.write(list.type_name().as_bytes());
            return self.write(b"(nil)");
        }
        self.open(list.type_name(), b"[");
        for (index, item) in list.iter().enumerate() {
            if self.full {
                return;
            }
            self.separate(index);
            self.element(item, verb);
        }
        self.close();
    }

    fn map(&mut self, map: &Map, verb: char) {
        if map.is_nil() && self.spec.sharp_v {
            self.write(map.type_name().as_bytes());
            return self.write(b"(nil)");
        }
        self.open(map.type_name(), b"map[");
        for (index, (key, item)) in map.borrow().iter().enumerate() {
            if self.full {
                return;
            }
            self.separate(index);
            self.element(&Value::String(key.clone()), verb);
            self.push(b':');
            self.element(item, verb);
        }
        self.close();
    }

    /// The text of a `String` or `Error` method, where the verb takes one; otherwise tells that there was none.
    fn method(&mut self, text: Option<&[u8]>, verb: char, of: &Value) -> bool {
        let asked = !self.complaining && !self.spec.sharp_v && matches!(verb, 'v' | 's' | 'x' | 'X' | 'q');
        match text {
            Some(text) if asked => {
                self.string(text, verb, of);
                true
            }
            _ => false,
        }
    }

    fn object(&mut self, value: &Value, object: &Rc<dyn Object>, verb: char, at_top: bool) {
        let text = if self.spec.sharp_v || self.complaining { None } else { object.display() };
        if self.method(text.as_deref().map(str::as_bytes), verb, value) {
            return;
        }
        if let Some(scalar) = object.underlying() {
            return match &scalar {
                Value::List(_) | Value::Map(_) => self.value(&scalar, verb, at_top),
                Value::Bytes(bytes) => self.bytes(bytes, verb, value.type_name()),
                _ => self.scalar(&scalar, verb, value),
            };
        }
        match object.kind() {
            Kind::Ptr if at_top => {
                self.push(b'&');
                let name = value.type_name();
                self.nested(|printer| printer.fields(name.strip_prefix('*').unwrap_or(name), &object.fields(), verb));
            }
            Kind::Struct => self.nested(|printer| printer.fields(value.type_name(), &object.fields(), verb)),
            _ => self.pointer(value, verb),
        }
    }

    fn error(&mut self, value: &Value, text: &[u8], verb: char, at_top: bool) {
        if self.method(Some(text), verb, value) {
            return;
        }
        if at_top {
            self.push(b'&');
            self.fields("errors.errorString", &[("s", Value::String(text.into()))], verb);
        } else {
            self.pointer(value, verb);
        }
    }

    fn fields(&mut self, type_name: &str, fields: &[(&'static str, Value)], verb: char) {
        self.open(type_name, b"{");
        for (index, (name, value)) in fields.iter().enumerate() {
            self.separate(index);
            if self.spec.plus_v || self.spec.sharp_v {
                self.write(name.as_bytes());
                self.push(b':');
            }
            self.element(value, verb);
        }
        self.push(b'}');
    }

    /// Where a value is: never where it really is, so that a run can be repeated.
    fn pointer(&mut self, value: &Value, verb: char) {
        if !matches!(value.kind(), Kind::Map | Kind::Slice | Kind::Ptr) {
            return self.bad_verb(verb, value);
        }
        match verb {
            'v' if self.spec.sharp_v => {
                self.push(b'(');
                self.write(value.type_name().as_bytes());
                self.write(b")(");
                self.hexadecimal(ADDRESS, true);
                self.push(b')');
            }
            'v' | 'p' => self.hexadecimal(ADDRESS, !self.spec.sharp),
            'b' | 'o' | 'd' | 'x' | 'X' => self.unsigned(ADDRESS, verb, value),
            _ => self.bad_verb(verb, value),
        }
    }
}
