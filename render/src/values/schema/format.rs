//! Formats of texts, as Helm's library checks them. Each check says the first thing that it finds wrong.

mod address;
mod time;
mod version;

use sprig::Url;

use super::budget::Budget;

/// Fails with what is wrong with a text.
type Check = fn(&str) -> Result<(), String>;

/// Whether texts are checked by a format of this name.
pub(super) fn is_known(name: &str) -> bool {
    name == "regex" || check_by(name).is_some()
}

/// Fails with what is wrong if a text is not of a format.
pub(super) fn check(name: &str, text: &str, budget: &Budget) -> Result<(), String> {
    match name {
        "regex" => budget.pattern(text).map(drop),
        _ => check_by(name).map_or(Ok(()), |check| check(text)),
    }
}

fn check_by(name: &str) -> Option<Check> {
    Some(match name {
        "json-pointer" => json_pointer,
        "relative-json-pointer" => relative_json_pointer,
        "uuid" => uuid,
        "duration" => time::duration,
        "period" => time::period,
        "ipv4" => address::ipv4,
        "ipv6" => address::ipv6,
        "hostname" => address::hostname,
        "email" => address::email,
        "date" => time::date,
        "time" => time::time,
        "date-time" => time::date_time,
        "uri" | "iri" => uri,
        "uri-reference" | "iri-reference" => uri_reference,
        "uri-template" => uri_template,
        "semver" => version::semver,
        _ => return None,
    })
}

/// Fails with these words unless something holds.
fn ensure(holds: bool, words: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(words.to_owned()) }
}

/// Fails with the first character that is not among those that are allowed.
fn ensure_all(text: &str, is_allowed: impl Fn(char) -> bool, words: &str) -> Result<(), String> {
    match text.chars().find(|character| !is_allowed(*character)) {
        None => Ok(()),
        Some(other) => Err(format!("{words} {}", quoted(other))),
    }
}

fn quoted(character: char) -> String {
    govalue::strconv::quote_rune(character, false)
}

fn json_pointer(text: &str) -> Result<(), String> {
    ensure(text.is_empty() || text.starts_with('/'), "not starting with /")?;
    let is_wrong = text.split('~').skip(1).any(|after| !after.starts_with(['0', '1']));
    ensure(!is_wrong, "~ must be followed by 0 or 1")
}

fn relative_json_pointer(text: &str) -> Result<(), String> {
    let rest = text.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let digits = text.len() - rest.len();
    ensure(digits > 0, "must start with non-negative integer")?;
    ensure(digits == 1 || !text.starts_with('0'), "starts with zero")?;
    if rest == "#" { Ok(()) } else { json_pointer(rest) }
}

fn uuid(text: &str) -> Result<(), String> {
    const LENGTHS: [usize; 5] = [8, 4, 4, 4, 12];
    let groups: Vec<&str> = text.split('-').collect();
    ensure(groups.len() == LENGTHS.len(), "must have 5 elements")?;
    for (index, (group, length)) in groups.iter().zip(LENGTHS).enumerate() {
        ensure(group.len() == length, &format!("element {} must be {length} characters long", index + 1))?;
        ensure_all(group, |digit| digit.is_ascii_hexdigit(), "non-hex character")?;
    }
    Ok(())
}

/// A URL whose host, if it is an address of IPv6, is one.
fn url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text.as_bytes())?;
    let name = String::from_utf8_lossy(url.hostname()).into_owned();
    if name.contains(':') {
        let is_enclosed = url.host().contains(&b'[') && url.host().contains(&b']');
        ensure(is_enclosed, "ipv6 address not enclosed in brackets")?;
        address::ipv6(&name).map_err(|error| format!("invalid ipv6 address: {error}"))?;
    }
    Ok(url)
}

fn uri(text: &str) -> Result<(), String> {
    ensure(!url(text)?.scheme().is_empty(), "relative url")
}

fn uri_reference(text: &str) -> Result<(), String> {
    ensure(!text.contains('\\'), "contains \\")?;
    url(text).map(drop)
}

fn uri_template(text: &str) -> Result<(), String> {
    let url = url(text)?;
    for part in String::from_utf8_lossy(url.path()).split('/') {
        let mut is_open = false;
        for brace in part.chars().filter(|character| matches!(character, '{' | '}')) {
            ensure(is_open != (brace == '{'), "nested curly braces")?;
            is_open = brace == '{';
        }
        ensure(!is_open, "no matching closing brace")?;
    }
    Ok(())
}
