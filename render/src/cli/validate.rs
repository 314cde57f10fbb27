//! `render validate`

mod sources;

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kubevalidate::report::{self, Report};
use kubevalidate::{KubeVersion, Set, Settings, Severity, rules};
use render::{Capabilities, Renderer};

use super::Failure;
use super::arguments::{ReleaseFlags, ValueFlags};
pub(super) use sources::{Sources, in_chart, read_manifests};

/// Check the manifests of a chart, of files, or of standard input
#[derive(Args)]
#[command(after_help = "Exit status: 0 without errors, 1 with errors, 2 if something cannot be read or rendered.\n\
    An object allows rules by the annotation render.mythoughts/allow: RULE[,RULE].\n\nExamples:\n  \
    render validate ./chart -f values/production.yaml\n  \
    render validate render/examples/shop/manifests --kube-version 1.34 --format sarif\n  \
    kubectl kustomize . | render validate -")]
pub(super) struct Validate {
    /// Charts (folders or .tgz), manifests, folders of manifests, or - for standard input
    #[arg(required_unless_present = "rules", value_name = "PATH")]
    paths: Vec<String>,
    /// The release's name, for charts
    #[arg(long, default_value = "release-name")]
    name: String,
    #[command(flatten)]
    values: ValueFlags,
    #[command(flatten)]
    release: ReleaseFlags,
    /// Take what is checked for the whole: what is missing in it is an error
    #[arg(long)]
    closed: bool,
    /// A folder with definitions of custom resources (can be given several times)
    #[arg(long, value_name = "DIR")]
    crds: Vec<String>,
    /// Leave out what these rules find: RULE[,RULE...] (can be given several times)
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    allow: Vec<String>,
    /// How findings are printed
    #[arg(long, default_value = "human")]
    format: Format,
    /// Print all rules as a table instead
    #[arg(long)]
    rules: bool,
}

/// A renderer whose templates are told what a cluster of the wanted version serves, not what Helm knows without one.
pub(super) fn checked_renderer(flags: &ReleaseFlags, name: String) -> Result<(Renderer, KubeVersion), Failure> {
    let mut renderer = flags.renderer(name)?;
    let version = &renderer.capabilities.kube_version.normalized;
    let kube_version = KubeVersion::parse(version)
        .ok_or_else(|| Failure::new(format!("wanted a version of Kubernetes, met {version}")))?;
    let without_cluster = Capabilities::of(renderer.helm).api_versions;
    let api_versions = &mut renderer.capabilities.api_versions;
    api_versions.retain(|version| !without_cluster.contains(version));
    api_versions.extend(kubevalidate::api_versions(kube_version));
    Ok((renderer, kube_version))
}

/// How findings are printed.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// A line for each
    Human,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    #[value(name = "github")]
    GitHub,
}

impl Validate {
    pub(super) fn run(self) -> ExitCode {
        if self.rules {
            return super::verdict(&report::table(), true);
        }
        let format = report::Format::from(self.format);
        match self.check() {
            Ok((text, has_errors)) => super::verdict(&text, !has_errors),
            Err(failure) => unchecked(format, &failure),
        }
    }

    /// What is printed, and whether there is an error in it.
    fn check(self) -> Result<(String, bool), Failure> {
        let (renderer, kube_version) = checked_renderer(&self.release, self.name)?;
        let mut definitions = Set::default();
        for folder in &self.crds {
            sources::read_folder(&mut definitions, folder.as_ref())?;
        }
        let mut sources = Sources::new(renderer, self.release.world(), self.values.options()?);
        for path in &self.paths {
            sources.read(path)?;
        }
        let settings = Settings { kube_version, closed: self.closed, definitions, allow: self.allow };
        let mut findings = kubevalidate::validate(&sources.set, &settings);
        sources.place(&mut findings);
        let objects: Vec<_> = sources.set.objects().iter().collect();
        let report = Report { objects: &objects, findings: &findings, kube_version };
        Ok((report.text(self.format.into()), report.count(Severity::Error) > 0))
    }
}

/// Says in the format why nothing was checked, and as every command does.
pub(super) fn unchecked(format: report::Format, failure: &Failure) -> ExitCode {
    match super::write(format.failure(&failure.message).as_bytes()) {
        Ok(()) => super::trouble(failure),
        Err(failure) => super::trouble(&failure),
    }
}

impl From<Format> for report::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Human => Self::Human { colours: colours() },
            Format::Json => Self::Json,
            Format::Sarif => Self::Sarif,
            Format::GitHub => Self::GitHub,
        }
    }
}

/// Whether standard output is a terminal that takes colours.
pub(super) fn colours() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty())
}

/// The id of a rule that there is.
pub(super) fn rule(id: &str) -> Result<String, String> {
    if rules().any(|rule| rule.id == id) {
        Ok(id.to_owned())
    } else {
        Err("no such rule; --rules prints all".to_owned())
    }
}
