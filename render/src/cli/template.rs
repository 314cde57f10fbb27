//! `render template`

#![expect(clippy::struct_field_names, clippy::struct_excessive_bools, reason = "the flags are Helm's")]

use std::mem::ManuallyDrop;
use std::path::Path;

use clap::Args;
use render::{Attempt, HelmVersion, Output, Renderer};

use super::Failure;
use super::arguments::{ReleaseFlags, ValueFlags};
use super::idle::Idle;

/// Render a chart and print its manifests, as `helm template` does
#[derive(Args)]
#[command(after_help = "Examples:\n  render template mythoughts ./chart -f values/production.yaml\n  \
    render template render/examples/shop/chart --helm-version 3 --namespace shops --set replicas=3")]
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
    output_dir: Option<String>,
    /// Put the release's name into the path of --output-dir
    #[arg(long)]
    release_name: bool,
    /// Taken as Helm takes it: a name or --name-template is used all the same
    #[arg(short, long)]
    generate_name: bool,
    /// Taken as Helm takes it: only an installation would leave out definitions
    #[arg(long)]
    skip_crds: bool,
    /// Print what was rendered even if it is no YAML, with the error after it [default: HELM_DEBUG, else false]
    #[arg(long)]
    debug: bool,
    #[command(flatten)]
    idle: Idle,
}

impl Template {
    pub(super) fn run(mut self) -> Result<Vec<u8>, Failure> {
        let mut renderer = self.release.renderer(String::new())?;
        let (name, path) = self.name_and_chart()?;
        renderer.release.name = name;
        let path = located(&path)?;
        let given = std::mem::take(&mut self.values).options()?.values(renderer.helm)?;
        // The process ends soon: to take a large chart apart piece by piece would only cost time.
        let chart = ManuallyDrop::new(renderer.load(path)?);
        let attempt = renderer.attempt(&chart, &given);
        let log_line = attempt.error.as_ref().and_then(|error| error.log_line(renderer.helm));
        attempt.rendered.warnings.iter().chain(&log_line).for_each(super::say);
        self.print(&attempt, &renderer)
    }

    fn name_and_chart(&self) -> Result<(String, String), Failure> {
        let name_template = self.name_template.as_ref().filter(|template| !template.is_empty());
        match (self.arguments.as_slice(), name_template) {
            ([path], None) => Ok(("release-name".into(), path.clone())),
            ([path], Some(template)) => {
                Ok((render::name_from(template, |name| std::env::var(name).ok())?, path.clone()))
            }
            ([_, _], _) if self.generate_name => {
                Err(Failure::new("cannot set --generate-name and also specify a name".into()))
            }
            ([_, _], Some(_)) => Err(Failure::new("cannot set --name-template and also specify a name".into())),
            ([name, path], None) => Ok((name.clone(), path.clone())),
            ([_, _, rest @ ..], _) => {
                let rest = rest.join(", ");
                Err(Failure::new(format!("expected at most two arguments, unexpected arguments: {rest}")))
            }
            ([], _) => Err(Failure::new("\"helm template\" requires at least 1 argument".into())),
        }
    }

    /// What is printed; with --debug also what there was before an error.
    fn print(self, attempt: &Attempt, renderer: &Renderer) -> Result<Vec<u8>, Failure> {
        let is_debug = self.debug || std::env::var("HELM_DEBUG").is_ok_and(|text| super::go_bool(&text) == Ok(true));
        let output = Output {
            include_crds: self.include_crds,
            no_hooks: self.no_hooks,
            skip_tests: self.skip_tests,
            show_only: self.show_only,
        };
        let Some(error) = &attempt.error else {
            let Some(folder) = self.output_dir.filter(|folder| !folder.is_empty()) else {
                return Ok(output.text(&attempt.rendered, renderer.helm)?);
            };
            let release = Some(renderer.release.name.as_str()).filter(|_| self.release_name);
            let mut said = Vec::new();
            let outcome = output.write(&attempt.rendered, &folder, release, renderer.helm, &mut said);
            return match outcome {
                Ok(()) => Ok(said),
                Err(error) => Err(Failure { output: said, ..failure(&error, is_debug) }),
            };
        };
        if !is_debug || !error.is_of_rendering() {
            return Err(failure(error, is_debug));
        }
        match output.text(&attempt.rendered, renderer.helm) {
            Ok(text) => Err(Failure { output: text, ..failure(error, is_debug) }),
            Err(missing) if renderer.helm == HelmVersion::V3 => Err(missing.into()),
            Err(_) => Err(failure(error, is_debug)),
        }
    }
}

fn failure(error: &render::Error, is_debug: bool) -> Failure {
    let has_hint = error.is_of_rendering() && !is_debug;
    let hint = if has_hint { "\n\nUse --debug flag to render out invalid YAML" } else { "" };
    Failure::new(format!("{error}{hint}"))
}

/// Where a chart is. Helm would look for others in repositories, which are not ours.
fn located(name: &str) -> Result<&Path, Failure> {
    let name = name.trim();
    if Path::new(name).exists() {
        return Ok(Path::new(name));
    }
    Err(Failure::new(match name.split_once('/') {
        _ if name.starts_with(['/', '.']) => format!("path {name:?} not found"),
        _ if name.contains("://") => format!("wanted a chart in a folder or a .tgz, met {name}"),
        Some((repository, _)) => format!("repo {repository} not found"),
        None => format!("non-absolute URLs should be in form of repo_name/path_to_chart, got: {name}"),
    }))
}
