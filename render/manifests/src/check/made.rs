//! What an install makes at random, by how it looks.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

use crate::model::Made;

/// Takes the model's value in the place of each of a Secret that looks alike, where the model's was made at random.
pub(super) fn align(secret: &mut Json, model: &Json, made: &Made) {
    let Some(data) = secret.get_mut("data").and_then(Json::as_object_mut).filter(|_| model["kind"] == "Secret") else {
        return;
    };
    for (key, value) in data {
        let model = &model["data"][key];
        let (Some(own), Some(wanted)) = (decoded(value), decoded(model)) else { continue };
        if wanted == made.password && is_password(&own, &wanted) || wanted == made.private_key && is_key(&own, &wanted)
        {
            *value = model.clone();
        }
    }
}

fn decoded(value: &Json) -> Option<String> {
    String::from_utf8(STANDARD.decode(value.as_str()?).ok()?).ok()
}

fn is_password(own: &str, wanted: &str) -> bool {
    own.len() == wanted.len() && own.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// PEM of the same kind.
fn is_key(own: &str, wanted: &str) -> bool {
    let ends = |text: &str| (text.lines().next().map(str::to_owned), text.lines().last().map(str::to_owned));
    let is_body = |line: &str| STANDARD.decode(line).is_ok();
    let lines: Vec<_> = own.lines().collect();
    ends(own) == ends(wanted) && lines.len() > 2 && lines[1..lines.len() - 1].iter().all(|line| is_body(line))
}
