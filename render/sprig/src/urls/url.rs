//! A URL and its parts.

use bstr::ByteSlice;
use govalue::strconv::quote;

use super::escape::{Part, escape, unescape};
use super::host;

/// The parts of a URL, without escapes where Go has none.
#[derive(Debug, Default)]
pub struct Url {
    pub(super) scheme: Vec<u8>,
    pub(super) opaque: Vec<u8>,
    pub(super) user: Option<UserInfo>,
    pub(super) host: Vec<u8>,
    pub(super) path: Vec<u8>,
    pub(super) query: Vec<u8>,
    pub(super) fragment: Vec<u8>,
}

/// The name and perhaps the password before the host.
#[derive(Debug)]
pub(super) struct UserInfo {
    name: Vec<u8>,
    password: Option<Vec<u8>>,
}

impl UserInfo {
    /// With escapes, as it stands in a URL.
    pub(super) fn text(&self) -> Vec<u8> {
        let mut text = escape(&self.name, Part::UserPassword);
        if let Some(password) = &self.password {
            text.push(b':');
            text.extend(escape(password, Part::UserPassword));
        }
        text
    }

    fn parse(text: &[u8]) -> Result<Self, String> {
        let allowed = |&byte: &u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
        if !text.iter().all(allowed) {
            return Err("net/url: invalid userinfo".to_owned());
        }
        let unescape = |text| unescape(text, Part::UserPassword);
        match text.split_once_str(b":") {
            None => Ok(Self { name: unescape(text)?, password: None }),
            Some((name, password)) => Ok(Self { name: unescape(name)?, password: Some(unescape(password)?) }),
        }
    }
}

impl Url {
    /// Reads a URL, absolute or relative; the error is Go's text.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        let (before, fragment) = text.split_once_str(b"#").unwrap_or((text, b""));
        let mut url =
            Self::parse_without_fragment(before).map_err(|error| format!("parse {}: {error}", quote(before)))?;
        url.fragment = unescape(fragment, Part::Fragment).map_err(|error| format!("parse {}: {error}", quote(text)))?;
        Ok(url)
    }

    fn parse_without_fragment(text: &[u8]) -> Result<Self, String> {
        if text.iter().any(u8::is_ascii_control) {
            return Err("net/url: invalid control character in URL".to_owned());
        }
        let mut url = Self::default();
        if text == b"*" {
            url.path = b"*".to_vec();
            return Ok(url);
        }
        let (scheme, rest) = split_scheme(text)?;
        url.scheme = scheme.to_ascii_lowercase();
        let (rest, query) = rest.split_once_str(b"?").unwrap_or((rest, b""));
        url.query = query.to_vec();
        if !rest.starts_with(b"/") {
            if !url.scheme.is_empty() {
                url.opaque = rest.to_vec();
                return Ok(url);
            }
            if first_segment(rest).contains(&b':') {
                return Err("first path segment in URL cannot contain colon".to_owned());
            }
        }
        let rest = match rest.strip_prefix(b"//") {
            Some(after) if !url.scheme.is_empty() || !rest.starts_with(b"///") => {
                let (authority, path) = after.split_at(after.find_byte(b'/').unwrap_or(after.len()));
                url.read_authority(authority)?;
                path
            }
            _ => rest,
        };
        url.path = unescape(rest, Part::Path)?;
        Ok(url)
    }

    fn read_authority(&mut self, authority: &[u8]) -> Result<(), String> {
        let (user, host) = match authority.rsplit_once_str(b"@") {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        self.host = host::parse(&self.scheme, host)?;
        self.user = user.map(UserInfo::parse).transpose()?;
        Ok(())
    }

    /// The scheme in lower case; a relative URL has none.
    pub fn scheme(&self) -> &[u8] {
        &self.scheme
    }

    /// The host with its port and brackets.
    pub fn host(&self) -> &[u8] {
        &self.host
    }

    /// The path without escapes.
    pub fn path(&self) -> &[u8] {
        &self.path
    }

    /// The host without its port and brackets.
    pub fn hostname(&self) -> &[u8] {
        let port = self.host.rfind_byte(b':').filter(|colon| self.host.get(*colon..).is_some_and(host::is_port));
        let host = self.host.get(..port.unwrap_or(self.host.len())).unwrap_or_default();
        host.strip_prefix(b"[").and_then(|host| host.strip_suffix(b"]")).unwrap_or(host)
    }

    /// The whole URL, as `String()`.
    pub(super) fn text(&self) -> Vec<u8> {
        let mut text = Vec::new();
        if !self.scheme.is_empty() {
            text.extend_from_slice(&self.scheme);
            text.push(b':');
        }
        if self.opaque.is_empty() {
            self.write_hierarchy(&mut text);
        } else {
            text.extend_from_slice(&self.opaque);
        }
        if !self.query.is_empty() {
            text.push(b'?');
            text.extend_from_slice(&self.query);
        }
        if !self.fragment.is_empty() {
            text.push(b'#');
            text.extend(escape(&self.fragment, Part::Fragment));
        }
        text
    }

    fn write_hierarchy(&self, text: &mut Vec<u8>) {
        let named = !self.host.is_empty() || self.user.is_some();
        if named || !self.scheme.is_empty() && !self.path.is_empty() {
            text.extend(b"//");
        }
        if let Some(user) = &self.user {
            text.extend(user.text());
            text.push(b'@');
        }
        text.extend(escape(&self.host, Part::Host));
        let path = if self.path == b"*" { b"*".to_vec() } else { escape(&self.path, Part::Path) };
        if !self.host.is_empty() && !path.is_empty() && !path.starts_with(b"/") {
            text.push(b'/');
        }
        if text.is_empty() && first_segment(&path).contains(&b':') {
            text.extend(b"./");
        }
        text.extend(path);
    }
}

fn first_segment(path: &[u8]) -> &[u8] {
    path.split(|&byte| byte == b'/').next().unwrap_or_default()
}

/// The scheme, perhaps an empty one, and what follows its colon.
fn split_scheme(text: &[u8]) -> Result<(&[u8], &[u8]), String> {
    let end = text.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"+-.".contains(byte)));
    let starts = text.first().is_some_and(u8::is_ascii_alphabetic);
    match end {
        Some(0) if text.starts_with(b":") => Err("missing protocol scheme".to_owned()),
        Some(end) if starts && text.get(end) == Some(&b':') => {
            Ok((text.get(..end).unwrap_or_default(), text.get(end + 1..).unwrap_or_default()))
        }
        _ => Ok((b"", text)),
    }
}
