//! The names that the frontend answers to: another `Host` may be a made-up one (DNS rebinding).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::Response;

use crate::failure::Result;

/// One value of `ALLOWED_HOSTS`: a name or an address without a port, or `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowedHost {
    /// Every host.
    Any,
    /// This one, in lower case, an IPv6 address in brackets.
    Name(String),
}

impl FromStr for AllowedHost {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text == "*" {
            return Ok(Self::Any);
        }
        let bracketed = text.parse::<Ipv6Addr>().map(|address| format!("[{address}]"));
        let text = bracketed.as_deref().unwrap_or(text);
        match split(text) {
            Some((name, None)) => Ok(Self::Name(name)),
            _ => Err("expected a host's name without a port, or *".into()),
        }
    }
}

/// The hosts that the frontend answers to.
#[derive(Debug)]
pub(crate) struct AllowedHosts {
    any: bool,
    names: Vec<String>,
}

impl AllowedHosts {
    /// Those that were given; else by the address it listens on: the names of loopback, or all.
    pub(crate) fn new(given: &[AllowedHost], listen: IpAddr) -> Self {
        if given.is_empty() {
            let names = ["localhost".into(), host(Ipv4Addr::LOCALHOST), host(Ipv6Addr::LOCALHOST), host(listen)];
            return Self { any: !listen.is_loopback(), names: names.into() };
        }
        let names = given.iter().filter_map(|allowed| match allowed {
            AllowedHost::Any => None,
            AllowedHost::Name(name) => Some(name.clone()),
        });
        Self { any: given.contains(&AllowedHost::Any), names: names.collect() }
    }

    fn allow(&self, host: &str) -> bool {
        split(host).is_some_and(|(name, _)| self.any || self.names.contains(&name))
    }

    /// Whether the request is for one of them: one `Host`, and the same goes for a target with a host in it.
    fn allow_request(&self, request: &Request) -> bool {
        let mut headers = request.headers().get_all(HOST).iter();
        let (Some(header), None) = (headers.next(), headers.next()) else { return false };
        header.to_str().is_ok_and(|host| self.allow(host))
            && request.uri().authority().is_none_or(|authority| self.allow(authority.as_str()))
    }
}

/// Refuses a request for another host with 400.
pub(crate) async fn check(State(hosts): State<Arc<AllowedHosts>>, request: Request, next: Next) -> Result<Response> {
    if hosts.allow_request(&request) {
        Ok(next.run(request).await)
    } else {
        Err(shared::Error::BadRequest("this host is not served here".into()).into())
    }
}

/// An address as it stands in a `Host` header.
fn host(address: impl Into<IpAddr>) -> String {
    match address.into() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// The name in lower case, and the port, of a `Host` header's value.
fn split(host: &str) -> Option<(String, Option<u16>)> {
    let end = if host.starts_with('[') { host.find(']')? + 1 } else { host.find(':').unwrap_or(host.len()) };
    let (name, rest) = host.split_at(end);
    let port = match rest.strip_prefix(':') {
        Some(port) => Some(port.parse().ok()?),
        None if rest.is_empty() => None,
        None => return None,
    };
    Some((canonical(name)?, port))
}

fn canonical(name: &str) -> Option<String> {
    if let Some(address) = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().ok().map(host);
    }
    let name = name.strip_suffix('.').unwrap_or(name);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    (!name.is_empty() && name.bytes().all(plain)).then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
    use super::*;

    fn hosts(given: &[&str], listen: &str) -> AllowedHosts {
        let given: Vec<AllowedHost> = given.iter().map(|host| host.parse().unwrap()).collect();
        AllowedHosts::new(&given, listen.parse().unwrap())
    }

    #[test]
    fn given_names_alone_are_answered_whatever_case_and_port() {
        let hosts = hosts(&["Thoughts.example", " 10.0.0.1", "::1"], "0.0.0.0");
        for host in ["thoughts.example", "THOUGHTS.example:8002", "thoughts.example.", "10.0.0.1:80", "[0::1]:80"] {
            assert!(hosts.allow(host), "{host}");
        }
        for host in ["", "localhost", "x.thoughts.example", "thoughts.example.evil.example", "thoughts.example:x"] {
            assert!(!hosts.allow(host), "{host}");
        }
    }

    #[test]
    fn by_default_loopback_answers_to_its_names_and_others_to_all() {
        let loopback = hosts(&[], "127.0.0.5");
        for host in ["localhost:1", "127.0.0.1", "127.0.0.5:8002", "[::1]"] {
            assert!(loopback.allow(host), "{host}");
        }
        assert!(!loopback.allow("evil.example"));
        assert!(!loopback.allow("127.0.0.1.evil.example"));
        assert!(hosts(&[], "0.0.0.0").allow("any.example"));
        assert!(hosts(&["*"], "127.0.0.1").allow("any.example"));
        assert!(!hosts(&["*"], "127.0.0.1").allow("any example"));
    }

    #[test]
    fn a_setting_that_is_no_name_is_refused() {
        for text in ["", "a b", "http://a", "a:80", "[::1]:80", "[a]", "a/"] {
            assert!(text.parse::<AllowedHost>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_request_names_one_host() {
        let hosts = hosts(&["a.example"], "127.0.0.1");
        let request = |uri: &str, headers: &[&str]| {
            let builder = Request::builder().uri(uri);
            let builder = headers.iter().fold(builder, |builder, host| builder.header(HOST, *host));
            builder.body(axum::body::Body::empty()).unwrap()
        };
        assert!(hosts.allow_request(&request("/", &["a.example"])));
        assert!(hosts.allow_request(&request("http://a.example/", &["a.example"])));
        assert!(!hosts.allow_request(&request("http://b.example/", &["a.example"])));
        assert!(!hosts.allow_request(&request("/", &[])));
        assert!(!hosts.allow_request(&request("/", &["a.example", "b.example"])));
    }
}
