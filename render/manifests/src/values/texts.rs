//! What texts are: names, images, addresses. What a pattern admits, Kubernetes and the services admit too.

use schemars::{Schema, SchemaGenerator, json_schema};

/// A DNS label that begins with a letter, as every version of Kubernetes wants it of a Service; or nothing.
const LABEL: &str = "^([a-z]([-a-z0-9]*[a-z0-9])?)?$";
/// The longest DNS label.
const LABEL_LENGTH: u32 = 63;
/// So that the name of its StatefulSet, with `-database` at the end, has at most 52 characters.
const BACKEND_LENGTH: u32 = 43;
/// DNS labels with dots between them, as most kinds of objects are named; or nothing.
const OBJECT_NAME: &str = r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$";
/// The longest name of an object, and of a host.
const OBJECT_NAME_LENGTH: u32 = 253;
/// The longest name of a user of ours, and the longest password.
const USER_LENGTH: u32 = 50;
/// PostgreSQL cuts longer names off.
const POSTGRESQL_NAME_LENGTH: u32 = 63;

fn text(pattern: &str) -> Schema {
    json_schema!({"type": "string", "pattern": pattern})
}

fn short_text(pattern: &str, longest: u32) -> Schema {
    json_schema!({"type": "string", "maxLength": longest, "pattern": pattern})
}

fn list(item: &Schema) -> Schema {
    json_schema!({"type": "array", "items": item, "minItems": 1})
}

/// With which names of objects begin, Services among them; or nothing.
pub(super) fn name(_: &mut SchemaGenerator) -> Schema {
    short_text(LABEL, LABEL_LENGTH)
}

/// The same for a component with a database.
pub(super) fn backend_name(_: &mut SchemaGenerator) -> Schema {
    short_text(LABEL, BACKEND_LENGTH)
}

pub(super) fn container_name(_: &mut SchemaGenerator) -> Schema {
    short_text("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", LABEL_LENGTH)
}

/// The name of a Secret or a class; or nothing.
pub(super) fn object_name(_: &mut SchemaGenerator) -> Schema {
    short_text(OBJECT_NAME, OBJECT_NAME_LENGTH)
}

pub(super) fn needed_object_name(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "minLength": 1, "maxLength": OBJECT_NAME_LENGTH, "pattern": OBJECT_NAME})
}

/// The path of an image, as registries know it: between letters and digits stands one separator.
const IMAGE_PATH: &str = "[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*";

/// The host of a registry, with a port and a path or not; or nothing.
pub(super) fn registry(_: &mut SchemaGenerator) -> Schema {
    const LABEL: &str = "[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?";
    const PORT: &str = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
    text(&format!(r"^({LABEL}(\.{LABEL})*(:{PORT})?(/{IMAGE_PATH})?)?$"))
}

pub(super) fn repository(_: &mut SchemaGenerator) -> Schema {
    text(&format!("^{IMAGE_PATH}$"))
}

/// The tag of an image, or nothing.
pub(super) fn tag(_: &mut SchemaGenerator) -> Schema {
    text("^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$")
}

pub(super) fn own_tag(_: &mut SchemaGenerator) -> Schema {
    text("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$")
}

/// The digest of an image, or nothing.
pub(super) fn digest(_: &mut SchemaGenerator) -> Schema {
    text("^(sha256:[0-9a-f]{64})?$")
}

/// The name of a user of ours.
pub(super) fn username(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "minLength": 1, "maxLength": USER_LENGTH, "pattern": r"^[^\x00-\x1f\x7f-\x9f]*$"})
}

/// The password of a user of ours, or nothing.
pub(super) fn user_password(_: &mut SchemaGenerator) -> Schema {
    short_text(r"^[^\x00-\x1f\x7f-\x9f]*$", USER_LENGTH)
}

/// The password of a database, or nothing. It is read from a file, so that an end of a line would be lost.
pub(super) fn password(_: &mut SchemaGenerator) -> Schema {
    text(r"^[^\x00-\x1f\x7f-\x9f]*$")
}

/// The name of a database, or of who owns it. Kubernetes replaces `$(NAME)` in variables, so there is no `$`.
pub(super) fn database_name(_: &mut SchemaGenerator) -> Schema {
    short_text("^[A-Za-z0-9_][A-Za-z0-9_.@-]*$", POSTGRESQL_NAME_LENGTH)
}

/// The name or address of a server, or nothing.
pub(super) fn server(_: &mut SchemaGenerator) -> Schema {
    short_text("^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)?$", OBJECT_NAME_LENGTH)
}

/// The host of an Ingress: a domain, with `*` in place of its first label or not; or nothing. Addresses are none.
pub(super) fn domain(_: &mut SchemaGenerator) -> Schema {
    let labels = r"^((\*\.)?([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)*[a-z]([-a-z0-9]*[a-z0-9])?)?$";
    short_text(labels, OBJECT_NAME_LENGTH)
}

/// Hosts by which a request may ask, or `*`.
pub(super) fn hosts(_: &mut SchemaGenerator) -> Schema {
    list(&text(r"^(\*|[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$"))
}

/// Paths of an Ingress: nothing empty, `.` or `..` between slashes.
pub(super) fn paths(_: &mut SchemaGenerator) -> Schema {
    list(&text(r"^/(\.?[A-Za-z0-9_~-][A-Za-z0-9_.~-]*/)*(\.?[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)?$"))
}

/// Addresses and networks.
pub(super) fn proxies(_: &mut SchemaGenerator) -> Schema {
    let byte = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    let old = format!(r"({byte}\.){{3}}{byte}(/(3[0-2]|[12]?[0-9]))?");
    let new = "[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?";
    json_schema!({"type": "array", "items": text(&format!("^({old}|{new})$"))})
}

/// Levels, each alone or for a target.
pub(super) fn log_filter(_: &mut SchemaGenerator) -> Schema {
    let level = "(off|error|warn|info|debug|trace|OFF|ERROR|WARN|INFO|DEBUG|TRACE)";
    text(&format!("^([A-Za-z0-9_:]+=)?{level}(,([A-Za-z0-9_:]+=)?{level})*$"))
}
