//! Hooks: manifests that Helm runs before or after it installs the others.

use super::head::Head;

/// The annotation that makes a manifest a hook.
pub(super) const ANNOTATION: &str = "helm.sh/hook";
const WEIGHT: &str = "helm.sh/hook-weight";

/// When a hook is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HookEvent {
    /// Before the chart is installed.
    PreInstall,
    /// After the chart was installed.
    PostInstall,
    /// Before the release is deleted.
    PreDelete,
    /// After the release was deleted.
    PostDelete,
    /// Before an upgrade.
    PreUpgrade,
    /// After an upgrade.
    PostUpgrade,
    /// Before a rollback.
    PreRollback,
    /// After a rollback.
    PostRollback,
    /// By `helm test`.
    Test,
}

/// What makes a manifest a hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// `metadata.name`
    pub name: String,
    /// When it is run.
    pub events: Vec<HookEvent>,
    /// The lightest is run first.
    pub weight: i64,
}

impl Hook {
    /// What the annotations say; nothing if one of the events is unknown, as Helm leaves such a hook out.
    pub(super) fn read(events: &str, head: &Head) -> Option<Self> {
        let events = events.split(',').map(|event| HookEvent::parse(&event.trim().to_lowercase()));
        let weight = head.annotations.get(WEIGHT).and_then(|weight| weight.parse().ok()).unwrap_or_default();
        Some(Self { name: head.name.clone(), events: events.collect::<Option<_>>()?, weight })
    }

    /// Whether `helm test` runs it.
    pub fn is_test(&self) -> bool {
        self.events.contains(&HookEvent::Test)
    }
}

impl HookEvent {
    /// Its name in an annotation; `test-success` is Helm 2's.
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "pre-install" => Self::PreInstall,
            "post-install" => Self::PostInstall,
            "pre-delete" => Self::PreDelete,
            "post-delete" => Self::PostDelete,
            "pre-upgrade" => Self::PreUpgrade,
            "post-upgrade" => Self::PostUpgrade,
            "pre-rollback" => Self::PreRollback,
            "post-rollback" => Self::PostRollback,
            "test" | "test-success" => Self::Test,
            _ => return None,
        })
    }
}
