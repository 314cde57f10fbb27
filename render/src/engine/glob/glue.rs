//! Joins matchers that are next to each other to one.

use super::matcher::Matcher;

/// How matchers are joined.
#[derive(Clone, Copy)]
enum Glue {
    /// To one that looks at all characters alike.
    Every,
    /// To a row.
    Row,
}

/// Joins all to one, if that can be done.
pub(super) fn glue(matchers: Vec<Matcher>) -> Result<Matcher, Vec<Matcher>> {
    let runs = Runs::of(&matchers);
    match runs.glue(0, matchers.len()) {
        Some(glue) => Ok(join(matchers, glue)),
        None => Err(matchers),
    }
}

/// Joins the longest run that can be joined, again and again.
pub(super) fn minimise(mut matchers: Vec<Matcher>) -> Vec<Matcher> {
    while let Some((left, right, glue)) = best(&matchers) {
        let joined = join(matchers.drain(left..right).collect(), glue);
        matchers.insert(left, joined);
    }
    matchers
}

/// Where the run to join is.
fn best(matchers: &[Matcher]) -> Option<(usize, usize, Glue)> {
    let runs = Runs::of(matchers);
    let mut best: Option<(usize, usize, Glue)> = None;
    for left in 0..matchers.len() {
        for right in (left + 2..=runs.end(left)).rev() {
            let Some(glue) = runs.glue(left, right) else { continue };
            let better = best.is_none_or(|(l, r, done)| {
                r - l < right - left
                    || runs.length(l, r, done) < runs.length(left, right, glue) && matches!(done, Glue::Row)
            });
            if better {
                best = Some((left, right, glue));
            }
        }
    }
    best
}

/// Which matchers can be joined with those after them.
struct Runs {
    /// For every matcher, the end of the run after it that looks at all characters alike.
    every: Vec<usize>,
    /// For every matcher, the end of the run after it of known lengths.
    row: Vec<usize>,
    /// The length of all before a matcher, those of unknown length counted as nothing.
    lengths: Vec<usize>,
}

impl Runs {
    fn of(matchers: &[Matcher]) -> Self {
        let separators: Vec<_> = matchers.iter().map(separators).collect();
        let known: Vec<_> = matchers.iter().map(Matcher::length).collect();
        let every = ends(matchers.len(), |i| separators[i].is_some(), |i| separators[i] == separators[i + 1]);
        let row = ends(matchers.len(), |i| known[i].is_some(), |_| true);
        let mut lengths = vec![0];
        let mut sum = 0;
        for length in known {
            sum += length.unwrap_or(0);
            lengths.push(sum);
        }
        Self { every, row, lengths }
    }

    fn end(&self, left: usize) -> usize {
        self.every[left].max(self.row[left])
    }

    fn glue(&self, left: usize, right: usize) -> Option<Glue> {
        if right - left < 2 {
            None
        } else if right <= self.every[left] {
            Some(Glue::Every)
        } else {
            (right <= self.row[left]).then_some(Glue::Row)
        }
    }

    /// The length of what is joined, if it is known.
    fn length(&self, left: usize, right: usize, glue: Glue) -> Option<usize> {
        matches!(glue, Glue::Row).then(|| self.lengths[right] - self.lengths[left])
    }
}

/// The end of the run that begins with each of so many: with itself, if it cannot be in a run.
fn ends(count: usize, fits: impl Fn(usize) -> bool, goes_on: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut ends = vec![count; count];
    for i in (0..count).rev() {
        ends[i] = if !fits(i) {
            i
        } else if i + 1 < count && fits(i + 1) && goes_on(i) {
            ends[i + 1]
        } else {
            i + 1
        };
    }
    ends
}

/// What a matcher of single characters leaves out; nothing if it is another one.
fn separators(matcher: &Matcher) -> Option<&str> {
    match matcher {
        Matcher::Super => Some(""),
        Matcher::Any | Matcher::Single => Some("/"),
        Matcher::List { chars, not: true } => Some(chars),
        _ => None,
    }
}

fn join(matchers: Vec<Matcher>, glue: Glue) -> Matcher {
    match glue {
        Glue::Every => join_every(&matchers),
        Glue::Row => {
            let length = matchers.iter().filter_map(Matcher::length).sum();
            Matcher::Row { parts: matchers, length }
        }
    }
}

/// As in the original, signs that leave out a set of characters become one that leaves out the set as a text.
fn join_every(matchers: &[Matcher]) -> Matcher {
    let separators = matchers.first().and_then(separators).unwrap_or_default();
    let any = matchers.iter().any(|matcher| matches!(matcher, Matcher::Any));
    let singles = matchers.iter().filter(|matcher| matcher.length() == Some(1)).count();
    if separators.is_empty() {
        return Matcher::Super;
    }
    if singles == 0 {
        return Matcher::Any;
    }
    let mut every = vec![Matcher::Min(singles)];
    if !any {
        every.push(Matcher::Max(singles));
    }
    every.push(Matcher::Lacks(separators.to_owned()));
    Matcher::EveryOf(every)
}
