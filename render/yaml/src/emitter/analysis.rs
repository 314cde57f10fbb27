//! Which styles a scalar can be written in.

use super::Dialect;

/// What stands in a text that limits its styles.
#[expect(clippy::struct_excessive_bools, reason = "four answers that do not depend on each other")]
pub(super) struct Analysis {
    /// It has line breaks.
    pub(super) multiline: bool,
    /// It can stand without quotes.
    pub(super) plain_allowed: bool,
    /// It can stand in single quotes.
    pub(super) single_quoted_allowed: bool,
    /// It can stand behind `|`.
    pub(super) block_allowed: bool,
}

/// The characters that end a line.
pub(super) fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The characters that need no escape. Tabs and what lies beyond the basic plane do.
pub(super) fn is_printable(character: char) -> bool {
    matches!(character, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

/// Where blanks and breaks stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Previous {
    Space,
    Break,
    Other,
}

/// Looks at a text once.
pub(super) fn analyze(text: &str, dialect: Dialect) -> Analysis {
    let mut indicators = text.starts_with("---") || text.starts_with("...");
    let (mut multiline, mut special, mut tabs) = (false, false, false);
    let (mut break_space, mut space_break) = (false, false);
    let (mut previous, mut after_blank) = (Previous::Other, true);
    let mut characters = text.chars().peekable();
    let mut first = true;
    while let Some(character) = characters.next() {
        let before_blank = characters.peek().is_none_or(|next| matches!(next, ' ' | '\t'));
        indicators |= is_indicator(character, first, after_blank, before_blank);
        if character == '\t' && dialect == Dialect::Pretty {
            tabs = true;
        } else if !is_printable(character) {
            special = true;
        }
        previous = if character == ' ' {
            break_space |= previous == Previous::Break;
            Previous::Space
        } else if is_break(character) {
            multiline = true;
            space_break |= previous == Previous::Space;
            Previous::Break
        } else {
            Previous::Other
        };
        after_blank = matches!(character, ' ' | '\t' | '\0') || is_break(character);
        first = false;
    }
    let edge_space = text.starts_with(' ') || text.ends_with(' ');
    let escapes = space_break || special;
    Analysis {
        multiline,
        plain_allowed: !(indicators || edge_space || break_space || escapes || tabs || multiline),
        single_quoted_allowed: !(break_space || escapes || tabs),
        block_allowed: !(text.is_empty() || text.ends_with(' ') || escapes),
    }
}

/// Whether a character would mean something else in a plain scalar.
fn is_indicator(character: char, first: bool, after_blank: bool, before_blank: bool) -> bool {
    match character {
        '#' => after_blank,
        ':' => before_blank,
        '?' | '-' => first && before_blank,
        ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => first,
        _ => false,
    }
}
