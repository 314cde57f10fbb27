//! Strings, and what their escapes stand for.

use super::text::{Fault, Read, Text, is_newline};

impl Text<'_> {
    /// A string or a string of several lines, from its first quote on.
    pub(super) fn any_string(&mut self) -> Read<String> {
        let quote = self.next()?.unwrap_or_default();
        let first = self.at();
        if self.accept(quote)? && self.accept(quote)? {
            return self.multiline(quote);
        }
        self.go_back(first);
        if quote == '\'' { self.literal_string() } else { self.basic_string() }
    }

    /// A string on one line, from its first quote on.
    pub(super) fn short_string(&mut self) -> Read<String> {
        if self.next()? == Some('\'') { self.literal_string() } else { self.basic_string() }
    }

    fn basic_string(&mut self) -> Read<String> {
        let start = self.at();
        loop {
            let at = self.at();
            match self.next()? {
                None => return Err(self.fault("unexpected EOF; expected '\"'")),
                Some('\n' | '\r') => return Err(self.fault_before("strings cannot contain newlines")),
                Some('\\') => self.escape(start)?,
                Some('"') => return self.unescaped(self.between(start, at)),
                Some(_) => {}
            }
        }
    }

    fn literal_string(&mut self) -> Read<String> {
        let start = self.at();
        loop {
            let at = self.at();
            match self.next()? {
                None => return Err(self.fault("unexpected EOF; expected \"'\"")),
                Some('\n' | '\r') => return Err(self.fault_before("strings cannot contain newlines")),
                Some('\'') => return Ok(self.between(start, at).into()),
                Some(_) => {}
            }
        }
    }

    /// Behind the three quotes. The end may have two quotes more than it needs, which belong to the string.
    fn multiline(&mut self, quote: char) -> Read<String> {
        let basic = quote == '"';
        let start = self.at();
        loop {
            let at = self.at();
            match self.next()? {
                None if basic => return Err(self.fault("unexpected EOF; expected '\"\"\"'")),
                None => return Err(self.fault("unexpected EOF; expected \"'''\"")),
                Some('\\') if basic => {
                    if self.peek()?.is_some_and(is_newline) {
                        self.next()?;
                    } else {
                        self.escape(start)?;
                    }
                }
                Some(rune) if rune == quote => {
                    if !(self.accept(quote)? && self.accept(quote)?) {
                        self.go_back(at + 1);
                    } else if self.peek()? == Some(quote) {
                        self.check_quotes(self.since(start), quote)?;
                        self.go_back(at + 1);
                    } else {
                        let text = without_first_newline(self.between(start, at));
                        return if basic { self.unescaped(&without_escaped_newlines(text)) } else { Ok(text.into()) };
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// Refuses six quotes in a row, unless the first one is escaped.
    fn check_quotes(&self, text: &str, quote: char) -> Read<()> {
        let five = String::from(quote).repeat(5);
        if !text.ends_with(&five) || (quote == '"' && text.ends_with(&format!("\\{five}"))) {
            return Ok(());
        }
        let around = if quote == '"' { '\'' } else { '"' };
        Err(self.fault(format!("unexpected {around}{five}{quote}{around}")))
    }

    /// Reads over an escape, from what follows the backslash on; `start` is where the string begins.
    fn escape(&mut self, start: usize) -> Read<()> {
        let rune = self.next()?;
        let (digits, name) = match rune {
            Some('e' | 'b' | 't' | 'n' | 'f' | 'r' | '"' | ' ' | '\t' | '\\') => return Ok(()),
            Some('x') => (2, "two"),
            Some('u') => (4, "four"),
            Some('U') => (8, "eight"),
            other => {
                let letter = other.unwrap_or_default();
                return Err(self.fault_of_escape(format!("invalid escape in string '\\{letter}'")));
            }
        };
        let letter = rune.unwrap_or_default();
        for _ in 0..digits {
            if !self.next()?.is_some_and(|rune| rune.is_ascii_hexdigit()) {
                let current = govalue::strconv::quote(self.since(start).as_bytes());
                let message =
                    format!("expected {name} hexadecimal digits after '\\{letter}', but got {current} instead");
                return Err(self.fault(message));
            }
        }
        Ok(())
    }

    /// The string that is meant by a text in quotes. Its escapes are complete.
    fn unescaped(&self, text: &str) -> Read<String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\\') {
            out.push_str(before);
            let mut runes = after.chars();
            let letter = runes.next().unwrap_or_default();
            rest = runes.as_str();
            out.push(match letter {
                'b' => '\u{8}',
                't' => '\t',
                'n' => '\n',
                'f' => '\u{c}',
                'r' => '\r',
                'e' => '\u{1b}',
                'x' => self.code(&mut rest, 2)?,
                'u' => self.code(&mut rest, 4)?,
                'U' => self.code(&mut rest, 8)?,
                ' ' | '\t' => return Err(self.fault(format!("invalid escape: '\\{letter}'"))),
                other => other,
            });
        }
        out.push_str(rest);
        Ok(out)
    }

    fn code(&self, rest: &mut &str, digits: usize) -> Result<char, Fault> {
        let (code, after) = rest.split_at_checked(digits).unwrap_or_default();
        *rest = after;
        let character = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        character.ok_or_else(|| self.fault(format!("Escaped character '\\u{code}' is not valid UTF-8.")))
    }
}

fn without_first_newline(text: &str) -> &str {
    text.strip_prefix('\n').or_else(|| text.strip_prefix("\r\n")).unwrap_or(text)
}

/// Without the backslashes at the ends of lines and the blank space that follows them.
fn without_escaped_newlines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let kept = after.trim_start_matches([' ', '\t', '\r', '\n']);
        let blank = after.get(..after.len() - kept.len()).unwrap_or_default();
        if blank.contains('\n') {
            rest = kept;
            continue;
        }
        out.push('\\');
        rest = after;
        if let Some(after) = after.strip_prefix('\\') {
            out.push('\\');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}
