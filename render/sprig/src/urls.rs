//! Taking URLs apart and putting them together, as package net/url does.

mod escape;
mod host;
mod url;

use govalue::{Function, Map, Str, Type, Value};

use crate::args::{any, bytes};
pub use url::Url;
use url::UserInfo;

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("urlParse", Function::new(&[Type::String], |args| url_parse(bytes(args, 0)))),
        ("urlJoin", Function::new(&[Type::AnyMap], |args| url_join(any(args, 0)))),
    ]
}

fn url_parse(text: &[u8]) -> Result<Value, String> {
    let url = Url::parse(text).map_err(|error| format!("unable to parse url: {error}"))?;
    let parts = [
        ("scheme", url.scheme.clone()),
        ("host", url.host.clone()),
        ("hostname", url.hostname().to_vec()),
        ("path", url.path.clone()),
        ("query", url.query.clone()),
        ("opaque", url.opaque.clone()),
        ("fragment", url.fragment.clone()),
        ("userinfo", url.user.as_ref().map(UserInfo::text).unwrap_or_default()),
    ];
    let map = Map::new();
    for (name, part) in parts {
        map.insert(name, Str::from(part));
    }
    Ok(map.into())
}

fn url_join(parts: &Value) -> Result<Value, String> {
    let parts = parts.as_map().cloned().unwrap_or_default();
    let mut url = Url {
        scheme: part(&parts, "scheme")?,
        host: part(&parts, "host")?,
        path: part(&parts, "path")?,
        query: part(&parts, "query")?,
        opaque: part(&parts, "opaque")?,
        fragment: part(&parts, "fragment")?,
        ..Url::default()
    };
    let user = part(&parts, "userinfo")?;
    if !user.is_empty() {
        let text = [b"proto://", user.as_slice(), b"@host"].concat();
        url.user = Url::parse(&text).map_err(|error| format!("unable to parse userinfo in dict: {error}"))?.user;
    }
    Ok(Str::from(url.text()).into())
}

/// A part of the dictionary, which must be a string if it is there.
fn part(parts: &Map, name: &str) -> Result<Vec<u8>, String> {
    match parts.get(name) {
        None => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(text.to_vec()),
        Some(Value::Invalid | Value::Nil) => {
            Err("runtime error: invalid memory address or nil pointer dereference".to_owned())
        }
        Some(other) => {
            let kind = other.kind().name();
            Err(format!("unable to parse {name} key, must be of type string, but {kind} found"))
        }
    }
}
