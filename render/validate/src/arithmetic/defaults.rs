//! What containers have that say nothing.

use crate::model::{Field, View};

/// Whether a `LimitRange` in the namespace of an object gives containers this resource; `part` is requests or limits.
///
/// By Kubernetes' rule a maximum stands for a default limit that is not there, and that, or a minimum, for a default
/// request.
pub(super) fn has(view: &View<'_>, object: &Field<'_>, part: &str, resource: &str) -> bool {
    let keys: &[&str] =
        if part == "requests" { &["defaultRequest", "default", "min", "max"] } else { &["default", "max"] };
    let here = view.of_kind("", "LimitRange").filter(|range| view.namespace(range) == view.namespace(object));
    let mut limits = here.flat_map(|range| range.items(&["spec", "limits"]));
    limits.any(|limit| {
        limit.text("type") == Some("Container") && keys.iter().any(|key| limit.at(&[key, resource]).is_some())
    })
}
