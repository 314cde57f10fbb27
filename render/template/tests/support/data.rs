//! The data named T: Go's types, with methods.

use std::any::Any;
use std::rc::Rc;

use govalue::{Kind, List, Map, Method, NamedType, Object, Type, Value, fmt};

/// The data.
pub(crate) fn t() -> Value {
    object(T)
}

#[derive(Debug)]
struct T;

static T_TYPE: NamedType = NamedType {
    name: "*main.T",
    methods: &[
        Method { name: "Method0", params: &[], variadic: false, call: |_, _| Ok("M0".into()) },
        Method { name: "Method1", params: &[Type::Int], variadic: false, call: |_, args| Ok(args[0].clone()) },
        Method {
            name: "Method2",
            params: &[Type::Int, Type::String],
            variadic: false,
            call: |_, args| Ok(text(fmt::sprintf(b"Method2: %d %s", args))),
        },
        Method {
            name: "Method3",
            params: &[Type::Any],
            variadic: false,
            call: |_, args| Ok(text(fmt::sprintf(b"Method3: %v", args))),
        },
        Method {
            name: "Join",
            params: &[Type::String, Type::String],
            variadic: true,
            call: |_, args| {
                let words: Vec<String> = args.iter().map(|word| word.as_string().unwrap().to_string()).collect();
                Ok(words[1..].join(&words[0]).into())
            },
        },
        Method { name: "Copy", params: &[], variadic: false, call: |_, _| Ok(t()) },
        Method { name: "GetU", params: &[], variadic: false, call: |_, _| Ok(pointer("v")) },
        Method {
            name: "MyError",
            params: &[Type::Bool],
            variadic: false,
            call: |_, args| if args[0].is_true() { Err("my error".to_owned()) } else { Ok(false.into()) },
        },
    ],
};

impl Object for T {
    fn type_of(&self) -> &'static NamedType {
        &T_TYPE
    }

    fn kind(&self) -> Kind {
        Kind::Ptr
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        let one_two = entries(Type::Any, &[("one", 1), ("two", 2)]);
        let eleven_twelve = entries(Type::Any, &[("eleven", 11), ("twelve", 12)]);
        vec![
            ("True", true.into()),
            ("I", Value::Int(17)),
            ("Uthree", Value::Uint64(3)),
            ("Ufour", Value::Uint64(4)),
            ("NegOne", Value::Int(-1)),
            ("Three", Value::Int(3)),
            ("Rune", Value::Int32(101)),
            ("X", "x".into()),
            ("S", "xyz".into()),
            ("FloatZero", Value::Float64(0.0)),
            ("ComplexZero", Value::Complex128(0.0, 0.0)),
            ("U", pointer("v")),
            ("Struct", object(U { v: "s", kind: Kind::Struct })),
            ("V1", object(Printed { ty: &V_TYPE, number: None })),
            ("D", object(Printed { ty: &D_TYPE, number: Some(3) })),
            ("Err", Value::Error("erroozle".into())),
            ("SI", ints(&[3, 4, 5])),
            ("SIEmpty", ints(&[])),
            ("SB", List::of(Type::Bool, vec![true.into(), false.into()]).into()),
            ("Strs", List::of_strings(["a", "b"]).into()),
            ("Bytes", Value::Bytes(b"hi".as_slice().into())),
            ("MSI", entries(Type::Int, &[("one", 1), ("two", 2), ("three", 3)])),
            ("MSIone", entries(Type::Int, &[("one", 1)])),
            ("MSIEmpty", entries(Type::Int, &[])),
            ("NonNilMap", Map::new().into()),
            ("SMSI", List::of(Type::AnyMap, vec![one_two, eleven_twelve]).into()),
            ("Values", values()),
            ("Empty0", Value::Nil),
            ("Empty1", Value::Int(3)),
            ("Empty2", "empty2".into()),
            ("Empty3", ints(&[7, 8])),
            ("Empty4", pointer("UinEmpty")),
        ]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Debug)]
struct U {
    v: &'static str,
    kind: Kind,
}

static U_POINTER: NamedType = NamedType { name: "*main.U", methods: U_METHODS };
static U_STRUCT: NamedType = NamedType { name: "main.U", methods: &[] };
static U_METHODS: &[Method] = &[Method {
    name: "TrueFalse",
    params: &[Type::Bool],
    variadic: false,
    call: |_, args| Ok(if args[0].is_true() { "true" } else { "" }.into()),
}];

impl Object for U {
    fn type_of(&self) -> &'static NamedType {
        if self.kind == Kind::Ptr { &U_POINTER } else { &U_STRUCT }
    }

    fn kind(&self) -> Kind {
        self.kind
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![("V", self.v.into())]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What prints by its own method: a number, or a pointer.
#[derive(Debug)]
struct Printed {
    ty: &'static NamedType,
    number: Option<i64>,
}

static V_TYPE: NamedType = NamedType { name: "*main.V", methods: &[] };
static D_TYPE: NamedType = NamedType { name: "main.D", methods: &[] };

impl Object for Printed {
    fn type_of(&self) -> &'static NamedType {
        self.ty
    }

    fn kind(&self) -> Kind {
        if self.number.is_some() { Kind::Int64 } else { Kind::Ptr }
    }

    fn underlying(&self) -> Option<Value> {
        self.number.map(Value::Int64)
    }

    fn display(&self) -> Option<String> {
        Some(self.number.map_or("<7777>".to_owned(), |number| format!("{number} days")))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

static VALUES: NamedType = NamedType {
    name: "main.Values",
    methods: &[Method {
        name: "Count",
        params: &[],
        variadic: false,
        call: |map, _| Ok(Value::Int(i64::try_from(map.as_map().unwrap().len()).unwrap())),
    }],
};

fn values() -> Value {
    let map: Map = [("a", Value::from("b")), ("nil", Value::Nil)].into_iter().collect();
    map.named(&VALUES).into()
}

fn object(object: impl Object + 'static) -> Value {
    Value::Object(Rc::new(object))
}

fn pointer(v: &'static str) -> Value {
    object(U { v, kind: Kind::Ptr })
}

fn ints(numbers: &[i64]) -> Value {
    List::of(Type::Int, numbers.iter().copied().map(Value::Int).collect()).into()
}

fn entries(element: Type, entries: &[(&str, i64)]) -> Value {
    let map = Map::of(element);
    for (key, number) in entries {
        map.insert(*key, Value::Int(*number));
    }
    map.into()
}

fn text(bytes: Vec<u8>) -> Value {
    Value::String(bytes.into())
}
