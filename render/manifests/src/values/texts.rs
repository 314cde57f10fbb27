//! What texts are: names, images, addresses. What a pattern admits, Kubernetes and the services admit too.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::json;

/// A DNS label that begins with a letter, as every version of Kubernetes wants it of a Service; or nothing.
const LABEL: &str = "^([a-z]([-a-z0-9]*[a-z0-9])?)?$";
/// The longest DNS label.
const LABEL_LENGTH: u32 = 63;
/// So that the name of its StatefulSet, with `-database` at the end, has at most 52 characters.
const COMPONENT_LENGTH: u32 = 43;
/// DNS labels with dots between them, as most kinds of objects are named; or nothing.
const OBJECT_NAME: &str = r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$";
/// The longest name of an object, and of a host.
const OBJECT_NAME_LENGTH: u32 = 253;
/// What is read at a glance.
const LINE_LENGTH: u32 = 200;
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

/// The same, with room for the ends that names of a component's other objects have.
pub(super) fn component_name(_: &mut SchemaGenerator) -> Schema {
    short_text(LABEL, COMPONENT_LENGTH)
}

pub(super) fn container_name(_: &mut SchemaGenerator) -> Schema {
    short_text("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", LABEL_LENGTH)
}

/// The value of a label, or nothing.
pub(super) fn label(_: &mut SchemaGenerator) -> Schema {
    short_text("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", LABEL_LENGTH)
}

/// A line for people, or nothing.
pub(super) fn line(_: &mut SchemaGenerator) -> Schema {
    short_text(r"^[^\x00-\x1f\x7f-\x9f]*$", LINE_LENGTH)
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

/// An image with its registry and tag or digest; or nothing.
pub(super) fn whole_image(_: &mut SchemaGenerator) -> Schema {
    let end = "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|@sha256:[0-9a-f]{64})";
    text(&format!("^({IMAGE_PATH}{end})?$"))
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

/// The name of a user of PostgreSQL, which keeps some for itself.
pub(super) fn database_user(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = database_name(generator);
    schema.insert("not".into(), json!({"pattern": "^(pg_.*|public|none)$"}));
    schema
}

/// The name or address of a server, or nothing.
pub(super) fn server(_: &mut SchemaGenerator) -> Schema {
    short_text(&format!("^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|{})?$", ipv6()), OBJECT_NAME_LENGTH)
}

/// An RSA key as PEM, PKCS#8 or PKCS#1; or nothing.
pub(super) fn private_key(_: &mut SchemaGenerator) -> Schema {
    const SPACE: &str = "[ \\t\\r\\n]";
    let (begin, end) = ("-----BEGIN (RSA )?PRIVATE KEY-----", "-----END (RSA )?PRIVATE KEY-----");
    let example = "-----BEGIN PRIVATE KEY-----\nbm8ga2V5\n-----END PRIVATE KEY-----\n";
    json_schema!({
        "type": "string",
        "pattern": format!("^{SPACE}*({begin}[A-Za-z0-9+/= \\t\\r\\n]+{end}{SPACE}*)?$"),
        "examples": ["", example]
    })
}

/// The host of an Ingress: a domain, with `*` in place of its first label or not; or nothing. Addresses are none.
pub(super) fn domain(_: &mut SchemaGenerator) -> Schema {
    short_text(&format!("^({DOMAIN})?$"), OBJECT_NAME_LENGTH)
}

/// The same, and not nothing.
pub(super) fn needed_domain(_: &mut SchemaGenerator) -> Schema {
    short_text(&format!("^{DOMAIN}$"), OBJECT_NAME_LENGTH)
}

const DOMAIN: &str = r"(\*\.)?([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)*[a-z]([-a-z0-9]*[a-z0-9])?";

/// Hosts of a route.
pub(super) fn hostnames(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "maxItems": 16, "items": short_text(&format!("^{DOMAIN}$"), OBJECT_NAME_LENGTH)})
}

/// What a secret is called in a store.
pub(super) fn store_key(_: &mut SchemaGenerator) -> Schema {
    short_text("^[A-Za-z0-9/_.-]+$", OBJECT_NAME_LENGTH)
}

