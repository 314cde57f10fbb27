//! Amounts of resources: `1`, `1000m` and `"1.0"` are one.

use serde_json::Value as Json;

use crate::model::Quantity;

/// Fields that hold a table of amounts.
const TABLES: [&str; 9] =
    ["requests", "limits", "hard", "capacity", "overhead", "default", "defaultRequest", "max", "min"];
/// Fields that hold one.
const FIELDS: [&str; 3] = ["sizeLimit", "averageValue", "divisor"];
/// Kinds whose texts are nobody's amounts.
const TEXTS: [&str; 2] = ["ConfigMap", "Secret"];

/// Writes every amount of an object in thousandths, as Kubernetes keeps it: what is finer is rounded up.
pub(super) fn normalise(object: &mut Json) {
    if !TEXTS.contains(&super::kind(object)) {
        amounts(object);
    }
}

fn amounts(json: &mut Json) {
    match json {
        Json::Object(map) => {
            for (key, value) in map {
                if TABLES.contains(&key.as_str()) {
                    value.as_object_mut().into_iter().flatten().for_each(|(_, amount)| canonical(amount));
                } else if FIELDS.contains(&key.as_str()) {
                    canonical(value);
                }
                amounts(value);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(amounts),
        _ => {}
    }
}

fn canonical(amount: &mut Json) {
    if let Some(quantity) = Quantity::of(amount) {
        *amount = format!("{}m", quantity.thousandths()).into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical_of(text: &str) -> Json {
        let mut amount = text.into();
        canonical(&mut amount);
        amount
    }

    #[test]
    fn amounts_that_are_one_are_written_alike() {
        for [one, same] in [
            ["1", "1000m"],
            ["1.5", "1500m"],
            ["1Gi", "1024Mi"],
            ["1k", "1000"],
            ["0.5Ki", "512"],
            ["0", "0m"],
            ["1e3", "1k"],
            ["1.048576e+06", "1Mi"],
            ["2E3", "2k"],
        ] {
            assert_eq!(canonical_of(one), canonical_of(same), "{one}");
        }
        assert_ne!(canonical_of("1M"), canonical_of("1Mi"));
        assert_eq!(canonical_of("0.0001"), "1m", "finer than a thousandth is rounded up");
        for none in ["", "m", "1x", ".", "1.2.3", "99999999999999999999999999999999999999E", "1e", "1e99"] {
            assert_eq!(canonical_of(none), none);
        }
    }

    #[test]
    fn texts_of_a_configmap_are_no_amounts() {
        let config = serde_json::json!({"kind": "ConfigMap", "data": {"sizeLimit": "1Gi"}});
        let mut same = config.clone();
        normalise(&mut same);
        assert_eq!(same, config);
    }
}
