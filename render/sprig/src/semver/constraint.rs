//! Reading of constraints.

use super::check::Operator;
use super::scan::{self, Parts, skip_space};
use super::version::Version;

const MAX_LENGTH: usize = 512;
const MAX_GROUPS: usize = 32;

/// Constraints on a version: groups, of which one must hold with all its members.
#[derive(Clone, Debug)]
pub struct Constraints {
    groups: Vec<Group>,
}

#[derive(Clone, Debug)]
struct Group {
    members: Vec<Constraint>,
    /// Whether a member names a prerelease: only then prereleases can satisfy the group.
    prerelease: bool,
}

/// One operator and one version.
#[derive(Clone, Debug)]
pub(super) struct Constraint {
    pub(super) operator: Operator,
    pub(super) version: Version,
    pub(super) wild: Wild,
}

/// From which number on a version is left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wild {
    Nothing,
    Patch,
    Minor,
    Everything,
}

impl Constraints {
    /// Reads constraints such as `>=1.20.0-0 <2 || ^3.1, !=3.2.x || 1.2 - 1.4`, as `semver.NewConstraint`. The error is
    /// Go's text.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > MAX_LENGTH {
            return Err(format!("constraint string is too long (max {MAX_LENGTH} bytes)"));
        }
        let text = rewrite_ranges(text);
        let groups: Vec<&str> = text.split("||").collect();
        if groups.len() > MAX_GROUPS {
            return Err(format!("too many constraint groups (max {MAX_GROUPS})"));
        }
        Ok(Self { groups: groups.into_iter().map(Group::parse).collect::<Result<_, _>>()? })
    }

    pub(super) fn parse_bytes(text: &[u8]) -> Result<Self, String> {
        match std::str::from_utf8(text) {
            Ok(text) => Self::parse(text),
            // No constraint has other bytes; the message quotes them.
            Err(_) => Err(improper(text)),
        }
    }

    /// Whether the version satisfies one of the groups.
    pub fn check(&self, version: &Version) -> bool {
        self.groups.iter().any(|group| {
            let admitted = group.prerelease || version.prerelease.is_empty();
            admitted && group.members.iter().all(|member| member.check(version))
        })
    }
}

impl Group {
    fn parse(text: &str) -> Result<Self, String> {
        let mut members = Vec::new();
        let mut rest = skip_space(text);
        // One empty text would be a group without a member.
        loop {
            let (operator, after) = scan::operator(rest);
            let scanned = scan::version(skip_space(after), scan::wild_digit);
            let (parts, _, after) = scanned.ok_or_else(|| improper(text.as_bytes()))?;
            members.push((operator, parts));
            let next = skip_space(after);
            if next.is_empty() {
                break;
            }
            rest = match next.strip_prefix(',') {
                Some(rest) => skip_space(rest),
                None if next.len() < after.len() => next,
                None => return Err(improper(text.as_bytes())),
            };
        }
        let members: Vec<Constraint> =
            members.into_iter().map(|(operator, parts)| Constraint::new(operator, parts)).collect::<Result<_, _>>()?;
        let prerelease = members.iter().any(|member| !member.version.prerelease.is_empty());
        Ok(Self { members, prerelease })
    }
}

impl Constraint {
    fn new(operator: &str, parts: Parts<'_>) -> Result<Self, String> {
        let open = |number: &str| matches!(number, "" | "x" | "X" | "*");
        let prerelease = if parts.prerelease.is_empty() { String::new() } else { format!("-{}", parts.prerelease) };
        let (wild, text) = if open(parts.major) {
            (Wild::Everything, format!("0.0.0{prerelease}"))
        } else if open(parts.minor) {
            (Wild::Minor, format!("{}.0.0{prerelease}", parts.major))
        } else if open(parts.patch) {
            (Wild::Patch, format!("{}.{}.0{prerelease}", parts.major, parts.minor))
        } else {
            (Wild::Nothing, format!("{}.{}.{}{prerelease}", parts.major, parts.minor, parts.patch))
        };
        let mut version = Version::parse(&text).map_err(|_| "constraint parser error".to_owned())?;
        if wild == Wild::Nothing {
            parts.metadata.clone_into(&mut version.metadata);
        }
        Ok(Self { operator: Operator::new(operator), version, wild })
    }
}

fn improper(text: &[u8]) -> String {
    format!("improper constraint: {}", govalue::strconv::quote(text))
}

/// Writes `1.2 - 1.4` as two comparisons.
fn rewrite_ranges(text: &str) -> String {
    let mut rewritten = text.to_owned();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let Some((whole, low, high)) = range(rest) else {
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
            continue;
        };
        rewritten = rewritten.replacen(whole, &format!(">= {low}, <= {high} "), 1);
        rest = rest.get(whole.len()..).unwrap_or_default();
    }
    rewritten
}

/// The range that a text starts with, and its two ends.
fn range(text: &str) -> Option<(&str, &str, &str)> {
    let (_, low, rest) = scan::version(skip_space(text), scan::wild_digit)?;
    let hyphen = skip_space(rest);
    let space = skip_space(hyphen.strip_prefix('-')?);
    if hyphen.len() == rest.len() || space.len() + 1 == hyphen.len() {
        return None;
    }
    let (_, high, rest) = scan::version(space, scan::wild_digit)?;
    let whole = text.get(..text.len() - skip_space(rest).len())?;
    Some((whole, low, high))
}
