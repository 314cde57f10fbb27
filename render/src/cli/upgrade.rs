//! `render upgrade`

use std::process::ExitCode;

use clap::Args;
use kubevalidate::report::UpgradeReport;
use kubevalidate::upgrade::{Method, Release, upgrade};
use kubevalidate::{Finding, Settings, Severity};
use render::HelmVersion;

use super::Failure;
use super::sides::{SideFlags, Sides};
use super::validate::{Format, Sources, rule};

/// Tell what an upgrade would do: objects made, changed and deleted, pods restarted, and what Kubernetes would refuse
#[derive(Args)]
#[command(
    after_help = "Exit status: 0 if nothing is refused, 1 if something is, 2 if something cannot be read or rendered.\n\
    What the old side has made is what `lookup` finds in templates of the new one; no cluster is asked.\n\nExamples:\n  \
    render upgrade ./chart -f values/production.yaml --new-set log.level=debug\n  \
    render upgrade ./chart --old-values values/local.yaml --new-values values/production.yaml\n  \
    helm get manifest mine | render upgrade - ./chart --name mine --format json"
)]
pub(super) struct Upgrade {
    /// What is there: a chart (a folder or a .tgz), manifests, a folder of manifests, or - for standard input
    old: String,
    /// What is to be there [default: OLD, with other values]
    new: Option<String>,
    #[command(flatten)]
    sides: SideFlags,
    /// Leave out what these rules find: RULE[,RULE...] (can be given several times)
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    allow: Vec<String>,
    /// How it is printed; sarif and github have what is refused alone
    #[arg(long, default_value = "human")]
    format: Format,
}

impl Upgrade {
    pub(super) fn run(self) -> ExitCode {
        let format = self.format.into();
        match self.text() {
            Ok((text, is_refused)) => super::verdict(&text, !is_refused),
            Err(failure) => super::validate::unchecked(format, &failure),
        }
    }

    /// What is printed, and whether something is refused.
    fn text(self) -> Result<(String, bool), Failure> {
        let new = self.new.as_ref().unwrap_or(&self.old);
        let Sides { old, new, kube_version } = self.sides.upgrade(&self.old, new)?;
        let settings = Settings { kube_version, allow: self.allow, ..Settings::default() };
        let method = match old.helm() {
            HelmVersion::V3 => Method::ClientSide,
            HelmVersion::V4 => Method::ServerSide,
        };
        let mut upgrade = upgrade(release(&old), release(&new), method, &settings);
        upgrade.findings = placed(upgrade.findings, &old, &new);
        let objects: Vec<_> = old.set.objects().iter().chain(new.set.objects()).collect();
        let report = UpgradeReport { upgrade: &upgrade, objects: &objects, kube_version };
        Ok((report.text(self.format.into()), report.count(Severity::Error) > 0))
    }
}

fn release(sources: &Sources) -> Release<'_> {
    Release { set: &sources.set, definitions: &sources.definitions }
}

/// Findings with the lines of templates: objects are counted through the old side first.
fn placed(findings: Vec<Finding>, old: &Sources, new: &Sources) -> Vec<Finding> {
    let before = old.set.objects().len();
    let (mut of_old, mut of_new): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| finding.object < before);
    for finding in &mut of_new {
        finding.object -= before;
    }
    old.place(&mut of_old);
    new.place(&mut of_new);
    for finding in &mut of_new {
        finding.object += before;
    }
    of_old.append(&mut of_new);
    of_old
}
