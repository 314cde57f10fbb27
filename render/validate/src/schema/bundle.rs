//! What Kubernetes itself says: kinds, types and lifecycles of several minor versions, in one compressed file.
//!
//! The file has lines, made by `ci/schemas` from the OpenAPI files and the types of each release:
//!
//! ```text
//! versions 36 37
//! kind apps/v1 Deployment namespaced apps.v1.Deployment 36-37
//! lifecycle batch/v1beta1 CronJob 8 21 25 batch/v1 CronJob        since, deprecated, removed, what to use
//! type apps.v1.Deployment
//!  spec! apps.v1.DeploymentSpec 37-37                              required, and only in 1.37
//! ```

use std::collections::HashMap;
use std::io::Read;
use std::sync::OnceLock;

use flate2::read::GzDecoder;

/// How large the file may be once it is unpacked.
const MAX_BYTES: u64 = 16 << 20;

/// A kind that can be created.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    pub(super) api_version: &'static str,
    pub(super) name: &'static str,
    pub(super) namespaced: bool,
    pub(super) definition: &'static str,
}

impl Kind {
    /// What addresses call it: its plural in small letters.
    pub(super) fn resource(&self) -> String {
        let name = self.name.to_ascii_lowercase();
        match name.strip_suffix('y') {
            Some(stem) => format!("{stem}ies"),
            None if name == "endpoints" => name,
            None if name.ends_with('s') => format!("{name}es"),
            None => format!("{name}s"),
        }
    }

    /// The kind of a line of the file, if a minor version has it.
    fn of(line: &'static str, minor: u32) -> Option<Self> {
        let mut words = line.split(' ');
        let mut word = || words.next().unwrap_or_default();
        let (api_version, name, scope, definition) = (word(), word(), word(), word());
        holds(words.next(), minor).then_some(Self { api_version, name, namespaced: scope == "namespaced", definition })
    }
}

/// When an API is there: the minor versions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lifecycle {
    pub(super) introduced: Option<u32>,
    pub(super) deprecated: Option<u32>,
    pub(super) removed: Option<u32>,
    /// `batch/v1 CronJob`, or nothing if there is no other.
    pub(super) replacement: &'static str,
}

/// A field of a type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) required: bool,
    /// The type in a word: `string`, `[]core.v1.Container`, `{}string`, `=Always|Never`.
    pub(super) word: &'static str,
}

/// The schemas of one minor version.
#[derive(Debug, Default)]
pub(super) struct Bundle {
    pub(super) kinds: HashMap<(&'static str, &'static str), Kind>,
    pub(super) lifecycles: HashMap<(&'static str, &'static str), Lifecycle>,
    types: HashMap<&'static str, Vec<Field>>,
}

impl Bundle {
    /// The schemas of a minor version that there are schemas of.
    pub(super) fn of(minor: u32) -> Self {
        let mut bundle = Self::default();
        // The types come last, each with its fields.
        let mut open = "";
        for line in text().lines() {
            let (word, rest) = line.split_once(' ').unwrap_or_default();
            match word {
                "kind" => bundle.add_kind(rest, minor),
                "lifecycle" => bundle.add_lifecycle(rest),
                "type" => {
                    open = rest;
                    bundle.types.insert(open, Vec::new());
                }
                "" => bundle.add_field(open, rest, minor),
                _ => {}
            }
        }
        bundle
    }

    /// The fields of a type; nothing if it is no type with fields.
    pub(super) fn fields(&self, name: &str) -> Option<&[Field]> {
        self.types.get(name).map(Vec::as_slice)
    }

    /// Whether a group is one of Kubernetes itself.
    pub(super) fn has_group(&self, group: &str) -> bool {
        let is_it = |(api_version, _): &(&str, &str)| group_of(api_version) == group;
        self.kinds.keys().any(is_it) || self.lifecycles.keys().any(is_it)
    }

    fn add_kind(&mut self, line: &'static str, minor: u32) {
        if let Some(kind) = Kind::of(line, minor) {
            self.kinds.insert((kind.api_version, kind.name), kind);
        }
    }

