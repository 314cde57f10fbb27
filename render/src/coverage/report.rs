//! What is told of a set of cases.

use std::collections::BTreeMap;
use std::sync::Arc;

/// What a set of cases came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The templates, by their paths.
    pub files: Vec<CoveredFile>,
    /// The values of `values.yaml` that no template read, nor can by a line or an operand that was not reached, as far
    /// as names tell: they change nothing.
    pub unread: Vec<String>,
    /// What cases give that no template read either, and that no chart has a value for: perhaps it is misspelt. What a
    /// refused case gives is not told.
    pub ignored: Vec<Ignored>,
    /// What templates read that neither `values.yaml` nor `values.schema.json` has.
    pub undeclared: Vec<Undeclared>,
}

/// A template's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoveredFile {
    /// The path, which begins with the chart's name as `# Source:` lines do.
    pub path: String,
    /// The text.
    pub text: Arc<[u8]>,
    /// How often each line was executed, from 1; lines without text or actions of their own are left out.
    pub lines: BTreeMap<usize, u64>,
    /// Where the template goes one way or another, from above.
    pub branches: Vec<Branch>,
}

/// A place where a template goes one way or another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its line, from 1.
    pub line: usize,
    /// The byte in the line, from 1.
    pub column: usize,
    /// `if`, `with`, `range`, or a function that chooses: `default`, `dig`, `coalesce`, `ternary`, `and`, `or`
    pub word: String,
    /// The ways: at least two.
    pub arms: Vec<Arm>,
}

/// One of the ways that a branch goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// `true`, `no elements`, `operand 2`
    pub name: String,
    /// How often it was taken.
    pub hits: u64,
}

/// A key that is read but declared nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undeclared {
    /// `image.tag`; a dot in a key is `\.`.
    pub path: String,
    /// The template that read it first.
    pub file: String,
    /// The line of that.
    pub line: usize,
}

/// A key that a case gives and no template reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// `image.tag`; a dot in a key is `\.`.
    pub path: String,
    /// The files and flags that give it; none if values were given as such.
    pub origins: Vec<String>,
}

/// How many of all were taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many were taken.
    pub taken: usize,
    /// How many there are.
    pub all: usize,
}

impl Report {
    /// Of the lines of all files.
    pub fn lines(&self) -> Share {
        self.files.iter().map(CoveredFile::lines).sum()
    }

    /// Of the ways of all branches.
    pub fn branches(&self) -> Share {
        self.files.iter().map(CoveredFile::branches).sum()
    }

    /// The ways that no case took: `shop/templates/web.yaml:12:5  if: false`.
    pub fn missed(&self) -> Vec<String> {
        let missed = |file: &CoveredFile| file.missed().map(|(branch, arm)| file.way(branch, arm)).collect::<Vec<_>>();
        self.files.iter().flat_map(missed).collect()
    }
}

impl CoveredFile {
    /// Of its lines.
    pub fn lines(&self) -> Share {
        Share::of(self.lines.values().copied())
    }

    /// Each way of a branch that no case took.
    pub fn missed(&self) -> impl Iterator<Item = (&Branch, &Arm)> {
        let arms = self.branches.iter().flat_map(|branch| branch.arms.iter().map(move |arm| (branch, arm)));
        arms.filter(|(_, arm)| arm.hits == 0)
    }

    /// A way of one of its branches: `shop/templates/web.yaml:12:5  if: false`.
    pub fn way(&self, branch: &Branch, arm: &Arm) -> String {
        format!("{}:{}:{}  {}: {}", self.path, branch.line, branch.column, branch.word, arm.name)
    }

    /// Of the ways of its branches.
    pub fn branches(&self) -> Share {
        Share::of(self.branches.iter().flat_map(|branch| &branch.arms).map(|arm| arm.hits))
    }
}

impl Share {
    fn of(hits: impl Iterator<Item = u64>) -> Self {
        hits.map(|hits| Self { taken: usize::from(hits > 0), all: 1 }).sum()
    }

    /// In per cent; of nothing all was taken.
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^52")]
    pub fn percent(self) -> f64 {
        if self.all == 0 { 100.0 } else { self.taken as f64 * 100.0 / self.all as f64 }
    }

    /// Whether it is at least so many per cent.
    pub fn reach(self, percent: f64) -> bool {
        self.percent() >= percent
    }
}

impl std::iter::Sum for Share {
    fn sum<I: Iterator<Item = Self>>(shares: I) -> Self {
        shares.fold(Self::default(), |one, other| Self { taken: one.taken + other.taken, all: one.all + other.all })
    }
}
