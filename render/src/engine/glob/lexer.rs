//! Cuts a pattern into its signs.

/// One sign of a pattern, or the text between signs.
#[derive(Debug)]
pub(super) enum Token {
    Text(String),
    /// `*`
    Any,
    /// `**`
    Super,
    /// `?`
    Single,
    /// `[ab]`, or with `not`, `[!ab]`
    List {
        chars: String,
        not: bool,
    },
    /// `[a-c]`, or with `not`, `[!a-c]`
    Range {
        low: char,
        high: char,
        not: bool,
    },
    /// `{`
    Open,
    /// `,` in braces
    Separator,
    /// `}` that closes a brace
    Close,
}

/// A pattern that cannot be read.
#[derive(Debug)]
pub(super) struct Broken;

/// The signs of a pattern, to its end or to a NUL that is not in a text.
pub(super) fn tokens(pattern: &str) -> Result<Vec<Token>, Broken> {
    let mut lexer = Lexer { chars: pattern.chars().collect(), at: 0, width: 0, braces: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.token()? {
        tokens.extend(token.0);
    }
    Ok(tokens)
}

/// What is read for an end; a NUL counts as one.
const END: char = '\0';

struct Lexer {
    chars: Vec<char>,
    at: usize,
    /// How many characters the last `read` took: none at the end.
    width: usize,
    /// How many braces are open.
    braces: usize,
}

/// What was read, which may be nothing: a backslash before the end.
struct Read(Option<Token>);

impl Lexer {
    /// The next sign; nothing at the end.
    fn token(&mut self) -> Result<Option<Read>, Broken> {
        let token = match self.read()? {
            END => return Ok(None),
            '{' => {
                self.braces += 1;
                Token::Open
            }
            ',' if self.braces > 0 => Token::Separator,
            '}' if self.braces > 0 => {
                self.braces -= 1;
                Token::Close
            }
            '[' => self.class()?,
            '?' => Token::Single,
            '*' => self.star()?,
            _ => {
                self.unread();
                let breakers = if self.braces > 0 { "?*[{}," } else { "?*[{" };
                let text = self.text(breakers)?;
                return Ok(Some(Read((!text.is_empty()).then_some(Token::Text(text)))));
            }
        };
        Ok(Some(Read(Some(token))))
    }

    fn star(&mut self) -> Result<Token, Broken> {
        if self.read()? == '*' {
            return Ok(Token::Super);
        }
        self.unread();
        Ok(Token::Any)
    }

    /// A set of characters or one range of them, behind its bracket. Only the first sign can make a range.
    fn class(&mut self) -> Result<Token, Broken> {
        let mut first = self.read_some()?;
        let not = first == '!';
        if not {
            first = self.read_some()?;
        }
        let token = if self.peek()? == '-' {
            self.at += 1;
            let high = self.read_some()?;
            Token::Range { low: first, high, not }
        } else {
            self.unread();
            Token::List { chars: self.text("]")?, not }
        };
        let closed = self.read()? == ']';
        let empty = match &token {
            Token::Range { low, high, .. } => high < low,
            Token::List { chars, .. } => chars.is_empty(),
            _ => true,
        };
        if closed && !empty { Ok(token) } else { Err(Broken) }
    }

    /// The text before one of the signs; a backslash takes away the next one's meaning.
    fn text(&mut self, breakers: &str) -> Result<String, Broken> {
        let mut text = String::new();
        let mut escaped = false;
        loop {
            let character = self.read()?;
            if character == END {
                return Ok(text);
            }
            if !escaped && character == '\\' {
                escaped = true;
                continue;
            }
            if !escaped && breakers.contains(character) {
                self.unread();
                return Ok(text);
            }
            escaped = false;
            text.push(character);
        }
    }

    fn peek(&self) -> Result<char, Broken> {
        match self.chars.get(self.at) {
            Some(&char::REPLACEMENT_CHARACTER) => Err(Broken),
            Some(&character) => Ok(character),
            None => Ok(END),
        }
    }

    fn read(&mut self) -> Result<char, Broken> {
        let character = self.peek()?;
        self.width = usize::from(self.at < self.chars.len());
        self.at += self.width;
        Ok(character)
    }

    fn read_some(&mut self) -> Result<char, Broken> {
        match self.read()? {
            END => Err(Broken),
            character => Ok(character),
        }
    }

    fn unread(&mut self) {
        self.at -= self.width;
    }
}
