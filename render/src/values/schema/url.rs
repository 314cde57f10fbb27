//! URLs of schemas, and their fragments.

use std::borrow::Cow;

use referencing::{Uri, uri};

use crate::error::quote;

/// A URL without its fragment, and the fragment without escapes.
pub(super) fn split(text: &str) -> Result<(&str, String), String> {
    let (url, fragment) = text.split_once('#').unwrap_or((text, ""));
    let fragment = decoded(fragment).map_err(|error| unparsable(text, &error))?;
    Ok((url, fragment))
}

/// The URL that a reference leads to from a base, and the fragment there.
pub(super) fn join(base: &str, reference: &str) -> Result<(String, String), String> {
    let (reference, fragment) = split(reference)?;
    if reference.is_empty() {
        return Ok((base.to_owned(), fragment));
    }
    let wrong = |error: &dyn std::fmt::Display| unparsable(reference, &error.to_string());
    sprig::Url::parse(reference.as_bytes()).map_err(|error| wrong(&error))?;
    let (base, reference) = (escaped(base), escaped(reference));
    let base = Uri::parse(base.as_str()).map_err(|error| wrong(&error))?;
    let url = uri::resolve_against(&base, &reference).map_err(|error| wrong(&error))?;
    Ok((url.as_str().to_owned(), fragment))
}

fn unparsable(url: &str, error: &str) -> String {
    format!("error in parsing {}: {error}", quote(url))
}

/// With escapes for what no URL may hold.
fn escaped(url: &str) -> String {
    escape(url, |byte| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte))
}

/// A pointer as the fragment of a URL.
pub(super) fn fragment(pointer: &str) -> String {
    escape(pointer, |byte| byte.is_ascii_alphanumeric() || b"-_.~$&+=:@/".contains(&byte))
}

fn escape(text: &str, is_kept: impl Fn(u8) -> bool) -> String {
    let character = |byte: u8| if is_kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(character).collect()
}

/// A text without the escapes of URLs.
fn decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let Some(byte) = digits
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
        else {
            let escape = String::from_utf8_lossy(after.get(..2).unwrap_or(after));
            return Err(format!("invalid URL escape {}", quote(&format!("%{escape}"))));
        };
        bytes.push(byte);
        rest = after.get(2..).unwrap_or_default();
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A key as a part of a pointer.
pub(super) fn token(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) { key.replace('~', "~0").replace('/', "~1").into() } else { key.into() }
}

/// A part of a pointer as a key, if its escapes are right.
pub(super) fn key(token: &str) -> Option<Cow<'_, str>> {
    if !token.contains('~') {
        return Some(token.into());
    }
    let mut key = String::new();
    let mut rest = token;
    while let Some((before, after)) = rest.split_once('~') {
        key.push_str(before);
        key.push(match after.bytes().next()? {
            b'0' => '~',
            b'1' => '/',
            _ => return None,
        });
        rest = after.get(1..)?;
    }
    key.push_str(rest);
    Some(key.into())
}
