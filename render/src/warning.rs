//! The lines that Helm prints on standard error while it renders: Helm 3 with the place in its own code, Helm 4 as `key=value`.

use crate::HelmVersion;
use crate::error::quote;

/// A line that both Helms log as a text. `place` is where Helm 3 does.
pub(crate) fn line(version: HelmVersion, place: &str, text: &str) -> String {
    match version {
        HelmVersion::V3 => format!("{place}: {text}"),
        HelmVersion::V4 => logged("INFO", text, &[]),
    }
}

/// A line as Helm 4 logs it.
pub(crate) fn logged(level: &str, message: &str, attributes: &[(&str, &str)]) -> String {
    let mut line = format!("level={level} msg={}", word(message));
    for (key, value) in attributes {
        line.extend([" ", key, "=", &word(value)]);
    }
    line
}

/// As Go's `slog.TextHandler` writes a value: quoted if it would not be one word otherwise.
fn word(text: &str) -> String {
    let quoted = quote(text);
    let is_word = quoted.len() == text.len() + 2 && !text.is_empty() && !text.contains([' ', '=']);
    if is_word { text.to_owned() } else { quoted }
}