    fn add_lifecycle(&mut self, line: &'static str) {
        let mut words = line.splitn(6, ' ');
        let mut word = || words.next().unwrap_or_default();
        let (api_version, kind) = (word(), word());
        let mut number = || word().parse().ok();
        let (introduced, deprecated, removed) = (number(), number(), number());
        let replacement = word();
        self.lifecycles.insert((api_version, kind), Lifecycle { introduced, deprecated, removed, replacement });
    }

    fn add_field(&mut self, of: &str, line: &'static str, minor: u32) {
        let mut words = line.split(' ');
        let (name, word) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if !holds(words.next(), minor) {
            return;
        }
        let (name, required) = name.strip_suffix('!').map_or((name, false), |name| (name, true));
        if let Some(fields) = self.types.get_mut(of) {
            fields.push(Field { name, required, word });
        }
    }
}

/// The kinds of a minor version alone, without their types.
pub(super) fn kinds(minor: u32) -> impl Iterator<Item = Kind> {
    text().lines().filter_map(move |line| Kind::of(line.strip_prefix("kind ")?, minor))
}

/// The minor versions that there are schemas of, the oldest first.
pub(super) fn minors() -> Vec<u32> {
    let line = text().lines().next().unwrap_or_default();
    line.split(' ').filter_map(|word| word.parse().ok()).collect()
}

/// `36-37`; without a range it is all.
fn holds(range: Option<&str>, minor: u32) -> bool {
    let Some((first, last)) = range.and_then(|range| range.split_once('-')) else { return true };
    first.parse().is_ok_and(|first: u32| first <= minor) && last.parse().is_ok_and(|last: u32| minor <= last)
}

/// `apps` of `apps/v1`, nothing of `v1`.
pub(super) fn group_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut text = String::new();
        let packed = GzDecoder::new(include_bytes!("kubernetes.gz").as_slice());
        // Only a broken build has a broken file, and a test reads all of it.
        let read = packed.take(MAX_BYTES).read_to_string(&mut text);
        if read.is_ok() { text } else { String::new() }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_version_has_whole_types() {
        assert!(minors().len() >= 3);
        for minor in minors() {
            let bundle = Bundle::of(minor);
            assert!(bundle.kinds.len() > 50, "1.{minor}");
            for word in bundle.kinds.values().map(|kind| kind.definition).chain(bundle.words()) {
                assert!(is_known(&bundle, word), "1.{minor}: {word}");
            }
        }
    }

    #[test]
    fn a_field_is_there_in_its_versions_alone() {
        let has = |minor: u32| {
            let bundle = Bundle::of(minor);
            let fields = bundle.fields("core.v1.Container").unwrap();
            fields.iter().any(|field| field.name == "restartPolicyRules")
        };
        assert!(!has(33) && has(34) && has(37));
    }

    #[test]
    fn lifecycles_are_those_of_the_modules() {
        let bundle = Bundle::of(37);
        let lifecycle = bundle.lifecycles[&("batch/v1beta1", "CronJob")];
        let times = (lifecycle.introduced, lifecycle.deprecated, lifecycle.removed);
        assert_eq!((times, lifecycle.replacement), ((Some(8), Some(21), Some(25)), "batch/v1 CronJob"));
    }

    impl Bundle {
        fn words(&self) -> impl Iterator<Item = &'static str> {
            self.types.values().flatten().map(|field| field.word)
        }
    }

    fn is_known(bundle: &Bundle, word: &str) -> bool {
        if let Some(inner) = word.strip_prefix("[]").or_else(|| word.strip_prefix("{}")) {
            return is_known(bundle, inner);
        }
        let is_basic = matches!(
            word,
            "string"
                | "boolean"
                | "int32"
                | "int64"
                | "number"
                | "quantity"
                | "int-or-string"
                | "byte"
                | "date-time"
                | "object"
                | "any"
        );
        is_basic || word.starts_with('=') || bundle.fields(word).is_some_and(|fields| !fields.is_empty())
    }
}
