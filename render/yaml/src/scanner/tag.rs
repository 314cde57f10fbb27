//! Directives, anchors, aliases and tags.

use super::Scanner;
use crate::Error;
use crate::token::TokenKind;

impl<'a> Scanner<'a> {
    /// `%YAML` or `%TAG`, to the end of its line.
    pub(super) fn scan_directive(&mut self) -> Result<TokenKind<'a>, Error> {
        self.cursor.skip();
        let name = self.cursor.word();
        if name.is_empty() {
            return Err(self.error("could not find expected directive name"));
        }
        if !self.cursor.is_blank_or_end(0) {
            return Err(self.error("found unexpected non-alphabetical character"));
        }
        let kind = match name {
            "YAML" => self.scan_version()?,
            "TAG" => self.scan_tag_directive()?,
            _ => return Err(self.error("found unknown directive name")),
        };
        self.end_line()?;
        Ok(kind)
    }

    /// What may follow a directive or a block scalar's header on its line.
    pub(super) fn end_line(&mut self) -> Result<(), Error> {
        self.cursor.skip_blanks();
        self.cursor.skip_comment();
        if !self.cursor.is_break_or_end(0) {
            return Err(self.error("did not find expected comment or line break"));
        }
        self.cursor.skip_break();
        Ok(())
    }

    fn scan_version(&mut self) -> Result<TokenKind<'a>, Error> {
        self.cursor.skip_blanks();
        let major = self.scan_version_number()?;
        if self.cursor.at(0) != b'.' {
            return Err(self.error("did not find expected digit or '.' character"));
        }
        self.cursor.skip();
        let minor = self.scan_version_number()?;
        Ok(TokenKind::VersionDirective { major, minor })
    }

    fn scan_version_number(&mut self) -> Result<u8, Error> {
        let start = self.cursor.position();
        while self.cursor.at(0).is_ascii_digit() {
            if self.cursor.since(start).len() == 2 {
                return Err(self.error("found extremely long version number"));
            }
            self.cursor.skip();
        }
        self.cursor.since(start).parse().map_err(|_| self.error("did not find expected version number"))
    }

    fn scan_tag_directive(&mut self) -> Result<TokenKind<'a>, Error> {
        self.cursor.skip_blanks();
        let handle = self.scan_tag_handle()?;
        if handle != "!" && !(handle.len() > 1 && handle.ends_with('!')) {
            return Err(self.error("did not find expected '!'"));
        }
        if !self.cursor.is_blank(0) {
            return Err(self.error("did not find expected whitespace"));
        }
        self.cursor.skip_blanks();
        let prefix = self.scan_tag_uri("")?;
        if !self.cursor.is_blank_or_end(0) {
            return Err(self.error("did not find expected whitespace or line break"));
        }
        Ok(TokenKind::TagDirective { handle: handle.into(), prefix })
    }

    pub(super) fn scan_anchor(&mut self, alias: bool) -> Result<TokenKind<'a>, Error> {
        self.cursor.skip();
        let name = self.cursor.word();
        let ends = self.cursor.is_blank_or_end(0)
            || matches!(self.cursor.at(0), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !ends {
            return Err(self.error("did not find expected alphabetic or numeric character"));
        }
        Ok(if alias { TokenKind::Alias(name) } else { TokenKind::Anchor(name) })
    }

    pub(super) fn scan_tag(&mut self) -> Result<TokenKind<'a>, Error> {
        let (handle, suffix) =
            if self.cursor.at(1) == b'<' { self.scan_verbatim_tag()? } else { self.scan_short_tag()? };
        if !self.cursor.is_blank_or_end(0) {
            return Err(self.error("did not find expected whitespace or line break"));
        }
        Ok(TokenKind::Tag { handle, suffix })
    }

    /// `!<uri>`
    fn scan_verbatim_tag(&mut self) -> Result<(String, String), Error> {
        self.cursor.skip_many(2);
        let uri = self.scan_tag_uri("")?;
        if self.cursor.at(0) != b'>' {
            return Err(self.error("did not find the expected '>'"));
        }
        self.cursor.skip();
        Ok((String::new(), uri))
    }

    /// `!`, `!suffix` or `!handle!suffix`
    fn scan_short_tag(&mut self) -> Result<(String, String), Error> {
        let handle = self.scan_tag_handle()?;
        if handle.len() > 1 && handle.ends_with('!') {
            return Ok((handle.into(), self.scan_tag_uri("")?));
        }
        let suffix = self.scan_tag_uri(handle)?;
        Ok(if suffix.is_empty() { (suffix, "!".into()) } else { ("!".into(), suffix) })
    }

    fn scan_tag_handle(&mut self) -> Result<&'a str, Error> {
        if self.cursor.at(0) != b'!' {
            return Err(self.error("did not find expected '!'"));
        }
        let start = self.cursor.position();
        self.cursor.skip();
        self.cursor.word();
        if self.cursor.at(0) == b'!' {
            self.cursor.skip();
        }
        Ok(self.cursor.since(start))
    }

    /// The rest of a tag behind what was read of it as if it were a handle.
    fn scan_tag_uri(&mut self, head: &str) -> Result<String, Error> {
        let mut uri = head.as_bytes().get(1..).unwrap_or_default().to_vec();
        let start = self.cursor.position();
        loop {
            match self.cursor.at(0) {
                b'%' => self.scan_uri_escapes(&mut uri)?,
                byte if is_uri(byte) => {
                    uri.push(byte);
                    self.cursor.skip();
                }
                _ => break,
            }
        }
        if head.is_empty() && self.cursor.position() == start {
            return Err(self.error("did not find expected tag URI"));
        }
        Ok(String::from_utf8_lossy(&uri).into_owned())
    }

    /// One character, each of its bytes as `%` and two digits.
    fn scan_uri_escapes(&mut self, uri: &mut Vec<u8>) -> Result<(), Error> {
        let mut left = None;
        loop {
            let digit =
                |ahead| char::from(self.cursor.at(ahead)).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            let octet = match (self.cursor.at(0), digit(1), digit(2)) {
                (b'%', Some(high), Some(low)) => high << 4 | low,
                _ => return Err(self.error("did not find URI escaped octet")),
            };
            let rest = match (left, octet) {
                (None, 0..=0x7f) => 0,
                (None, 0xc0..=0xdf) => 1,
                (None, 0xe0..=0xef) => 2,
                (None, 0xf0..=0xf7) => 3,
                (None, _) => return Err(self.error("found an incorrect leading UTF-8 octet")),
                (Some(rest), 0x80..=0xbf) => rest,
                (Some(_), _) => return Err(self.error("found an incorrect trailing UTF-8 octet")),
            };
            uri.push(octet);
            self.cursor.skip_many(3);
            if rest == 0 {
                return Ok(());
            }
            left = Some(rest - 1);
        }
    }
}

fn is_uri(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-;/?:@&=+$,.!~*'()[]".contains(&byte)
}
