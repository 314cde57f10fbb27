//! The chart, rendered with a values file.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use mythoughts_tests::Key;
use render::{Chart, Environment, Options, Release, Renderer};
use serde_json::Value as Json;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// None for the chart's own values, then every file that there is.
pub(crate) fn values_files() -> Vec<Option<PathBuf>> {
    let mut files = vec![None];
    for folder in ["values", "chart/ci"] {
        let entries = std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
        files.extend(entries.filter(|path| path.extension().is_some_and(|end| end == "yaml")).map(Some));
    }
    assert!(files.len() > 8, "{files:?}");
    files
}

/// Every object, hooks included. The key is a sound one.
pub(crate) fn objects(values: Option<&Path>) -> Vec<Json> {
    let options =
        Options { files: values.iter().map(|path| path.display().to_string()).collect(), ..Options::default() };
    let environment = Rc::new(Environment::new().with_rsa_key(&Key::shared().private_pem));
    let renderer = Renderer { release: Release::new("mythoughts", "default"), environment, ..Renderer::default() };
    let chart = Chart::load(root().join("chart")).unwrap();
    let output = renderer.render(&chart, &options.values(renderer.helm).unwrap()).unwrap();
    output.manifests.iter().chain(&output.hooks).map(|manifest| manifest.object().unwrap()).collect()
}
