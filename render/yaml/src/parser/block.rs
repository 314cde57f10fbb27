//! Block collections.

use super::{Event, Parser, State};
use crate::Error;
use crate::token::TokenKind;

impl<'a> Parser<'a> {
    pub(super) fn block_sequence_entry(&mut self, first: bool) -> Result<Event<'a>, Error> {
        const NEXT: State = State::BlockSequenceEntry { first: false };
        if first {
            self.skip();
        }
        match self.kind()? {
            TokenKind::BlockEntry => {
                self.skip();
                if matches!(self.kind()?, TokenKind::BlockEntry | TokenKind::BlockEnd) {
                    return Ok(self.empty_scalar(NEXT));
                }
                self.states.push(NEXT);
                self.node(true, false)
            }
            TokenKind::BlockEnd => {
                self.skip();
                self.pop();
                Ok(Event::SequenceEnd)
            }
            _ => self.error("did not find expected '-' indicator"),
        }
    }

    pub(super) fn indentless_sequence_entry(&mut self) -> Result<Event<'a>, Error> {
        const NEXT: State = State::IndentlessSequenceEntry;
        if !matches!(self.kind()?, TokenKind::BlockEntry) {
            self.pop();
            return Ok(Event::SequenceEnd);
        }
        self.skip();
        let kind = self.kind()?;
        if matches!(kind, TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd) {
            return Ok(self.empty_scalar(NEXT));
        }
        self.states.push(NEXT);
        self.node(true, false)
    }

    pub(super) fn block_mapping_key(&mut self, first: bool) -> Result<Event<'a>, Error> {
        if first {
            self.skip();
        }
        match self.kind()? {
            TokenKind::Key => {
                self.skip();
                self.block_mapping_part(State::BlockMappingValue)
            }
            TokenKind::BlockEnd => {
                self.skip();
                self.pop();
                Ok(Event::MappingEnd)
            }
            _ => self.error("did not find expected key"),
        }
    }

    pub(super) fn block_mapping_value(&mut self) -> Result<Event<'a>, Error> {
        const NEXT: State = State::BlockMappingKey { first: false };
        if !matches!(self.kind()?, TokenKind::Value) {
            return Ok(self.empty_scalar(NEXT));
        }
        self.skip();
        self.block_mapping_part(NEXT)
    }

    fn block_mapping_part(&mut self, next: State) -> Result<Event<'a>, Error> {
        if matches!(self.kind()?, TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd) {
            return Ok(self.empty_scalar(next));
        }
        self.states.push(next);
        self.node(true, true)
    }
}
