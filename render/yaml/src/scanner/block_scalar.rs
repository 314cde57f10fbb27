//! Scalars after `|` and `>`.

use std::borrow::Cow;

use super::Scanner;
use super::keys::column;
use crate::Error;
use crate::token::TokenKind;

/// What happens to the line breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

impl<'a> Scanner<'a> {
    pub(super) fn scan_block_scalar(&mut self, literal: bool) -> Result<TokenKind<'a>, Error> {
        self.cursor.skip();
        let (chomping, increment) = self.scan_block_header()?;
        self.end_line()?;
        let mut indent = if increment > 0 { self.indent.max(0) + increment } else { 0 };
        let (mut text, mut leading_break, mut leading_blank) = (String::new(), "", false);
        let mut trailing_breaks = String::new();
        self.scan_block_breaks(&mut indent, &mut trailing_breaks)?;
        while column(self.cursor.mark) == indent && !self.cursor.at_end() {
            let blank = self.cursor.is_blank(0);
            if !literal && !leading_blank && !blank && leading_break == "\n" {
                if trailing_breaks.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(leading_break);
            }
            text.push_str(&trailing_breaks);
            trailing_breaks.clear();
            leading_blank = blank;
            text.push_str(self.cursor.skip_to_break());
            leading_break = self.cursor.skip_break();
            self.scan_block_breaks(&mut indent, &mut trailing_breaks)?;
        }
        if chomping != Chomping::Strip {
            text.push_str(leading_break);
        }
        if chomping == Chomping::Keep {
            text.push_str(&trailing_breaks);
        }
        Ok(TokenKind::Scalar { text: Cow::Owned(text), plain: false })
    }

    /// The indicators of chomping and indentation, in either order.
    fn scan_block_header(&mut self) -> Result<(Chomping, isize), Error> {
        let chomping = self.scan_chomping();
        let increment = self.scan_increment()?;
        let chomping = chomping.or_else(|| if increment > 0 { self.scan_chomping() } else { None });
        Ok((chomping.unwrap_or(Chomping::Clip), increment))
    }

    fn scan_chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.cursor.at(0) {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.cursor.skip();
        Some(chomping)
    }

    fn scan_increment(&mut self) -> Result<isize, Error> {
        match self.cursor.at(0) {
            b'0' => Err(self.error("found an indentation indicator equal to 0")),
            digit @ b'1'..=b'9' => {
                self.cursor.skip();
                Ok(isize::from(i16::from(digit - b'0')))
            }
            _ => Ok(0),
        }
    }

    /// Goes over indentation and empty lines. An indentation of 0 is not known yet: the first line tells it.
    fn scan_block_breaks(&mut self, indent: &mut isize, breaks: &mut String) -> Result<(), Error> {
        let mut widest = 0;
        loop {
            let left = |scanner: &Self| *indent == 0 || column(scanner.cursor.mark) < *indent;
            while left(self) && self.cursor.at(0) == b' ' {
                self.cursor.skip();
            }
            widest = widest.max(column(self.cursor.mark));
            if left(self) && self.cursor.at(0) == b'\t' {
                return Err(self.error("found a tab character where an indentation space is expected"));
            }
            let found = self.cursor.skip_break();
            if found.is_empty() {
                break;
            }
            breaks.push_str(found);
        }
        if *indent == 0 {
            *indent = widest.max(self.indent + 1).max(1);
        }
        Ok(())
    }
}
