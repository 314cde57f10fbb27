//! Flow collections.

use super::{Event, Parser, State};
use crate::Error;
use crate::token::TokenKind;

impl<'a> Parser<'a> {
    pub(super) fn flow_sequence_entry(&mut self, first: bool) -> Result<Event<'a>, Error> {
        if first || matches!(self.kind()?, TokenKind::FlowEntry) {
            self.skip();
        } else if !matches!(self.kind()?, TokenKind::FlowSequenceEnd) {
            return self.error("did not find expected ',' or ']'");
        }
        match self.kind()? {
            TokenKind::Key => {
                self.skip();
                self.state = State::FlowSequencePairKey;
                Ok(Event::MappingStart { anchor: None })
            }
            TokenKind::FlowSequenceEnd => {
                self.skip();
                self.pop();
                Ok(Event::SequenceEnd)
            }
            _ => {
                self.states.push(State::FlowSequenceEntry { first: false });
                self.node(false, false)
            }
        }
    }

    /// A missing key takes the token behind it with it.
    pub(super) fn flow_sequence_pair_key(&mut self) -> Result<Event<'a>, Error> {
        if matches!(self.kind()?, TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
            self.skip();
            return Ok(self.empty_scalar(State::FlowSequencePairValue));
        }
        self.states.push(State::FlowSequencePairValue);
        self.node(false, false)
    }

    pub(super) fn flow_sequence_pair_value(&mut self) -> Result<Event<'a>, Error> {
        if matches!(self.kind()?, TokenKind::Value) {
            self.skip();
            if !matches!(self.kind()?, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
                self.states.push(State::FlowSequencePairEnd);
                return self.node(false, false);
            }
        }
        Ok(self.empty_scalar(State::FlowSequencePairEnd))
    }

    pub(super) fn flow_mapping_key(&mut self, first: bool) -> Result<Event<'a>, Error> {
        const VALUE: State = State::FlowMappingValue { empty: false };
        if first || matches!(self.kind()?, TokenKind::FlowEntry) {
            self.skip();
        } else if !matches!(self.kind()?, TokenKind::FlowMappingEnd) {
            return self.error("did not find expected ',' or '}'");
        }
        match self.kind()? {
            TokenKind::Key => {
                self.skip();
                if matches!(self.kind()?, TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
                    return Ok(self.empty_scalar(VALUE));
                }
                self.states.push(VALUE);
                self.node(false, false)
            }
            TokenKind::FlowMappingEnd => {
                self.skip();
                self.pop();
                Ok(Event::MappingEnd)
            }
            _ => {
                self.states.push(State::FlowMappingValue { empty: true });
                self.node(false, false)
            }
        }
    }

    pub(super) fn flow_mapping_value(&mut self, empty: bool) -> Result<Event<'a>, Error> {
        const NEXT: State = State::FlowMappingKey { first: false };
        if !empty && matches!(self.kind()?, TokenKind::Value) {
            self.skip();
            if !matches!(self.kind()?, TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
                self.states.push(NEXT);
                return self.node(false, false);
            }
        }
        Ok(self.empty_scalar(NEXT))
    }
}
