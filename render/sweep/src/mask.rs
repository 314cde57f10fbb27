//! Outputs with random parts: Helm's own runs show which parts these are, and of which shape.

use std::collections::BTreeSet;

/// The first lines, ours and Helm's, where ours is none that Helm could have printed; nothing if there are none.
///
/// Only words that change from one of Helm's `runs` to the next are masked. What these have in common at their ends must
/// be in ours too, and what is between must be as long as in some runs, and of the same kinds of characters.
pub(crate) fn difference(ours: &[u8], runs: &[Vec<u8>]) -> Option<(String, String)> {
    let runs: Vec<Vec<&[u8]>> = runs.iter().map(|run| lines(run)).collect();
    let ours = lines(ours);
    let first = runs.first()?;
    // Runs that do not line up tell nothing about a line.
    let runs = if runs.iter().all(|run| run.len() == first.len()) { runs.as_slice() } else { &runs[..1] };
    let line = (0..ours.len().max(first.len())).find(|line| {
        let helm: Option<Vec<&[u8]>> = runs.iter().map(|run| run.get(*line).copied()).collect();
        !ours.get(*line).zip(helm).is_some_and(|(ours, helm)| is_like(ours, &helm))
    })?;
    let shown = |lines: &[&[u8]]| {
        lines.get(line).map_or("(nothing more)".into(), |line| String::from_utf8_lossy(line).into_owned())
    };
    Some((shown(&ours), shown(first)))
}

fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split(|byte| *byte == b'\n').collect()
}

/// Whether a line is as Helm's runs have it, word by word if they have as many words.
fn is_like(ours: &[u8], helm: &[&[u8]]) -> bool {
    let words: Vec<Vec<&[u8]>> = helm.iter().map(|line| words(line)).collect();
    let our_words = self::words(ours);
    if words.iter().any(|words| words.len() != our_words.len()) {
        return is_word_like(ours, helm);
    }
    our_words.iter().enumerate().all(|(place, ours)| {
        let helm: Vec<&[u8]> = words.iter().map(|words| words[place]).collect();
        is_word_like(ours, &helm)
    })
}

/// The words of a line, and what is between them: the signs of YAML, which neither hexadecimal nor base64 digits have.
fn words(line: &[u8]) -> Vec<&[u8]> {
    let is_between = |byte: &u8| b" \t\r'\",:;()[]{}<>@".contains(byte);
    line.chunk_by(|one, next| is_between(one) == is_between(next)).collect()
}

fn is_word_like(ours: &[u8], helm: &[&[u8]]) -> bool {
    let Some((first, others)) = helm.split_first() else { return false };
    if others.iter().all(|other| other == first) {
        return ours == *first;
    }
    let start = others.iter().map(|other| common(first.iter(), other.iter())).min().unwrap_or_default();
    // What random characters have in common by chance is no common part.
    let start = first[..start].iter().rposition(|byte| !byte.is_ascii_alphanumeric()).map_or(0, |place| place + 1);
    let rest: Vec<&[u8]> = helm.iter().map(|word| &word[start..]).collect();
    let end = rest.iter().map(|word| common(rest[0].iter().rev(), word.iter().rev())).min().unwrap_or_default();
    let end =
        first[first.len() - end..].iter().position(|byte| !byte.is_ascii_alphanumeric()).map_or(0, |place| end - place);
    let middle = |word: &[u8]| word[start..word.len() - end].to_vec();
    ours.len() >= start + end
        && ours.starts_with(&first[..start])
        && ours.ends_with(&first[first.len() - end..])
        && is_shaped(&middle(ours), &helm.iter().map(|word| middle(word)).collect::<Vec<_>>())
}

fn common<'a>(one: impl Iterator<Item = &'a u8>, other: impl Iterator<Item = &'a u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

/// Whether random characters are as many as those of one of Helm's runs, or between, and of the same kinds.
fn is_shaped(ours: &[u8], helm: &[Vec<u8>]) -> bool {
    let lengths = || helm.iter().map(Vec::len);
    let kinds: BTreeSet<u8> = helm.iter().flatten().copied().map(kind).collect();
    lengths().min() <= Some(ours.len())
        && Some(ours.len()) <= lengths().max()
        && ours.iter().all(|byte| kinds.contains(&kind(*byte)))
}

