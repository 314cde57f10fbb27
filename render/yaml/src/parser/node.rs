//! A node: an alias, or an anchor and a tag and what follows them.

use super::{Event, Parser, Scalar, State};
use crate::Error;
use crate::token::{Token, TokenKind};

impl<'a> Parser<'a> {
    /// The start of a node; block collections only where they are allowed, a sequence without its own indentation
    /// only as the value of a key.
    pub(super) fn node(&mut self, block: bool, indentless_sequence: bool) -> Result<Event<'a>, Error> {
        self.line = self.scanner.peek()?.line;
        if let TokenKind::Alias(name) = *self.kind()? {
            self.skip();
            self.pop();
            return Ok(Event::Alias(name));
        }
        let (anchor, tag) = self.properties()?;
        let next = match self.kind()? {
            TokenKind::BlockEntry if indentless_sequence => State::IndentlessSequenceEntry,
            TokenKind::Scalar { .. } => return self.scalar(anchor, tag),
            TokenKind::FlowSequenceStart => State::FlowSequenceEntry { first: true },
            TokenKind::FlowMappingStart => State::FlowMappingKey { first: true },
            TokenKind::BlockSequenceStart if block => State::BlockSequenceEntry { first: true },
            TokenKind::BlockMappingStart if block => State::BlockMappingKey { first: true },
            _ if anchor.is_some() || tag.is_some() => {
                self.pop();
                return Ok(Event::Scalar(Scalar { anchor, implicit: tag.is_none(), tag, ..Scalar::default() }));
            }
            _ => return self.error("did not find expected node content"),
        };
        self.state = next;
        Ok(match next {
            State::FlowMappingKey { .. } | State::BlockMappingKey { .. } => Event::MappingStart { anchor },
            _ => Event::SequenceStart { anchor },
        })
    }

    /// An anchor and a tag, in either order.
    fn properties(&mut self) -> Result<(Option<&'a str>, Option<String>), Error> {
        let mut anchor = self.anchor()?;
        let tag = self.tag()?;
        if anchor.is_none() && tag.is_some() {
            anchor = self.anchor()?;
        }
        let tag = match tag {
            Some((handle, suffix, line)) => Some(self.full_tag(&handle, suffix, line)?),
            None => None,
        };
        Ok((anchor, tag.filter(|tag| !tag.is_empty())))
    }

    fn anchor(&mut self) -> Result<Option<&'a str>, Error> {
        let TokenKind::Anchor(name) = *self.kind()? else { return Ok(None) };
        self.skip();
        Ok(Some(name))
    }

    fn tag(&mut self) -> Result<Option<(String, String, usize)>, Error> {
        if !matches!(self.kind()?, TokenKind::Tag { .. }) {
            return Ok(None);
        }
        let Token { kind: TokenKind::Tag { handle, suffix }, line } = self.take()? else { return Ok(None) };
        Ok(Some((handle, suffix, line)))
    }

    fn full_tag(&self, handle: &str, suffix: String, line: usize) -> Result<String, Error> {
        if handle.is_empty() {
            return Ok(suffix);
        }
        let prefix = self.tag_directives.iter().find(|(known, _)| known == handle).map(|(_, prefix)| prefix);
        let prefix = prefix.ok_or_else(|| Error::parser("found undefined tag handle", line))?;
        Ok(format!("{prefix}{suffix}"))
    }

    fn scalar(&mut self, anchor: Option<&'a str>, tag: Option<String>) -> Result<Event<'a>, Error> {
        let (text, plain) = match self.take()?.kind {
            TokenKind::Scalar { text, plain } => (text, plain),
            _ => Default::default(),
        };
        self.pop();
        let implicit = tag.as_deref().map_or(plain, |tag| tag == "!");
        Ok(Event::Scalar(Scalar { anchor, tag, text, implicit }))
    }
}
