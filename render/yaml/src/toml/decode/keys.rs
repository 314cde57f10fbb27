//! Keys: of headers and before values.

use super::Reader;
use super::text::{Read, is_bare, is_space, quoted};

impl Reader<'_> {
    /// `[a.b]` or `[[a.b]]`
    pub(super) fn header(&mut self) -> Read<()> {
        self.text.next()?;
        let is_list = self.text.accept('[')?;
        let mut key = Vec::new();
        loop {
            key.push(self.header_part()?);
            if key.len() == 1 {
                self.key_line = self.text.line;
            }
            self.text.skip(is_space)?;
            match self.text.next()? {
                Some('.') => {}
                Some(']') => break,
                rune => {
                    let message = format!("expected '.' or ']' to end table name, but got {} instead", quoted(rune));
                    return Err(self.text.fault(message));
                }
            }
        }
        if is_list {
            let rune = self.text.next()?;
            if rune != Some(']') {
                let message =
                    format!("expected end of table array name delimiter ']', but got {} instead", quoted(rune));
                return Err(self.text.fault(message));
            }
        }
        let opened = self.tables.open(key, is_list);
        self.at_key(opened)
    }

    fn header_part(&mut self) -> Read<String> {
        self.text.skip(is_space)?;
        match self.text.peek()? {
            None | Some(']') => Err(self.text.fault("unexpected end of table name (table names cannot be empty)")),
            Some('.') => Err(self.text.fault("unexpected table separator (table names cannot be empty)")),
            _ => self.key_part(),
        }
    }

    fn key_part(&mut self) -> Read<String> {
        if matches!(self.text.peek()?, Some('"' | '\'')) {
            return self.text.short_string();
        }
        let start = self.text.at();
        self.text.skip(is_bare)?;
        Ok(self.text.since(start).into())
    }

    /// A key up to the sign that follows it.
    pub(super) fn key(&mut self) -> Read<Vec<String>> {
        self.text.skip(is_space)?;
        match self.text.peek()? {
            None | Some('=') => return Err(self.text.fault("unexpected '=': key name appears blank")),
            Some('.') => return Err(self.text.fault("unexpected '.': keys cannot start with a '.'")),
            Some(_) => {}
        }
        let mut key = Vec::new();
        loop {
            self.text.skip(is_space)?;
            match self.text.peek()? {
                None | Some('=') => return Err(self.text.fault("unexpected '='")),
                Some('.') => return Err(self.text.fault("unexpected '.'")),
                Some(_) => key.push(self.key_part()?),
            }
            if key.len() == 1 {
                self.key_line = self.text.line;
            }
            self.text.skip(is_space)?;
            match self.text.next()? {
                Some('.') => {}
                Some('=') => return Ok(key),
                None => return Err(self.text.fault("unexpected EOF; expected key separator '='")),
                rune => {
                    let message = format!("expected '.' or '=', but got {} instead", quoted(rune));
                    let text = &self.text;
                    return Err(if rune == Some('\n') { text.fault_before(message) } else { text.fault(message) });
                }
            }
        }
    }
}
