//! The checksum that rolls pods.

use std::collections::BTreeMap;
use std::fmt::Write;

use aws_lc_rs::digest::{SHA256, digest};
use render::govalue::json;
use serde_json::Value as Json;

/// The SHA-256, in hex, of settings as `toJson` writes them: neither comments nor order count.
pub(crate) fn of(settings: &BTreeMap<String, String>) -> String {
    let table: Json = settings.iter().map(|(key, value)| (key.clone(), Json::from(value.as_str()))).collect();
    // Texts in a table are always JSON.
    let text = json::marshal(&json::from_json(&table)).unwrap_or_default();
    digest(&SHA256, &text).as_ref().iter().fold(String::new(), |mut hex, byte| {
        _ = write!(hex, "{byte:02x}");
        hex
    })
}
