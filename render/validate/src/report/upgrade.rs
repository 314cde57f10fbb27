//! An upgrade, as it is printed.

use serde_json::{Value as Json, json};

use super::{Format, Report, changes, counted, github, human, json as findings_json, sarif};
use crate::changes::{Change, Kind};
use crate::upgrade::{Manner, Restart, Upgrade, is_kept};
use crate::{KubeVersion, Object, Severity};

/// What an upgrade would do.
#[derive(Clone, Copy, Debug)]
pub struct UpgradeReport<'a> {
    /// The upgrade.
    pub upgrade: &'a Upgrade<'a>,
    /// The objects of the old release and then those of the new one.
    pub objects: &'a [&'a Object],
    /// The version that it was checked for.
    pub kube_version: KubeVersion,
}

impl UpgradeReport<'_> {
    /// The text of a format, which ends with a line feed. SARIF and GitHub's have the findings alone.
    pub fn text(&self, format: Format) -> String {
        let findings =
            Report { objects: self.objects, findings: &self.upgrade.findings, kube_version: self.kube_version };
        match format {
            Format::Human { colours } => self.human(&findings, colours),
            Format::Json => format!("{:#}\n", self.json(&findings)),
            Format::Sarif => sarif::text(&findings),
            Format::GitHub => github::text(&findings),
        }
    }

    /// How many findings are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.upgrade.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    fn human(&self, findings: &Report<'_>, colours: bool) -> String {
        let upgrade = self.upgrade;
        let (kept, rest): (Vec<_>, Vec<_>) = upgrade.changes.iter().cloned().partition(stays);
        let kept = kept.iter().map(|change| format!("= {} is kept by helm.sh/resource-policy", change.object));
        let hooks = upgrade.hooks.iter().map(|hook| {
            let phases = hook.annotation("helm.sh/hook").unwrap_or_default();
            format!("hook {phases}: {hook}")
        });
        let lines = kept.chain(hooks).chain(upgrade.restarts.iter().map(restarted));
        let lines: String = lines.map(|line| human::printable(&line) + "\n").collect();
        changes::text(&rest, colours) + &lines + &human::findings(findings, colours) + &self.summary(&rest) + "\n"
    }

    /// `1 made, 2 changed, 0 deleted; 1 workload restarted; 0 errors and 1 warning`
    fn summary(&self, changes: &[Change<'_>]) -> String {
        let count = |kind: Kind| changes.iter().filter(|change| change.kind() == kind).count();
        format!(
            "{} made, {} changed, {} deleted; {} restarted; {} and {}",
            count(Kind::Made),
            count(Kind::Changed),
            count(Kind::Deleted),
            counted(self.upgrade.restarts.len(), "workload"),
            counted(self.count(Severity::Error), "error"),
            counted(self.count(Severity::Warning), "warning"),
        )
    }

    fn json(&self, findings: &Report<'_>) -> Json {
        let upgrade = self.upgrade;
        let (kept, rest): (Vec<_>, Vec<_>) = upgrade.changes.iter().cloned().partition(stays);
        let object = findings_json::object;
        let hook = |hook: &&Object| json!({"object": object(hook), "events": hook.annotation("helm.sh/hook")});
        let restart = |restart: &Restart<'_>| json!({"object": object(restart.object), "manner": manner(restart.manner), "why": restart.why});
        json!({
            "kubeVersion": self.kube_version.to_string(),
            "errors": self.count(Severity::Error),
            "warnings": self.count(Severity::Warning),
            "changes": changes::json(&rest),
            "kept": kept.iter().map(|change| object(change.object)).collect::<Vec<_>>(),
            "hooks": upgrade.hooks.iter().map(hook).collect::<Vec<_>>(),
            "restarts": upgrade.restarts.iter().map(restart).collect::<Vec<_>>(),
            "findings": upgrade.findings.iter().map(|finding| findings_json::one(findings, finding)).collect::<Vec<_>>(),
        })
    }
}

/// Whether an object stays although the new release does not have it.
fn stays(change: &Change<'_>) -> bool {
    change.kind() == Kind::Deleted && is_kept(change.object)
}

/// `restart Deployment web, a few pods at a time: spec.template.spec.containers[web].image`
fn restarted(restart: &Restart<'_>) -> String {
    let manner = match restart.manner {
        Manner::Rolling => "a few pods at a time",
        Manner::Recreate => "all pods at once",
        Manner::OnDelete => "each pod when it is deleted",
    };
    format!("restart {}, {manner}: {}", restart.object, restart.why.join(", "))
}

fn manner(manner: Manner) -> &'static str {
    match manner {
        Manner::Rolling => "rolling",
        Manner::Recreate => "recreate",
        Manner::OnDelete => "onDelete",
    }
}
