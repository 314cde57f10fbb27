//! The chart, the values files it is rendered with, and what it renders to.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::Context;
use render::{Chart, Environment, File, Options, Release, Renderer};

/// The chart's files and the values files.
pub(crate) struct Cases {
    pub(crate) files: Vec<File>,
    /// The values files' paths; the first is the chart's own.
    pub(crate) values: Vec<PathBuf>,
}

/// A rendering: the manifests in their order, or why there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Source and text of each document.
    Manifests(Vec<(String, Vec<u8>)>),
    /// What Helm would say.
    Refused(String),
}

impl Cases {
    /// The chart, the files of `values/` and of `chart/ci/`, and those of `chart/ci/refused/`, which are to be refused.
    pub(crate) fn read(root: &Path) -> anyhow::Result<Self> {
        let chart = root.join("chart");
        let mut files = Vec::new();
        read_folder(&chart, &chart, &mut files)?;
        let mut values = vec![chart.join("values.yaml")];
        for folder in ["values", "chart/ci", "chart/ci/refused"] {
            let folder = root.join(folder);
            let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
            let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
            paths.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
            paths.sort();
            values.extend(paths);
        }
        Ok(Self { files, values })
    }

    /// The chart with one of its files changed.
    pub(crate) fn chart(&self, changed: Option<&File>) -> anyhow::Result<Chart> {
        let own = self.files.iter().filter(|file| changed.is_none_or(|changed| changed.name != file.name));
        Ok(Chart::from_files(own.chain(changed).cloned())?)
    }

    /// The chart with these manifests in place of all templates.
    pub(crate) fn chart_of_manifests(&self, manifests: &File) -> anyhow::Result<Chart> {
        let own = self.files.iter().filter(|file| !file.name.starts_with("templates/"));
        Ok(Chart::from_files(own.chain([manifests]).cloned())?)
    }

    pub(crate) fn options(&self, case: usize) -> Options {
        let file = self.values.get(case).map(|path| path.display().to_string());
        Options { files: file.into_iter().collect(), ..Options::default() }
    }

    pub(crate) fn name(&self, case: usize) -> String {
        let path = self.values.get(case).and_then(|path| path.file_name());
        path.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    pub(crate) fn render(&self, chart: &Chart, case: usize) -> Outcome {
        let renderer = renderer();
        let outcome = self.options(case).values(renderer.helm).and_then(|given| renderer.render(chart, &given));
        match outcome {
            Ok(output) => {
                let manifests = output.manifests.into_iter().chain(output.hooks);
                Outcome::Manifests(manifests.map(|manifest| (manifest.source, manifest.text)).collect())
            }
            Err(error) => Outcome::Refused(error.to_string()),
        }
    }
}

/// The name and namespace of the release, as the model has it by default.
pub(crate) fn release() -> Release {
    Release::new("mythoughts", "default")
}

/// Without chance: a key is ready, and each choice falls on one number.
fn renderer() -> Renderer {
    let environment = Environment::new().with_choice(23).with_rsa_key("a key");
    Renderer { release: release(), environment: Rc::new(environment), ..Renderer::default() }
}

fn read_folder(base: &Path, folder: &Path, files: &mut Vec<File>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            // Values files for tests are no part of the chart.
            if path != base.join("ci") {
                read_folder(base, &path, files)?;
            }
        } else {
            let name = path.strip_prefix(base)?.to_string_lossy().replace('\\', "/");
            files.push(File::new(name, std::fs::read(&path)?));
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(())
}
