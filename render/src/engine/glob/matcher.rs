//! What a pattern is compiled to.

/// Something that a path, or a piece of one, is or is not of.
#[derive(Debug)]
pub(super) enum Matcher {
    /// The empty text.
    Nothing,
    /// Any text without a separator.
    Any,
    /// Any text.
    Super,
    /// One character that is no separator.
    Single,
    Text(String),
    List {
        chars: String,
        not: bool,
    },
    Range {
        low: char,
        high: char,
        not: bool,
    },
    /// At least so many characters.
    Min(usize),
    /// At most so many characters.
    Max(usize),
    /// A text that has another one in it.
    Contains(String),
    /// A text that has not.
    Lacks(String),
    Prefix(String),
    Suffix(String),
    /// A beginning, and no separator after it.
    PrefixAny(String),
    /// An end, and no separator before it.
    SuffixAny(String),
    /// A beginning and an end, which may overlap.
    PrefixSuffix(String, String),
    /// All of them at once.
    EveryOf(Vec<Matcher>),
    /// One of them.
    AnyOf(Vec<Matcher>),
    /// One after the other, each of a known length.
    Row {
        parts: Vec<Matcher>,
        length: usize,
    },
    Tree(Box<Tree>),
}

/// Something to look for, and what must be before and after it.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) value: Matcher,
    pub(super) left: Option<Matcher>,
    pub(super) right: Option<Matcher>,
    /// The length of what is before, as far as it is known.
    pub(super) left_length: usize,
    /// The length of what is after, as far as it is known.
    pub(super) right_length: usize,
}

impl Matcher {
    pub(super) fn tree(left: Option<Self>, value: Self, right: Option<Self>) -> Self {
        let length = |side: &Option<Self>| side.as_ref().and_then(Self::length).unwrap_or(0);
        let (left_length, right_length) = (length(&left), length(&right));
        Self::Tree(Box::new(Tree { value, left, right, left_length, right_length }))
    }

    /// How many characters it matches, if it is always that many.
    pub(super) fn length(&self) -> Option<usize> {
        match self {
            Self::Nothing => Some(0),
            Self::Single | Self::List { .. } | Self::Range { .. } => Some(1),
            Self::Text(text) => Some(text.chars().count()),
            Self::Row { length, .. } => Some(*length),
            Self::AnyOf(matchers) => common_length(matchers),
            _ => None,
        }
    }
}

/// The length that all have. As in the original, those before the first one with a length do not count.
fn common_length(matchers: &[Matcher]) -> Option<usize> {
    let mut lengths = matchers.iter().map(Matcher::length).skip_while(Option::is_none);
    let length = lengths.next()?;
    lengths.all(|other| other == length).then_some(length)?
}
