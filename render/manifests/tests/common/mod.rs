//! What the tests share.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The values files of a folder; there must be some.
pub(crate) fn values_files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    assert!(!files.is_empty(), "{folder} has values files");
    files
}

pub(crate) fn yaml(path: &Path) -> Json {
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The chart's own values with these over them.
pub(crate) fn over_defaults(given: &Json) -> Json {
    let mut all = yaml(&root().join("chart/values.yaml"));
    merge(&mut all, given);
    all
}

fn merge(below: &mut Json, above: &Json) {
    match (below, above) {
        (Json::Object(below), Json::Object(above)) => {
            for (key, value) in above {
                merge(below.entry(key.clone()).or_insert(Json::Null), value);
            }
            // A null takes a default away.
            below.retain(|_, value| !value.is_null());
        }
        (below, above) => *below = above.clone(),
    }
}
