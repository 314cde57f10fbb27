//! What is empty means what is absent.

use serde_json::Value as Json;

/// Keys that mean something although they hold nothing: a volume of this kind, all pods, all namespaces.
const MEANINGFUL: [&str; 3] = ["emptyDir", "podSelector", "namespaceSelector"];

/// Leaves out null, `{}` and `[]`, at every depth. Elements of lists stay.
pub(super) fn remove(json: &mut Json) {
    match json {
        Json::Object(map) => {
            map.values_mut().for_each(remove);
            map.retain(|key, value| MEANINGFUL.contains(&key.as_str()) || !is_empty(value));
        }
        Json::Array(items) => items.iter_mut().for_each(remove),
        _ => {}
    }
}

fn is_empty(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::Object(map) => map.is_empty(),
        Json::Array(items) => items.is_empty(),
        _ => false,
    }
}
