//! `render diff`

#[cfg(feature = "kube")]
mod cluster;

use std::process::ExitCode;

use clap::Args;
use kubevalidate::changes::{Change, Kind, changes};
use kubevalidate::report::{changes_json, changes_text};

use super::Failure;
use super::arguments::Format;
use super::sides::SideFlags;
use super::validate::colours;

/// Compare two charts, one chart with two sets of values, or a chart with a cluster, object by object and path by path
#[derive(Args)]
#[command(
    after_help = "Exit status: 0 if there is no difference, 1 if there is one, 2 if something cannot be read, rendered or asked.\n\
    What is empty or the API server's default is as if it were not there. Of what Secrets hold only the lengths are shown.\n\nExamples:\n  \
    render diff ./chart -f values/production.yaml --new-set log.level=debug\n  \
    render diff ./chart --old-values values/local.yaml --new-values values/production.yaml\n  \
    helm get manifest mine | render diff - ./chart --name mine"
)]
pub(super) struct Diff {
    /// A chart (a folder or a .tgz), manifests, a folder of manifests, or - for standard input
    old: String,
    /// What it is compared with [default: OLD, with other values]
    new: Option<String>,
    #[command(flatten)]
    sides: SideFlags,
    #[cfg(feature = "kube")]
    #[command(flatten)]
    cluster: cluster::Flags,
    /// What a build without the feature kube says of a cluster
    #[cfg(not(feature = "kube"))]
    #[arg(long, hide = true)]
    cluster: bool,
    /// For people or for programs
    #[arg(long, default_value = "human")]
    format: Format,
}

impl Diff {
    pub(super) fn run(self) -> ExitCode {
        match self.text() {
            Ok((text, differs)) => super::verdict(&text, !differs),
            Err(failure) => super::trouble(&failure),
        }
    }

    /// What is printed, and whether there is a difference.
    fn text(self) -> Result<(String, bool), Failure> {
        #[cfg(feature = "kube")]
        if self.cluster.cluster {
            let sets = cluster::sets(&self.cluster, self.sides, &self.old)?;
            return Ok(printed(&changes(&sets.live, &sets.applied), self.format));
        }
        #[cfg(not(feature = "kube"))]
        if self.cluster {
            return Err(Failure::new("--cluster wants a render that was built with --features kube".to_owned()));
        }
        let new = self.new.as_ref().unwrap_or(&self.old);
        let sides = self.sides.alike(&self.old, new)?;
        Ok(printed(&changes(&sides.old.set, &sides.new.set), self.format))
    }
}

fn printed(changes: &[Change<'_>], format: Format) -> (String, bool) {
    let text = match format {
        Format::Human => changes_text(changes, colours()),
        Format::Json => format!("{:#}\n", changes_json(changes)),
    };
    (text, changes.iter().any(|change| change.kind() != Kind::Same))
}
