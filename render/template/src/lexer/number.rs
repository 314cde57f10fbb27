//! Numbers, as far as a lexer tells them.

use govalue::strconv;

use super::Lexer;
use super::character::is_alphanumeric;
use crate::item::{Item, Kind};

const DECIMAL_DIGITS: &[u8] = b"0123456789_";
const HEX_DIGITS: &[u8] = b"0123456789abcdefABCDEF_";

impl Lexer<'_> {
    /// Something like a number; the parser finds out whether it is one.
    pub(super) fn number(&mut self) -> Item {
        self.pos = self.start;
        if !self.scan_number() {
            return self.bad_number();
        }
        if !matches!(self.peek(), Some('+' | '-')) {
            return self.take(Kind::Number);
        }
        if !self.scan_number() || self.pending().last() != Some(&b'i') {
            return self.bad_number();
        }
        self.take(Kind::Complex)
    }

    fn bad_number(&mut self) -> Item {
        self.fail(format!("bad number syntax: {}", strconv::quote(self.pending())))
    }

    /// Passes one part of a number; false if it runs into a name.
    fn scan_number(&mut self) -> bool {
        self.accept(b"+-");
        let mut digits = DECIMAL_DIGITS;
        let mut exponent: &[u8] = b"eE";
        if self.accept(b"0") {
            if self.accept(b"xX") {
                (digits, exponent) = (HEX_DIGITS, b"pP");
            } else if self.accept(b"oO") {
                (digits, exponent) = (b"01234567_", b"");
            } else if self.accept(b"bB") {
                (digits, exponent) = (b"01_", b"");
            }
        }
        self.accept_run(digits);
        if self.accept(b".") {
            self.accept_run(digits);
        }
        if self.accept(exponent) {
            self.accept(b"+-");
            self.accept_run(DECIMAL_DIGITS);
        }
        self.accept(b"i");
        if self.peek().is_some_and(is_alphanumeric) {
            self.next();
            return false;
        }
        true
    }

    /// Passes a byte if it is one of these.
    pub(super) fn accept(&mut self, valid: &[u8]) -> bool {
        let accepted = self.rest().first().is_some_and(|byte| valid.contains(byte));
        self.pos += usize::from(accepted);
        accepted
    }

    fn accept_run(&mut self, valid: &[u8]) {
        while self.accept(valid) {}
    }
}
