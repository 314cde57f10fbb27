//! Where a document of a saved output stands in what its template renders to.

use crate::cli::Failure;

/// How many lines are compared at the most.
const MAX_COMPARISONS: usize = 100_000_000;

/// On which line, from 0, a document stands in a text. `others` are what the text comes out as other times: what differs
/// between them may differ in the document.
pub(super) fn find(
    whole: &str,
    others: impl IntoIterator<Item = Result<String, Failure>>,
    document: &[&str],
) -> Result<Option<usize>, Failure> {
    if let Some(start) = exactly(whole, document) {
        return Ok(Some(start));
    }
    let mut lines: Vec<Line<'_>> = whole.lines().map(|text| Line { text, is_chance: false }).collect();
    if lines.len().saturating_mul(document.len()) > MAX_COMPARISONS {
        return Ok(None);
    }
    // What is left to chance may come out alike once.
    for other in others {
        let other = other?;
        if other.lines().count() != lines.len() {
            return Ok(None);
        }
        for (line, other) in lines.iter_mut().zip(other.lines()) {
            line.is_chance |= line.text != other;
        }
        if let Some(start) = but_for_chance(&lines, document) {
            return Ok(Some(start));
        }
    }
    Ok(None)
}

/// A line of a text.
struct Line<'a> {
    text: &'a str,
    /// Whether it comes out otherwise another time.
    is_chance: bool,
}

fn exactly(whole: &str, document: &[&str]) -> Option<usize> {
    let before = whole.find(document.join("\n").trim_end())?;
    Some(whole.get(..before)?.matches('\n').count())
}

/// As [`exactly`], but for lines that turn out otherwise each time.
fn but_for_chance(lines: &[Line<'_>], document: &[&str]) -> Option<usize> {
    // Helm takes away the space before a document, so its first line may have been further right.
    let is_alike = |(line, saved): (&Line<'_>, &&str)| line.is_chance || line.text.trim() == saved.trim();
    lines.windows(document.len().max(1)).position(|window| window.iter().zip(document).all(is_alike))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn found(whole: &str, others: &[&str], document: &[&str]) -> Option<usize> {
        find(whole, others.iter().map(|other| Ok((*other).to_owned())), document).ok().unwrap()
    }

    #[test]
    fn only_what_is_random_may_differ() {
        let (one, other) = ("\na: 1\npassword: x\nb: 2\n", "\na: 1\npassword: y\nb: 2\n");
        assert_eq!(found(one, &[other], &["a: 1", "password: z", "b: 2"]), Some(1));
        assert_eq!(found(one, &[other], &["a: 3", "password: z", "b: 2"]), None);
        assert_eq!(found(one, &["a: 1\n"], &["a: 1", "password: z"]), None);
    }

    #[test]
    fn what_is_random_may_come_out_alike_once() {
        assert_eq!(found("a: 1\nb: x\n", &["a: 1\nb: x\n", "a: 1\nb: y\n"], &["a: 1", "b: z"]), Some(0));
    }

    #[test]
    fn helm_takes_away_the_space_before_a_document() {
        assert_eq!(found("\n  a: 1\n  b: x\n", &["\n  a: 1\n  b: y\n"], &["a: 1", "  b: z"]), Some(1));
    }
}
