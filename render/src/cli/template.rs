//! `render template`

#![expect(clippy::struct_field_names, clippy::struct_excessive_bools, reason = "the flags are Helm's")]

use std::path::{Path, PathBuf};

use clap::Args;
use render::{Chart, Output, Rendered};

use super::Failure;
use super::arguments::{ReleaseFlags, ValueFlags};

/// Render a chart and print its manifests, as `helm template` does
#[derive(Args)]
#[command(after_help = "Examples:\n  render template mythoughts ./chart -f values/production.yaml\n  \
    render template ./chart-1.2.3.tgz --helm-version 3 --namespace shops --set replicas=3")]
pub(super) struct Template {
    /// The release's name [default: release-name], then the chart: a folder or a .tgz
    #[arg(required = true, num_args = 1.., value_name = "[NAME] CHART")]
    arguments: Vec<String>,
    #[command(flatten)]
    values: ValueFlags,
    #[command(flatten)]
    release: ReleaseFlags,
    /// Print only what comes from these templates (can be given several times)
    #[arg(short, long, value_name = "TEMPLATE")]
    show_only: Vec<String>,
    /// Print the custom resource definitions of crds/ too
    #[arg(long)]
    include_crds: bool,
    /// Leave out the hooks that `helm test` runs
    #[arg(long)]
    skip_tests: bool,
    /// Leave out hooks
    #[arg(long)]
    no_hooks: bool,
    /// A template for the release's name
    #[arg(long, value_name = "TEMPLATE")]
    name_template: Option<String>,
    /// Write files into this folder instead of printing
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// Put the release's name into the path of --output-dir
    #[arg(long)]
    release_name: bool,
}

impl Template {
    pub(super) fn run(self) -> Result<Vec<u8>, Failure> {
        let (name, path) = self.name_and_chart()?;
        let renderer = self.release.renderer(name)?;
        let output = Output {
            include_crds: self.include_crds,
            no_hooks: self.no_hooks,
            skip_tests: self.skip_tests,
            show_only: self.show_only,
        };
        let given = self.values.options().values(renderer.helm)?;
        if !Path::new(&path).exists() {
            return Err(Failure(format!(
                "non-absolute URLs should be in form of repo_name/path_to_chart, got: {path}"
            )));
        }
        let chart = Chart::load_as(&path, renderer.helm)?;
        let made = renderer.render(&chart, &given).map_err(|error| {
            let hint = if error.is_of_rendering() { "\n\nUse --debug flag to render out invalid YAML" } else { "" };
            Failure(format!("{error}{hint}"))
        })?;
        made.warnings.iter().for_each(|warning| eprintln!("{warning}"));
        match self.output_dir {
            None => Ok(output.text(&made, renderer.helm)?),
            Some(folder) => {
                let folder = if self.release_name { folder.join(&renderer.release.name) } else { folder };
                write(&output, &made, &folder)
            }
        }
    }

    fn name_and_chart(&self) -> Result<(String, String), Failure> {
        match (self.arguments.as_slice(), &self.name_template) {
            ([path], None) => Ok(("release-name".into(), path.clone())),
            ([path], Some(template)) => Ok((render::name_from(template)?, path.clone())),
            ([_, _], Some(_)) => Err(Failure("cannot set --name-template and also specify a name".into())),
            ([name, path], None) => Ok((name.clone(), path.clone())),
            ([_, _, rest @ ..], _) => {
                let rest = rest.join(", ");
                Err(Failure(format!("expected at most two arguments, unexpected arguments: {rest}")))
            }
            ([], _) => Err(Failure("\"helm template\" requires at least 1 argument".into())),
        }
    }
}

/// Each document into the file of its template, and a line that says so.
fn write(output: &Output, rendered: &Rendered, folder: &Path) -> Result<Vec<u8>, Failure> {
    let mut files: Vec<(&str, Vec<u8>)> = Vec::new();
    let mut said = Vec::new();
    let crds = rendered.crds.iter().filter(|_| output.include_crds);
    let crds = crds.map(|crd| (crd.filename.as_str(), &*crd.file.data));
    let manifests = rendered.manifests.iter().chain(output.hooks(rendered));
    for (source, text) in crds.chain(manifests.map(|manifest| (manifest.source.as_str(), &*manifest.text))) {
        let document = [b"---\n# Source: ", source.as_bytes(), b"\n", text, b"\n"].concat();
        match files.iter_mut().find(|(name, _)| *name == source) {
            Some((_, content)) => content.extend(document),
            None => files.push((source, document)),
        }
        said.extend(format!("wrote {}\n", folder.join(source).display()).into_bytes());
    }
    for (source, content) in files {
        let path = folder.join(source);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&path, content)?;
    }
    said.push(b'\n');
    Ok(said)
}
