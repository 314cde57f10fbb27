//! Objects that the API server would refuse whatever was there before.

use std::collections::BTreeSet;

use super::Release;
use crate::changes::{Change, Kind};
use crate::schema::{self, REMOVED_API};
use crate::{Finding, Set, Settings, Severity};

/// What is surely wrong with new and changed objects by their schemas. One that stays as it is was accepted before,
/// but for an API that is no longer served: Helm must find the kind of every object. What is in `crds/` it leaves alone.
pub(super) fn check(changes: &[Change<'_>], old: &Set, new: Release<'_>, settings: &Settings) -> Vec<Finding> {
    let same = changes.iter().filter(|change| change.kind() == Kind::Same);
    let same: BTreeSet<_> = same.filter_map(|change| change.indices.1).collect();
    let mut findings = schema::check(new.set, &[&settings.definitions, old], settings);
    findings.retain(|finding| {
        let stays = same.contains(&finding.object) && finding.rule != &REMOVED_API;
        finding.severity == Severity::Error && !stays && !new.definitions.contains(&finding.object)
    });
    findings
}
