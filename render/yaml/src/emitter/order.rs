//! The order in which keys are written: by the letters, and numbers in them by their size.

use std::borrow::Cow;
use std::cmp::Ordering;

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::Dialect;

/// Sorts entries by their keys. The order has circles (`2`, `10`, `1a`), which the standard library's sorting does
/// not stand, and Go gives any result for them.
pub(super) fn sort<T>(mut entries: Vec<(Cow<'_, str>, T)>, dialect: Dialect) -> Vec<(Cow<'_, str>, T)> {
    if entries.is_sorted_by(|(left, _), (right, _)| compare(left, right, dialect).is_le()) {
        return entries;
    }
    let right = sort(entries.split_off(entries.len() / 2), dialect);
    let mut sorted = Vec::with_capacity(entries.len() + right.len());
    let mut left = sort(entries, dialect).into_iter().peekable();
    let mut right = right.into_iter().peekable();
    while let (Some((first, _)), Some((second, _))) = (left.peek(), right.peek()) {
        let less = compare(first, second, dialect).is_le();
        sorted.extend(if less { left.next() } else { right.next() });
    }
    sorted.extend(left);
    sorted.extend(right);
    sorted
}

/// Orders two keys as go-yaml sorts them: `a9` before `a10`.
fn compare(left: &str, right: &str, dialect: Dialect) -> Ordering {
    let same: usize = left
        .chars()
        .zip(right.chars())
        .take_while(|(left, right)| left == right)
        .map(|(same, _)| same.len_utf8())
        .sum();
    let (before, left) = left.split_at_checked(same).unwrap_or((left, ""));
    let right = right.get(same..).unwrap_or_default();
    let (Some(first), Some(second)) = (left.chars().next(), right.chars().next()) else {
        return left.len().cmp(&right.len());
    };
    match (is_letter(first), is_letter(second)) {
        (true, true) => first.cmp(&second),
        (false, false) => compare_numbers(before, left, right).then(first.cmp(&second)),
        (letter, _) => {
            // In go-yaml v3 the end of a number comes before what goes on with the number.
            let letter_first = dialect == Dialect::Pretty && before.chars().next_back().is_some_and(is_digit);
            if letter == letter_first { Ordering::Less } else { Ordering::Greater }
        }
    }
}

/// By the numbers that begin where the keys differ; if the digits before them are not all zeros, a 0 counts as a
/// digit inside a number.
fn compare_numbers(before: &str, left: &str, right: &str) -> Ordering {
    let inside = (left.starts_with('0') || right.starts_with('0'))
        && before.chars().rev().take_while(|digit| is_digit(*digit)).any(|digit| digit != '0');
    let (left, left_length) = number(left, inside);
    let (right, right_length) = number(right, inside);
    left.cmp(&right).then(left_length.cmp(&right_length))
}

/// The number at the start and how many digits it has. Like Go's, it wraps around.
fn number(text: &str, inside: bool) -> (i64, usize) {
    text.chars().take_while(|digit| is_digit(*digit)).fold((i64::from(inside), 0), |(number, length), digit| {
        let digit = i64::from(u32::from(digit)) - i64::from(b'0');
        (number.wrapping_mul(10).wrapping_add(digit), length + 1)
    })
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
        || !character.is_ascii() && character.general_category() == GeneralCategory::DecimalNumber
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
        || !character.is_ascii() && character.general_category_group() == GeneralCategoryGroup::Letter
}
