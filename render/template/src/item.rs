//! The tokens of a template.

use govalue::strconv;

use crate::ast::Pos;

/// What an item is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The lexer gave up; its message is kept apart.
    #[default]
    Error,
    /// `true`, `false`
    Bool,
    /// One printable ASCII character that means nothing else, such as a comma.
    Char,
    /// `'a'`
    CharConstant,
    /// `1+2i`; a number that is only imaginary is a [`Kind::Number`].
    Complex,
    /// `=`
    Assign,
    /// `:=`
    Declare,
    /// The end of the text.
    Eof,
    /// `.name`
    Field,
    /// A name that is no keyword.
    Identifier,
    /// `{{`, without its trim marker.
    LeftDelim,
    /// `(`
    LeftParen,
    /// A number with one part.
    Number,
    /// `|`
    Pipe,
    /// A string in backquotes, with them.
    RawString,
    /// `}}`, without its trim marker.
    RightDelim,
    /// `)`
    RightParen,
    /// Blanks between operands; they count, since `$x.y` is not `$x .y`.
    Space,
    /// A string in double quotes, with them.
    String,
    /// Text outside actions.
    Text,
    /// `$` or `$name`
    Variable,
    /// `block`
    Block,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `.`
    Dot,
    /// `define`
    Define,
    /// `else`
    Else,
    /// `end`
    End,
    /// `if`
    If,
    /// `nil`
    Nil,
    /// `range`
    Range,
    /// `template`
    Template,
    /// `with`
    With,
}

impl Kind {
    /// The keyword that a word is.
    pub(crate) fn of_keyword(word: &[u8]) -> Option<Self> {
        Some(match word {
            b"block" => Self::Block,
            b"break" => Self::Break,
            b"continue" => Self::Continue,
            b"define" => Self::Define,
            b"else" => Self::Else,
            b"end" => Self::End,
            b"if" => Self::If,
            b"nil" => Self::Nil,
            b"range" => Self::Range,
            b"template" => Self::Template,
            b"with" => Self::With,
            _ => return None,
        })
    }

    /// Whether errors name it as a keyword, in angle brackets; the dot is one.
    fn is_keyword(self) -> bool {
        matches!(
            self,
            Self::Block
                | Self::Break
                | Self::Continue
                | Self::Dot
                | Self::Define
                | Self::Else
                | Self::End
                | Self::If
                | Self::Nil
                | Self::Range
                | Self::Template
                | Self::With
        )
    }

    /// Whether an operand can begin with it.
    pub(crate) fn starts_operand(self) -> bool {
        matches!(
            self,
            Self::Bool
                | Self::CharConstant
                | Self::Complex
                | Self::Dot
                | Self::Field
                | Self::Identifier
                | Self::LeftParen
                | Self::Nil
                | Self::Number
                | Self::RawString
                | Self::String
                | Self::Variable
        )
    }
}

/// A token.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Item {
    /// What it is.
    pub(crate) kind: Kind,
    /// Where it begins.
    pub(crate) pos: Pos,
    /// Where it ends.
    pub(crate) end: Pos,
}

/// More bytes than this are cut in an error's text, after as many characters.
const SHOWN: usize = 10;

impl Item {
    /// As errors name it; `value` is the item as it stands in the template.
    pub(crate) fn shown(self, value: &[u8]) -> String {
        if self.kind == Kind::Eof {
            return "EOF".into();
        }
        if self.kind.is_keyword() {
            return format!("<{}>", String::from_utf8_lossy(value));
        }
        if value.len() <= SHOWN {
            return strconv::quote(value);
        }
        format!("{}...", strconv::quote(first_characters(value, SHOWN)))
    }
}

/// The first characters of a text; a byte that is no UTF-8 is one.
fn first_characters(text: &[u8], count: usize) -> &[u8] {
    let mut rest = text;
    for _ in 0..count {
        rest = rest.get(crate::lexer::decode(rest).map_or(0, |(_, width)| width)..).unwrap_or_default();
    }
    text.get(..text.len() - rest.len()).unwrap_or(text)
}
