//! Whether a version satisfies a constraint.

use std::cmp::Ordering;

use super::constraint::{Constraint, Wild};
use super::version::{Version, compare_prereleases};

/// How the version must relate to the constraint's.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operator {
    /// The same, or within what is left open.
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    /// From there on within the same minor version, or major if the minor is left open.
    Tilde,
    /// From there on without a change of the first number that is not zero.
    Caret,
}

impl Operator {
    pub(super) fn new(text: &str) -> Self {
        match text {
            "!=" => Self::NotEqual,
            ">" => Self::Greater,
            "<" => Self::Less,
            ">=" | "=>" => Self::GreaterOrEqual,
            "<=" | "=<" => Self::LessOrEqual,
            "~" | "~>" => Self::Tilde,
            "^" => Self::Caret,
            _ => Self::Equal,
        }
    }
}

impl Constraint {
    pub(super) fn check(&self, version: &Version) -> bool {
        let order = version.compare(&self.version);
        match self.operator {
            Operator::Equal if self.wild == Wild::Nothing => order.is_eq(),
            Operator::Equal | Operator::Tilde => order.is_ge() && self.within_tilde(version),
            Operator::NotEqual => self.differs(version, order),
            Operator::Greater => self.is_below(version, order),
            Operator::Less => order.is_lt(),
            Operator::GreaterOrEqual => order.is_ge(),
            Operator::LessOrEqual => self.reaches(version, order),
            Operator::Caret => order.is_ge() && self.within_caret(version),
        }
    }

    fn same_major(&self, version: &Version) -> bool {
        version.major == self.version.major
    }

    fn same_minor(&self, version: &Version) -> bool {
        version.minor == self.version.minor
    }

    fn differs(&self, version: &Version, order: Ordering) -> bool {
        match self.wild {
            Wild::Minor => !self.same_major(version),
            Wild::Patch => {
                let prereleases = compare_prereleases(&version.prerelease, &self.version.prerelease);
                !self.same_major(version) || !self.same_minor(version) || prereleases.is_ne()
            }
            Wild::Nothing | Wild::Everything => order.is_ne(),
        }
    }

    /// For `>`: the whole of what is left open must be passed.
    fn is_below(&self, version: &Version, order: Ordering) -> bool {
        match (self.wild, version.major.cmp(&self.version.major)) {
            (Wild::Nothing, _) => order.is_gt(),
            (_, Ordering::Greater) => true,
            (_, Ordering::Less) | (Wild::Minor, _) => false,
            (Wild::Patch, _) => version.minor > self.version.minor,
            (Wild::Everything, _) => order.is_gt(),
        }
    }

    /// For `<=`: anything within what is left open will do.
    fn reaches(&self, version: &Version, order: Ordering) -> bool {
        match (self.wild, version.major.cmp(&self.version.major)) {
            (Wild::Nothing, _) => order.is_le(),
            (_, Ordering::Greater) => false,
            (_, Ordering::Less) | (Wild::Minor, _) => true,
            (Wild::Patch | Wild::Everything, _) => version.minor <= self.version.minor,
        }
    }

    fn within_tilde(&self, version: &Version) -> bool {
        let zero = (self.version.major, self.version.minor, self.version.patch) == (0, 0, 0);
        if zero && matches!(self.wild, Wild::Nothing | Wild::Everything) {
            return true;
        }
        self.same_major(version) && (self.same_minor(version) || self.wild == Wild::Minor)
    }

    fn within_caret(&self, version: &Version) -> bool {
        if self.version.major > 0 || self.wild == Wild::Minor {
            return self.same_major(version);
        }
        if version.major > 0 {
            return false;
        }
        if self.version.minor > 0 || self.wild == Wild::Patch {
            return self.same_minor(version);
        }
        version.minor == 0 && version.patch == self.version.patch
    }
}
