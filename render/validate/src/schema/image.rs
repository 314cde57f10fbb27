//! References of images, as the kubelet reads them: `registry:5000/name/of/it:tag@sha256:…`.

use serde_json::{Map, Value as Json};

use super::report::{Report, shown};
use super::rules::INVALID_IMAGE;

/// Checks a container's image.
pub(super) fn check(definition: &str, entries: &Map<String, Json>, report: &mut Report<'_>) {
    if definition != "core.v1.Container" {
        return;
    }
    let Some(value @ Json::String(image)) = entries.get("image") else { return };
    // What is missing is told as missing.
    if let Some(problem) = problem(image).filter(|_| !image.is_empty()) {
        report.key("image", |report| {
            let message = format!("{} is {}: {problem}", report.path(), shown(value));
            report.error(&INVALID_IMAGE, message);
        });
    }
}

/// What is wrong with a reference, if anything is.
fn problem(image: &str) -> Option<&'static str> {
    let (image, digest) = image.split_once('@').map_or((image, None), |(image, digest)| (image, Some(digest)));
    if digest.is_some_and(|digest| !is_digest(digest)) {
        return Some("wanted a digest such as sha256:…, of 64 hexadecimal digits");
    }
    // A colon behind the last slash parts the tag; one before it is a registry's port.
    let at = image.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, last) = image.split_at_checked(at)?;
    let (name, tag) = last.split_once(':').map_or((last, None), |(name, tag)| (name, Some(tag)));
    if tag.is_some_and(|tag| !is_tag(tag)) {
        return Some("wanted a tag of letters, digits, '_', '.' and '-' behind the ':'");
    }
    let mut parts: Vec<_> = folder.split('/').collect();
    parts.pop();
    let has_registry = parts.first().is_some_and(|first| is_surely_registry(first));
    let registry = if has_registry { Some(parts.remove(0)) } else { None };
    if registry.is_some_and(|registry| !is_registry(registry)) {
        return Some("wanted a registry such as registry.example.com:5000");
    }
    let is_name = parts.into_iter().chain([name]).all(is_name_part);
    (!is_name).then_some("wanted names of small letters, digits, and '.', '_' or '-' between them")
}

/// As containerd tells a registry from the first part of a name, in which there are no capital letters.
fn is_surely_registry(first: &str) -> bool {
    first.contains(['.', ':']) || first == "localhost" || first.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn is_digest(digest: &str) -> bool {
    let Some((algorithm, hash)) = digest.split_once(':') else { return false };
    let length = if algorithm == "sha256" { hash.len() == 64 } else { hash.len() >= 32 };
    !algorithm.is_empty() && length && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_tag(tag: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    tag.bytes().next().is_some_and(is_word)
        && tag.len() <= 128
        && tag.bytes().all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

fn is_registry(registry: &str) -> bool {
    // An IPv6 address has brackets; nobody misspells one into something else.
    if registry.starts_with('[') {
        return true;
    }
    let (host, port) = registry.split_once(':').map_or((registry, None), |(host, port)| (host, Some(port)));
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    host.split('.').all(is_label) && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

fn is_name_part(part: &str) -> bool {
    let is_letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-');
    is_letter(part.bytes().next())
        && is_letter(part.bytes().last())
        && part.bytes().all(is_inner)
        && !part.contains("..")
        && !part.contains("___")
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn references_of_images() {
        for image in [
            "nginx",
            "nginx:1.27",
            "library/nginx:latest",
            "registry.example.com/team/app__x:1.2_3-debug",
            "localhost:5000/app",
            "Registry.example.com/app",
            "REGISTRY/app",
            "0x1F/app",
            "app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "app:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        ] {
            assert_eq!(problem(image), None, "{image}");
        }
        for image in [
            "nginx:",
            "Nginx",
            "ngi nx",
            "/nginx",
            "a//b",
            "nginx:1:2",
            "nginx@sha256:12",
            "-a",
            "a:-1",
            "r.io:x/a",
            ":1",
        ] {
            assert!(problem(image).is_some(), "{image}");
        }
    }
}
