//! Where a document of a saved output stands in what its template renders to.

use crate::cli::Failure;

/// How many lines are compared at the most.
const MAX_COMPARISONS: usize = 100_000_000;

/// On which line, from 0, a document stands in a text. `other` is the text as it comes out another time: what differs
/// there may differ in the document.
pub(super) fn find(
    whole: &str,
    other: impl FnOnce() -> Result<String, Failure>,
    document: &[&str],
) -> Result<Option<usize>, Failure> {
    match exactly(whole, document) {
        Some(start) => Ok(Some(start)),
        None => Ok(but_for_chance(whole, &other()?, document)),
    }
}

fn exactly(whole: &str, document: &[&str]) -> Option<usize> {
    let before = whole.find(document.join("\n").trim_end())?;
    Some(whole.get(..before)?.matches('\n').count())
}

/// As [`exactly`], but for lines that turn out otherwise each time.
fn but_for_chance(whole: &str, other: &str, document: &[&str]) -> Option<usize> {
    let (lines, others): (Vec<_>, Vec<_>) = (whole.lines().collect(), other.lines().collect());
    let is_too_long = lines.len().saturating_mul(document.len()) > MAX_COMPARISONS;
    if lines.len() != others.len() || is_too_long {
        return None;
    }
    let pairs: Vec<_> = lines.into_iter().zip(others).collect();
    // Helm takes away the space before a document, so its first line may have been further right.
    let is_alike = |((one, other), saved): (&(&str, &str), &&str)| one != other || one.trim() == saved.trim();
    pairs.windows(document.len().max(1)).position(|window| window.iter().zip(document).all(is_alike))
}

#[cfg(test)]
mod tests {
    use super::but_for_chance;

    #[test]
    fn only_what_is_random_may_differ() {
        let (one, other) = ("\na: 1\npassword: x\nb: 2\n", "\na: 1\npassword: y\nb: 2\n");
        assert_eq!(but_for_chance(one, other, &["a: 1", "password: z", "b: 2"]), Some(1));
        assert_eq!(but_for_chance(one, other, &["a: 3", "password: z", "b: 2"]), None);
        assert_eq!(but_for_chance(one, "a: 1\n", &["a: 1"]), None);
    }

    #[test]
    fn helm_takes_away_the_space_before_a_document() {
        assert_eq!(but_for_chance("\n  a: 1\n  b: x\n", "\n  a: 1\n  b: y\n", &["a: 1", "  b: z"]), Some(1));
    }
}