/// Whole seconds, minutes or hours.
pub(super) fn interval(_: &mut SchemaGenerator) -> Schema {
    text("^[1-9][0-9]{0,4}[smh]$")
}

/// Hosts by which a request may ask, or `*`.
pub(super) fn hosts(_: &mut SchemaGenerator) -> Schema {
    list(&text(&format!(r"^(\*|[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?|{})$", ipv6())))
}

/// Paths of an Ingress: nothing empty, `.` or `..` between slashes.
pub(super) fn paths(_: &mut SchemaGenerator) -> Schema {
    list(&text(r"^/(\.?[A-Za-z0-9_~-][A-Za-z0-9_.~-]*/)*(\.?[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)?$"))
}

/// Addresses and networks.
pub(super) fn proxies(_: &mut SchemaGenerator) -> Schema {
    let old = format!("{}(/(3[0-2]|[12]?[0-9]))?", ipv4());
    let mapped = format!("::[Ff]{{4}}:{}", ipv4());
    let new = format!("({}|{mapped})(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?", ipv6());
    json_schema!({"type": "array", "items": text(&format!("^({old}|{new})$"))})
}

/// A byte of an address, in decimal.
const BYTE: &str = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

/// An address of four bytes.
fn ipv4() -> String {
    format!(r"({BYTE}\.){{3}}{BYTE}")
}

/// An address of eight groups, of which a run of zeros may be left out.
fn ipv6() -> String {
    let group = "[0-9A-Fa-f]{1,4}";
    let left_out = (1..=6).map(|before| format!("({group}:){{1,{before}}}(:{group}){{1,{}}}", 7 - before));
    let whole = [format!("({group}:){{7}}{group}"), format!("({group}:){{1,7}}:"), format!(":(:{group}){{1,7}}")];
    let all: Vec<_> = whole.into_iter().chain(left_out).chain(["::".into()]).collect();
    format!("({})", all.join("|"))
}

/// An address of either family.
pub(super) fn address(_: &mut SchemaGenerator) -> Schema {
    text(&format!("^({}|{})$", ipv4(), ipv6()))
}

/// A network: an address, and how many of its bits all have.
pub(super) fn network(_: &mut SchemaGenerator) -> Schema {
    text(&network_pattern())
}

pub(super) fn networks(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "items": text(&network_pattern())})
}

/// Addresses that packets of others can have: neither a node's own nor a link's.
pub(super) fn addresses(_: &mut SchemaGenerator) -> Schema {
    let first = "([1-9]|[1-9][0-9]|1[01][0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|1[7-9][0-9]|2[01][0-9]|22[0-3])";
    let group = "[0-9A-Fa-f]{1,4}";
    let left_out = (0..=5).map(|before| format!("(:{group}){{0,{before}}}:(:{group}){{1,{}}}", 6 - before));
    let rest: Vec<_> = left_out.chain([format!("(:{group}){{7}}"), format!("(:{group}){{0,5}}::")]).collect();
    let six = format!("([23][0-9A-Fa-f]{{3}}|[fF][cCdD][0-9A-Fa-f]{{2}})({})", rest.join("|"));
    json_schema!({"type": "array", "items": text(&format!(r"^({first}(\.{BYTE}){{3}}|{six})$"))})
}

/// A name with a domain before it or not; or nothing.
pub(super) fn qualified_name(_: &mut SchemaGenerator) -> Schema {
    short_text(&format!("^({})?$", super::kinds::KEY.trim_matches(['^', '$'])), OBJECT_NAME_LENGTH)
}

fn network_pattern() -> String {
    format!("^({}/(3[0-2]|[12]?[0-9])|{}/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$", ipv4(), ipv6())
}

/// Levels, each alone or for a target.
pub(super) fn log_filter(_: &mut SchemaGenerator) -> Schema {
    let level = "(off|error|warn|info|debug|trace|OFF|ERROR|WARN|INFO|DEBUG|TRACE)";
    text(&format!("^([A-Za-z0-9_:]+=)?{level}(,([A-Za-z0-9_:]+=)?{level})*$"))
}
