//! Documents that a schema admits, over the chart's own values.

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::schema::{admits, over, target};
use super::texts;

/// A values document: each key of the schema is there or left out, at every level.
pub(super) fn documents(schema: &Json, defaults: &Json) -> BoxedStrategy<Json> {
    Generator { root: schema.clone() }.value(schema, Some(defaults))
}

struct Generator {
    root: Json,
}

impl Generator {
    /// What a schema admits; `default` is what the chart has there.
    fn value(&self, schema: &Json, default: Option<&Json>) -> BoxedStrategy<Json> {
        if schema.get("$ref").is_some() {
            let mut beside = schema.clone();
            beside.as_object_mut().unwrap().remove("$ref");
            return admitted(self.value(target(&self.root, schema), default), &beside, default);
        }
        // What is Kubernetes' own, and more than a schema here says.
        if let Some(Json::Array(examples)) = schema.get("examples") {
            return proptest::sample::select(examples.clone()).boxed();
        }
        if let Some(Json::Array(schemas)) = schema.get("anyOf") {
            return proptest::strategy::Union::new(schemas.iter().map(|schema| self.value(schema, default))).boxed();
        }
        if let Some(Json::Array(words)) = schema.get("enum") {
            return proptest::sample::select(words.clone()).boxed();
        }
        match schema["type"].as_str() {
            Some("object") => admitted(self.object(schema, default), schema, default),
            Some("array") => self.array(schema),
            Some("string") => texts::texts(schema).prop_map(Json::from).boxed(),
            Some("integer") => {
                integers(bound(schema, "minimum"), bound(schema, "maximum")).prop_map(Json::from).boxed()
            }
            Some("number") => (0_u32..1_000_000).prop_map(|milli| json!(f64::from(milli) / 1000.0)).boxed(),
            Some("boolean") => any::<bool>().prop_map(Json::from).boxed(),
            other => panic!("no documents for the type {other:?}: {schema}"),
        }
    }

    fn object(&self, schema: &Json, default: Option<&Json>) -> BoxedStrategy<Json> {
        let Some(Json::Object(properties)) = schema.get("properties") else { return self.table(schema) };
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
        let keys: Vec<BoxedStrategy<Option<(String, Json)>>> = properties
            .iter()
            .map(|(key, schema)| {
                let own = default.and_then(|default| default.get(key));
                let needed = required.iter().any(|name| *name == key);
                let value = self.value(schema, own);
                let value = match own {
                    // Null takes the chart's own value away.
                    Some(_) if !needed => prop_oneof![4 => value, 1 => Just(Json::Null)].boxed(),
                    _ => value,
                };
                let key = key.clone();
                let pair = value.prop_map(move |value| (key.clone(), value));
                if needed && own.is_none() {
                    return pair.prop_map(Some).boxed();
                }
                proptest::option::weighted(0.4, pair).boxed()
            })
            .collect();
        keys.prop_map(|pairs| Json::Object(pairs.into_iter().flatten().collect())).boxed()
    }

    /// An object of any keys.
    fn table(&self, schema: &Json) -> BoxedStrategy<Json> {
        let value = match &schema["additionalProperties"] {
            Json::Bool(true) => anything(),
            schema => self.value(schema, None),
        };
        let keys = match schema.get("propertyNames") {
            Some(names) => texts::texts(names),
            None => "[A-Za-z]{1,8}".boxed(),
        };
        proptest::collection::vec((keys, value), 0..4)
            .prop_map(|pairs| Json::Object(pairs.into_iter().collect::<Map<_, _>>()))
            .boxed()
    }

    fn array(&self, schema: &Json) -> BoxedStrategy<Json> {
        let least = usize::try_from(schema["minItems"].as_u64().unwrap_or(0)).unwrap();
        proptest::collection::vec(self.value(&schema["items"], None), least..least + 4).prop_map(Json::from).boxed()
    }
}

/// Only what the conditions of a schema admit, once it lies over the chart's own value.
fn admitted(values: BoxedStrategy<Json>, schema: &Json, default: Option<&Json>) -> BoxedStrategy<Json> {
    let (schema, default) = (schema.clone(), default.cloned().unwrap_or_default());
    values.prop_filter("a condition of the schema", move |value| admits(&schema, &over(&default, value))).boxed()
}

fn anything() -> BoxedStrategy<Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        texts::texts(&json!({})).prop_map(Json::from),
    ];
    let nested = |inner| proptest::collection::vec(inner, 0..3).prop_map(Json::from);
    leaf.prop_recursive(3, 10, 3, nested).boxed()
}

/// The limits, their neighbours, what is common, and all between.
fn integers(least: i64, most: i64) -> BoxedStrategy<i64> {
    let near = |number: i64| number.clamp(least, most);
    prop_oneof![
        4 => least..=near(least.saturating_add(20)),
        1 => proptest::sample::select(vec![least, near(least + 1), near(most - 1), most]),
        1 => least..=most,
    ]
    .boxed()
}

fn bound(schema: &Json, keyword: &str) -> i64 {
    schema[keyword].as_i64().unwrap_or_else(|| panic!("an integer without {keyword}: {schema}"))
}
