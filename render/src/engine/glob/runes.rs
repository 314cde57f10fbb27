//! A text's characters as Go reads them: a byte that is of none is one of its own.

/// The first character, and how many bytes it takes; none of an empty text.
pub(super) fn decode(text: &[u8]) -> (char, usize) {
    match bstr::decode_utf8(text) {
        (Some(character), width) => (character, width),
        (None, width) => (char::REPLACEMENT_CHARACTER, width.min(1)),
    }
}

/// The characters and where they begin.
pub(super) fn runes(text: &[u8]) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (character, width) = decode(&text[at..]);
        let start = at;
        at += width;
        (width > 0).then_some((start, character))
    })
}

/// Where characters begin, and the end.
pub(super) fn starts(text: &[u8]) -> Vec<usize> {
    runes(text).map(|(at, _)| at).chain([text.len()]).collect()
}

/// The beginning, and where characters end. As in the original, a byte that is no character ends as if it were U+FFFD.
pub(super) fn ends(text: &[u8]) -> Vec<usize> {
    [0].into_iter().chain(runes(text).map(|(at, character)| at + character.len_utf8())).collect()
}
