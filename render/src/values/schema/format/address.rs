//! Addresses: of machines and of people.

use std::net::Ipv6Addr;

use govalue::strconv;

use super::{ensure, ensure_all};
use crate::error::quote;

pub(super) fn ipv4(text: &str) -> Result<(), String> {
    let groups: Vec<&str> = text.split('.').collect();
    ensure(groups.len() == 4, "expected four decimals")?;
    for group in groups {
        ensure(group.len() < 2 || !group.starts_with('0'), "leading zeros")?;
        let number = strconv::atoi(group.as_bytes()).map_err(|error| error.to_string())?;
        ensure((0..=255).contains(&number), "decimal must be between 0 and 255")?;
    }
    Ok(())
}

pub(super) fn ipv6(text: &str) -> Result<(), String> {
    ensure(text.contains(':'), "missing colon")?;
    let (address, zone) = text.split_once('%').unwrap_or((text, ""));
    let unparsable = |why: &str| format!("ParseAddr({}): {why}", quote(text));
    if address.parse::<Ipv6Addr>().is_err() {
        return Err(unparsable("unable to parse IP"));
    }
    if address.len() + 1 == text.len() {
        return Err(unparsable("zone must be a non-empty string"));
    }
    ensure(zone.is_empty(), "zone id is not a part of ipv6 address")
}

pub(super) fn hostname(text: &str) -> Result<(), String> {
    let text = text.strip_suffix('.').unwrap_or(text);
    ensure(text.len() <= 253, "more than 253 characters long")?;
    for label in text.split('.') {
        ensure((1..=63).contains(&label.len()), "label must be 1 to 63 characters long")?;
        ensure(!label.starts_with('-'), "label starts with hyphen")?;
        ensure(!label.ends_with('-'), "label ends with hyphen")?;
        ensure_all(label, |part| part.is_ascii_alphanumeric() || part == '-', "invalid character")?;
    }
    Ok(())
}

pub(super) fn email(text: &str) -> Result<(), String> {
    ensure(text.len() <= 254, "more than 255 characters long")?;
    let (local, domain) = text.rsplit_once('@').ok_or("missing @")?;
    ensure(local.len() <= 64, "local part more than 64 characters long")?;
    local_part(local)?;
    let Some(address) = domain.strip_prefix('[').and_then(|domain| domain.strip_suffix(']')) else {
        return hostname(domain).map_err(|error| format!("invalid domain: {error}"));
    };
    match address.strip_prefix("IPv6:") {
        Some(address) => ipv6(address).map_err(|error| format!("invalid ipv6 address: {error}")),
        None => ipv4(address).map_err(|error| format!("invalid ipv4 address: {error}")),
    }
}

fn local_part(local: &str) -> Result<(), String> {
    if let Some(quoted) = local.strip_prefix('"').and_then(|local| local.strip_suffix('"')) {
        return ensure(!quoted.contains(['\\', '"']), "backslash and quote are not allowed within quoted local part");
    }
    ensure(!local.starts_with('.'), "starts with dot")?;
    ensure(!local.ends_with('.'), "ends with dot")?;
    ensure(!local.contains(".."), "consecutive dots")?;
    let is_allowed = |part: char| part.is_ascii_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(part);
    ensure_all(local, is_allowed, "invalid character")
}
