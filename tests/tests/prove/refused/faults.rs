//! Single faults in objects: every field is left out, and has values that are likely wrong.

use serde_json::{Value as Json, json};

/// An object with one fault, or none.
pub(super) struct Case {
    /// What the object is called, in messages of all sides.
    pub(super) name: String,
    pub(super) object: Json,
    /// `Deployment: spec.replicas is -1`
    pub(super) what: String,
}

/// All cases of an object, the sound one first; `first` is the number of its name.
pub(super) fn cases(object: &Json, first: usize) -> Vec<Case> {
    let kind = object["kind"].as_str().unwrap();
    let mut faulty = vec![(object.clone(), "sound".to_owned())];
    for pointer in pointers(object) {
        let path = pointer.trim_start_matches('/').replace('/', ".");
        faulty.push((without(object, &pointer), format!("without {path}")));
        for value in wrong(object.pointer(&pointer).unwrap()) {
            let mut object = object.clone();
            *object.pointer_mut(&pointer).unwrap() = value.clone();
            let shown: String = value.to_string().chars().take(30).collect();
            faulty.push((object, format!("{path} is {shown}")));
        }
    }
    let numbered = faulty.into_iter().enumerate().map(|(index, (object, what))| {
        let name = format!("c{:05}", first + index);
        Case { object: named(object, &name), what: format!("{kind}: {what}"), name }
    });
    numbered.collect()
}

/// Where everything is that may be wrong; an object's kind and name are its own.
fn pointers(object: &Json) -> Vec<String> {
    let mut all = Vec::new();
    collect(object, "", &mut all);
    all.retain(|pointer| !matches!(pointer.as_str(), "" | "/apiVersion" | "/kind" | "/metadata" | "/metadata/name"));
    all
}

fn collect(value: &Json, pointer: &str, all: &mut Vec<String>) {
    all.push(pointer.to_owned());
    match value {
        Json::Object(entries) => {
            for (key, value) in entries {
                collect(value, &format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), all);
            }
        }
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, &format!("{pointer}/{index}"), all));
        }
        _ => {}
    }
}

fn without(object: &Json, pointer: &str) -> Json {
    let mut object = object.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match object.pointer_mut(parent).unwrap() {
        Json::Object(entries) => drop(entries.remove(&key.replace("~1", "/").replace("~0", "~"))),
        Json::Array(items) => drop(items.remove(key.parse().unwrap())),
        other => panic!("nothing can be left out of {other}"),
    }
    object
}

/// What a value is likely to be by a slip: nothing, too much, of another form.
fn wrong(value: &Json) -> Vec<Json> {
    match value {
        Json::Null => Vec::new(),
        Json::Bool(is) => vec![json!(!is)],
        Json::Number(number) => {
            let others = [-1, 0, 70_000, 5_000_000_000_i64].map(Json::from);
            others.into_iter().chain([json!(number.to_string())]).filter(|other| other != value).collect()
        }
        Json::String(_) => {
            let long = "x".repeat(300);
            let others = ["", "Bad Value!", &long, "A_b", "1"].map(Json::from);
            others.into_iter().filter(|other| other != value).collect()
        }
        Json::Array(items) => {
            let twice: Vec<_> = items.iter().chain(items.first()).cloned().collect();
            vec![json!([]), twice.into()]
        }
        Json::Object(_) => vec![json!({})],
    }
}

/// The object with a name of its own wherever it has one.
fn named(value: Json, name: &str) -> Json {
    match value {
        Json::String(text) => Json::String(text.replace("NAME", name)),
        Json::Array(items) => items.into_iter().map(|item| named(item, name)).collect(),
        Json::Object(entries) => {
            Json::Object(entries.into_iter().map(|(key, value)| (key, named(value, name))).collect())
        }
        other => other,
    }
}
