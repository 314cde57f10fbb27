//! Secrets: what is given as text is kept in base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json};

/// As the API server keeps a Secret: moves `stringData` into `data`, over what is there under the same key.
pub fn merge_texts(object: &mut Json) {
    let Some(secret) = object.as_object_mut() else { return };
    let Some(Json::Object(texts)) = secret.remove("stringData") else { return };
    let mut data = match secret.remove("data") {
        Some(Json::Object(data)) => data,
        _ => Map::new(),
    };
    for (key, text) in texts {
        let text = text.as_str().map_or_else(|| text.to_string(), str::to_owned);
        data.insert(key, STANDARD.encode(text).into());
    }
    secret.insert("data".into(), data.into());
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_win_over_data() {
        let mut secret = json!({"data": {"a": "b2xk", "b": "Yg=="}, "stringData": {"a": "new"}});
        merge_texts(&mut secret);
        assert_eq!(secret, json!({"data": {"a": "bmV3", "b": "Yg=="}}));
        let mut none = json!({"data": null, "stringData": {"a": "new"}});
        merge_texts(&mut none);
        assert_eq!(none, json!({"data": {"a": "bmV3"}}));
    }
}
