//! Taking versions and operators off the front of a text.

/// What a version's text consists of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts<'a> {
    pub(super) major: &'a str,
    /// Empty if it is not there; without the dot.
    pub(super) minor: &'a str,
    pub(super) patch: &'a str,
    /// Without the hyphen.
    pub(super) prerelease: &'a str,
    /// Without the plus sign.
    pub(super) metadata: &'a str,
}

/// The version that a text starts with, its text and what follows. `number` says which characters its three
/// numbers may have.
pub(super) fn version(text: &str, number: fn(u8) -> bool) -> Option<(Parts<'_>, &str, &str)> {
    let rest = text.strip_prefix('v').unwrap_or(text);
    let (major, rest) = run(rest, number);
    if major.is_empty() {
        return None;
    }
    let (minor, rest) = after_dot(rest, number);
    let (patch, rest) = if minor.is_empty() { ("", rest) } else { after_dot(rest, number) };
    let (prerelease, rest) = identifiers(rest, '-');
    let (metadata, rest) = identifiers(rest, '+');
    let parts = Parts { major, minor, patch, prerelease, metadata };
    Some((parts, text.get(..text.len() - rest.len())?, rest))
}

fn run(text: &str, allowed: impl Fn(u8) -> bool) -> (&str, &str) {
    text.split_at(text.bytes().position(|byte| !allowed(byte)).unwrap_or(text.len()))
}

fn after_dot(text: &str, number: fn(u8) -> bool) -> (&str, &str) {
    match text.strip_prefix('.').map(|rest| run(rest, number)) {
        Some((digits, rest)) if !digits.is_empty() => (digits, rest),
        _ => ("", text),
    }
}

/// Identifiers with dots between them, behind a sign.
fn identifiers(text: &str, sign: char) -> (&str, &str) {
    let Some(start) = text.strip_prefix(sign) else { return ("", text) };
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let (first, mut rest) = run(start, allowed);
    if first.is_empty() {
        return ("", text);
    }
    while let Some((more, left)) = rest.strip_prefix('.').map(|rest| run(rest, allowed))
        && !more.is_empty()
    {
        rest = left;
    }
    (start.get(..start.len() - rest.len()).unwrap_or_default(), rest)
}

/// The characters of a constraint's numbers: digits, wildcards, and a bar that no version can have.
pub(super) fn wild_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'x' | b'X' | b'*' | b'|')
}

/// Without blank space in front.
pub(super) fn skip_space(text: &str) -> &str {
    text.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' '])
}

/// The operator that a text starts with, perhaps an empty one, and what follows.
pub(super) fn operator(text: &str) -> (&str, &str) {
    const OPERATORS: [&str; 11] = ["!=", ">=", "=>", "<=", "=<", "~>", "=", ">", "<", "~", "^"];
    let found = OPERATORS.into_iter().find(|operator| text.starts_with(operator)).unwrap_or("");
    text.split_at(found.len())
}
