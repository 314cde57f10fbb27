//! Modes of files in volumes.

use serde_json::{Map, Value as Json};

use super::report::Report;
use super::rules::FILE_MODE;

/// Types with the field that holds a mode.
const MODES: [(&str, &str); 5] = [
    ("core.v1.ConfigMapVolumeSource", "defaultMode"),
    ("core.v1.DownwardAPIVolumeSource", "defaultMode"),
    ("core.v1.KeyToPath", "mode"),
    ("core.v1.ProjectedVolumeSource", "defaultMode"),
    ("core.v1.SecretVolumeSource", "defaultMode"),
];

/// Checks a type's mode.
pub(super) fn check(definition: &str, entries: &Map<String, Json>, report: &mut Report<'_>) {
    for (_, field) in MODES.iter().filter(|(owner, _)| *owner == definition) {
        let Some(mode) = entries.get(*field).and_then(Json::as_i64).filter(|mode| (0..=0o777).contains(mode)) else {
            continue;
        };
        if !is_sound(mode) {
            report.key(field, |report| {
                let message = format!("{} is {mode}, which is {mode:04o} in octal", report.path());
                report.warning(&FILE_MODE, message);
            });
        }
    }
}

/// The owner has all that the group has, the group all that others have, and who writes reads.
fn is_sound(mode: i64) -> bool {
    let (owner, group, others) = (mode >> 6 & 7, mode >> 3 & 7, mode & 7);
    let reads = |rights: i64| rights & 2 == 0 || rights & 4 != 0;
    owner & 4 != 0 && group & !owner == 0 && others & !group == 0 && [owner, group, others].into_iter().all(reads)
}

#[cfg(test)]
mod tests {
    use super::is_sound;

    #[test]
    fn decimals_that_were_meant_as_octal_are_not_sound() {
        assert!([0o400, 0o440, 0o444, 0o600, 0o640, 0o644, 0o700, 0o755, 0o777, 0o555].into_iter().all(is_sound));
        assert!([400, 440, 444, 0, 0o044].into_iter().all(|mode| !is_sound(mode)));
    }
}