/// One character of each kind: digits, letters of hexadecimal digits and others in both cases; a sign is of its own kind.
fn kind(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => b'0',
        b'a'..=b'f' => b'a',
        b'g'..=b'z' => b'z',
        b'A'..=b'F' => b'A',
        b'G'..=b'Z' => b'Z',
        sign => sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ours, runs of Helm, and whether ours may be one of them.
    const CASES: &[(&str, &[&str], bool)] = &[
        // what does not change must be the same
        ("a: 1\nb: 2\n", &["a: 1\nb: 2\n", "a: 1\nb: 2\n"], true),
        ("a: 1\nb: 3\n", &["a: 1\nb: 2\n", "a: 1\nb: 2\n"], false),
        ("a: 1\nb: 3\n", &["a: x1\nb: 2\n", "a: 3y\nb: 2\n"], false),
        ("key: k9Xa\n", &["key: Zz31\n", "key: 0aQb\n"], true),
        // of another shape: nothing, a word of the template's language, a length, an alphabet
        ("key:\n", &["key: Zz31\n", "key: 0aQb\n"], false),
        ("key: \n", &["key: Zz31\n", "key: 0aQb\n"], false),
        ("key: null\n", &["key: Zz3Qg1\n", "key: 0gaQbm\n"], false),
        ("key: null\n", &["key: 1a05\n", "key: 0e3b\n"], false),
        ("key: k9Xa4\n", &["key: Zz31\n", "key: 0aQb\n"], false),
        ("key: k9+a\n", &["key: Zz31\n", "key: 0aQb\n"], false),
        // as long as Helm's runs, which differ
        ("port: 443\n", &["port: 8\n", "port: 22321\n"], true),
        // around the random part
        ("kex: k9Xa\n", &["key: Zz31\n", "key: 0aQb\n"], false),
        ("  key: k9Xa\n", &["key: Zz31\n", "key: 0aQb\n"], false),
        ("key: \"k9Xa\"\n", &["key: Zz31\n", "key: 0aQb\n"], false),
        ("key: k9Xa\r\n", &["key: Zz31\n", "key: 0aQb\n"], false),
        ("name: jab-job-x1z2q\n", &["name: my-job-a9b1z\n", "name: my-job-q1r2s\n"], false),
        ("name: my-job-x1z2q\n", &["name: my-job-a9b1z\n", "name: my-job-q1r2s\n"], true),
        ("name: x1z2q-job\n", &["name: a9b1z-jab\n", "name: q1r2s-jab\n"], false),
        // between two random parts
        ("{a: x1, b: no, c: z4}", &["{a: q2, b: on, c: x1}", "{a: r9, b: on, c: z9}"], false),
        ("{a: x1, b: on, c: z4}", &["{a: q2, b: on, c: x1}", "{a: r9, b: on, c: z9}"], true),
        // a chance that random parts begin alike
        ("key: k9Xa\n", &["key: Zz31\n", "key: ZaQb\n"], true),
        // lines that are too many, and runs that do not line up
        ("key: k9Xa\nmore: 1\n", &["key: Zz31\n", "key: 0aQb\n"], false),
        ("key: k9Xa", &["key: Zz31\n", "key: 0aQb\n"], false),
        ("key: k9Xa\n", &["key: Zz31\n", "key: 0aQb\nmore: 1\n"], false),
    ];

    #[test]
    fn only_random_parts_are_masked() {
        for (ours, runs, same) in CASES {
            let runs: Vec<Vec<u8>> = runs.iter().map(|run| run.as_bytes().to_vec()).collect();
            assert_eq!(difference(ours.as_bytes(), &runs).is_none(), *same, "{ours:?} {runs:?}");
        }
    }

    #[test]
    fn the_first_difference_is_told() {
        let runs = [b"id: 1a\nb: 2\n".to_vec(), b"id: 2b\nb: 2\n".to_vec()];
        assert_eq!(difference(b"id: 3c\nb: 3\n", &runs), Some(("b: 3".into(), "b: 2".into())));
        assert_eq!(difference(b"id: 3c\nb: 2", &runs), Some(("(nothing more)".into(), String::new())));
    }
}
