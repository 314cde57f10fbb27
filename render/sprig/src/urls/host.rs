//! The host of a URL.

use std::net::{Ipv4Addr, Ipv6Addr};

use bstr::ByteSlice;
use govalue::strconv::quote;

use super::escape::{Part, unescape};

/// Checks and unescapes a host with or without a port; the error is Go's text.
pub(super) fn parse(scheme: &[u8], host: &[u8]) -> Result<Vec<u8>, String> {
    match host.rfind_byte(b'[') {
        Some(0) => return parse_literal(host),
        Some(_) => return Err("invalid IP-literal".to_owned()),
        None => {}
    }
    // A list of hosts with ports is accepted outside of http.
    let strict = scheme == b"http" || scheme == b"https";
    let colon = if strict { host.find_byte(b':') } else { host.rfind_byte(b':') };
    check_port(colon.and_then(|colon| host.get(colon..)).unwrap_or_default())?;
    unescape(host, Part::Host)
}

/// Whether it is nothing, or a colon and digits.
pub(super) fn is_port(text: &[u8]) -> bool {
    text.split_first().is_none_or(|(&colon, digits)| colon == b':' && digits.iter().all(u8::is_ascii_digit))
}

fn check_port(text: &[u8]) -> Result<(), String> {
    if is_port(text) { Ok(()) } else { Err(format!("invalid port {} after host", quote(text))) }
}

/// An IPv6 address in brackets.
fn parse_literal(host: &[u8]) -> Result<Vec<u8>, String> {
    let close = host.rfind_byte(b']').ok_or("missing ']' in host")?;
    let port = host.get(close + 1..).unwrap_or_default();
    check_port(port)?;
    let inner = host.get(1..close).unwrap_or_default();
    let address = match inner.find(b"%25") {
        None => unescape(inner, Part::Host)?,
        Some(zone) => {
            let (address, zone) = inner.split_at(zone);
            let mut address = unescape(address, Part::Host)?;
            address.extend(unescape(zone, Part::Zone)?);
            address
        }
    };
    check_address(&address)?;
    Ok([b"[", address.as_slice(), b"]", port].concat())
}

fn check_address(text: &[u8]) -> Result<(), String> {
    let (address, zone) = text.split_once_str(b"%").map_or((text, None), |(address, zone)| (address, Some(zone)));
    let plain = std::str::from_utf8(address).unwrap_or_default();
    if zone.is_none() && plain.parse::<Ipv4Addr>().is_ok() {
        return Err("invalid IP-literal".to_owned());
    }
    let problem = match (plain.parse::<Ipv6Addr>(), zone) {
        (Ok(_), Some(b"")) => "zone must be a non-empty string",
        (Ok(_), _) => return Ok(()),
        (Err(_), _) => "unable to parse IP",
    };
    Err(format!("invalid host: ParseAddr({}): {problem}", quote(text)))
}
