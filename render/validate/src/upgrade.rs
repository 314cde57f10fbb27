//! What an upgrade of a release would do, and what the API server would refuse of it.

mod data;
mod definitions;
mod deleted;
mod early;
mod fields;
mod invalid;
mod jobs;
mod left;
mod pair;
mod pods;
mod restarts;
mod services;
mod storage;
mod strategies;

use std::collections::BTreeSet;

use crate::changes::{self, Change, Kind};
use crate::model::Hook;
use crate::{Finding, Object, Rule, Set, Settings, allow};
pub(crate) use deleted::is_kept;
use pair::{Pair, Report};
pub use restarts::{Manner, Restart};

/// The rules of this part.
pub(crate) const RULES: &[&Rule] = &[
    &fields::IMMUTABLE_SELECTOR,
    &fields::IMMUTABLE_STATEFULSET,
    &strategies::LEFTOVER_ROLLING_UPDATE,
    &jobs::IMMUTABLE_JOB,
    &pods::IMMUTABLE_POD,
    &services::IMMUTABLE_SERVICE,
    &storage::IMMUTABLE_CLAIM,
    &storage::GROWN_CLAIM,
    &storage::IMMUTABLE_VOLUME,
    &data::IMMUTABLE_DATA,
    &fields::IMMUTABLE_SECRET_TYPE,
    &fields::IMMUTABLE_ROLE,
    &fields::IMMUTABLE_CLASS,
    &fields::IMMUTABLE_FIELD,
    &fields::IMMUTABLE_DEFINITION,
    &definitions::STORED_VERSION,
    &definitions::DEFINITION_NOT_UPGRADED,
    &deleted::DELETES_DATA,
    &left::LEAVES_DATA,
    &early::HOOK_BEFORE_UPGRADE,
    &restarts::STALE_CONFIGURATION,
];

/// The rules of upgrades, in the order of the documentation.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied()
}

/// What a version of a chart makes.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    /// All of its objects.
    pub set: &'a Set,
    /// The places of those that Helm makes at an installation and never touches again: what is in `crds/`.
    pub definitions: &'a BTreeSet<usize>,
}

/// How changes come to the API server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By a patch that Helm 3 makes of both releases.
    ClientSide,
    /// By server-side apply, as Helm 4 does with a release that it installed.
    ServerSide,
}

/// What an upgrade would do.
#[derive(Clone, Debug)]
pub struct Upgrade<'a> {
    /// What becomes of the objects, without hooks and without those of `crds/`.
    pub changes: Vec<Change<'a>>,
    /// The hooks that run, in their order.
    pub hooks: Vec<&'a Object>,
    /// The workloads whose pods are made anew.
    pub restarts: Vec<Restart<'a>>,
    /// What is refused, and what is to be known. Objects are counted through the old set first, then the new one.
    pub findings: Vec<Finding>,
}

/// Follows an upgrade from one version of a release to another.
pub fn upgrade<'a>(old: Release<'a>, new: Release<'a>, method: Method, settings: &Settings) -> Upgrade<'a> {
    let all = changes::changes(old.set, new.set);
    let is_definition = |change: &Change<'_>| match change.indices {
        (_, Some(index)) => new.definitions.contains(&index),
        (Some(index), None) => old.definitions.contains(&index),
        (None, None) => false,
    };
    let (definitions, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(is_definition);
    let changes: Vec<_> = rest.into_iter().filter(|change| Hook::of(change.object).is_none()).collect();
    let restarts = restarts::of(&changes);

    let mut report = Report::new(old.set.objects().len());
    definitions::not_upgraded(&definitions, &mut report);
    for change in &changes {
        match (change.kind(), Pair::of(change)) {
            (Kind::Deleted, _) => {
                deleted::check(change, &mut report);
                left::deleted(change, &changes, new.set, &mut report);
            }
            (Kind::Changed, Some(pair)) => check(&pair, new.set, method, &mut report),
            _ => {}
        }
    }
    restarts::stale(&changes, &restarts, new.set, &mut report);
    early::check(old.set, new.set, &mut report);
    report.add_new(invalid::check(&changes, old.set, new, settings));
    let findings = kept(report.into_findings(), old.set, new.set, settings);
    Upgrade { changes, hooks: hooks(new.set), restarts, findings }
}

fn check(pair: &Pair<'_>, new: &Set, method: Method, report: &mut Report) {
    fields::check(pair, report);
    strategies::check(pair, method, report);
    jobs::check(pair, report);
    pods::check(pair, report);
    services::check(pair, report);
    storage::check(pair, new, report);
    left::check(pair, report);
    data::check(pair, report);
    definitions::check(pair, report);
}

/// The findings that neither the settings nor their object allows, in the order of their places.
fn kept(mut findings: Vec<Finding>, old: &Set, new: &Set, settings: &Settings) -> Vec<Finding> {
    let object = |index: usize| match index.checked_sub(old.objects().len()) {
        Some(index) => new.objects().get(index),
        None => old.objects().get(index),
    };
    findings.retain(|finding| !allow::is_allowed(finding, object(finding.object), settings));
    findings.sort_by(|one, other| (&one.place, &one.path).cmp(&(&other.place, &other.path)));
    findings
}

/// Those that run before an upgrade and then those that run after it, the lightest first.
fn hooks(set: &Set) -> Vec<&Object> {
    let phase = |name: &'static str| {
        let hooks = set.objects().iter().filter_map(|object| Some((object, Hook::of(object)?)));
        let mut hooks: Vec<_> = hooks.filter(|(_, hook)| hook.is_of(name)).collect();
        hooks.sort_by_key(|(_, hook)| hook.weight);
        hooks.into_iter().map(|(object, _)| object).collect::<Vec<_>>()
    };
    [phase("pre-upgrade"), phase("post-upgrade")].concat()
}
