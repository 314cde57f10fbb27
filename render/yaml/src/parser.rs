//! Tokens to events, by the grammar of libyaml.

mod block;
mod flow;
mod node;

use std::borrow::Cow;

use crate::Error;
use crate::scanner::Scanner;
use crate::token::{Token, TokenKind};

/// What a document consists of.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    StreamEnd,
    DocumentStart,
    DocumentEnd,
    Alias(&'a str),
    Scalar(Scalar<'a>),
    SequenceStart { anchor: Option<&'a str> },
    SequenceEnd,
    MappingStart { anchor: Option<&'a str> },
    MappingEnd,
}

/// A scalar; tags of collections mean nothing to go-yaml, those of scalars do.
#[derive(Debug, Default)]
pub(crate) struct Scalar<'a> {
    pub(crate) anchor: Option<&'a str>,
    pub(crate) tag: Option<String>,
    pub(crate) text: Cow<'a, str>,
    /// Whether its text tells its type.
    pub(crate) implicit: bool,
}

/// What is expected next.
#[derive(Clone, Copy, Debug)]
enum State {
    ImplicitDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceEntry { first: bool },
    IndentlessSequenceEntry,
    BlockMappingKey { first: bool },
    BlockMappingValue,
    FlowSequenceEntry { first: bool },
    FlowSequencePairKey,
    FlowSequencePairValue,
    FlowSequencePairEnd,
    FlowMappingKey { first: bool },
    FlowMappingValue { empty: bool },
}

/// Makes events of the tokens of a text.
pub(crate) struct Parser<'a> {
    scanner: Scanner<'a>,
    state: State,
    /// What is expected when the present node is complete.
    states: Vec<State>,
    /// Handles of tags and what they stand for.
    tag_directives: Vec<(String, String)>,
    /// On which line, from 0, the last node began.
    line: usize,
}

const STANDARD_TAGS: [(&str, &str); 2] = [("!", "!"), ("!!", "tag:yaml.org,2002:")];

impl<'a> Parser<'a> {
    pub(crate) fn new(scanner: Scanner<'a>) -> Self {
        Self { scanner, state: State::ImplicitDocumentStart, states: Vec::new(), tag_directives: Vec::new(), line: 0 }
    }

    /// The next event. Behind the stream's end there is none.
    pub(crate) fn next(&mut self) -> Result<Event<'a>, Error> {
        match self.state {
            State::ImplicitDocumentStart => self.document_start(true),
            State::DocumentStart => self.document_start(false),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(true, false),
            State::BlockSequenceEntry { first } => self.block_sequence_entry(first),
            State::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            State::BlockMappingKey { first } => self.block_mapping_key(first),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceEntry { first } => self.flow_sequence_entry(first),
            State::FlowSequencePairKey => self.flow_sequence_pair_key(),
            State::FlowSequencePairValue => self.flow_sequence_pair_value(),
            State::FlowSequencePairEnd => {
                self.state = State::FlowSequenceEntry { first: false };
                Ok(Event::MappingEnd)
            }
            State::FlowMappingKey { first } => self.flow_mapping_key(first),
            State::FlowMappingValue { empty } => self.flow_mapping_value(empty),
        }
    }

    /// On which line, from 0, the node of the last event begins.
    pub(crate) fn line(&self) -> usize {
        self.line
    }

    fn kind(&mut self) -> Result<&TokenKind<'a>, Error> {
        Ok(&self.scanner.peek()?.kind)
    }

    fn skip(&mut self) {
        self.scanner.next();
    }

    fn error<T>(&mut self, problem: &str) -> Result<T, Error> {
        Err(Error::parser(problem, self.scanner.peek()?.line))
    }

    /// Goes on with what was expected behind the node that is complete.
    fn pop(&mut self) {
        self.state = self.states.pop().unwrap_or(State::DocumentEnd);
    }

    fn empty_scalar(&mut self, next: State) -> Event<'a> {
        self.state = next;
        Event::Scalar(Scalar { implicit: true, ..Scalar::default() })
    }

    fn document_start(&mut self, implicit: bool) -> Result<Event<'a>, Error> {
        while !implicit && matches!(self.kind()?, TokenKind::DocumentEnd) {
            self.skip();
        }
        match self.kind()? {
            TokenKind::StreamEnd => return Ok(Event::StreamEnd),
            TokenKind::VersionDirective { .. } | TokenKind::TagDirective { .. } | TokenKind::DocumentStart => {}
            _ if implicit => {
                self.directives()?;
                self.states.push(State::DocumentEnd);
                self.state = State::BlockNode;
                return Ok(Event::DocumentStart);
            }
            _ => {}
        }
        self.directives()?;
        if !matches!(self.kind()?, TokenKind::DocumentStart) {
            return self.error("did not find expected <document start>");
        }
        self.skip();
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        Ok(Event::DocumentStart)
    }

    fn directives(&mut self) -> Result<(), Error> {
        let mut versioned = false;
        loop {
            match self.kind()? {
                TokenKind::VersionDirective { .. } if versioned => {
                    return self.error("found duplicate %YAML directive");
                }
                TokenKind::VersionDirective { major: 1, minor: 1 } => versioned = true,
                TokenKind::VersionDirective { .. } => return self.error("found incompatible YAML document"),
                TokenKind::TagDirective { handle, prefix } => {
                    let directive = (handle.clone(), prefix.clone());
                    if self.tag_directives.iter().any(|(handle, _)| *handle == directive.0) {
                        return self.error("found duplicate %TAG directive");
                    }
                    self.tag_directives.push(directive);
                }
                _ => break,
            }
            self.skip();
        }
        for (handle, prefix) in STANDARD_TAGS {
            if !self.tag_directives.iter().any(|(known, _)| known == handle) {
                self.tag_directives.push((handle.into(), prefix.into()));
            }
        }
        Ok(())
    }

    fn document_content(&mut self) -> Result<Event<'a>, Error> {
        match self.kind()? {
            TokenKind::VersionDirective { .. }
            | TokenKind::TagDirective { .. }
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => {
                self.pop();
                Ok(self.empty_scalar(self.state))
            }
            _ => self.node(true, false),
        }
    }

    fn document_end(&mut self) -> Result<Event<'a>, Error> {
        if matches!(self.kind()?, TokenKind::DocumentEnd) {
            self.skip();
        }
        self.tag_directives.clear();
        self.state = State::DocumentStart;
        Ok(Event::DocumentEnd)
    }

    fn take(&mut self) -> Result<Token<'a>, Error> {
        self.scanner.peek()?;
        self.scanner.next().ok_or_else(|| Error::yaml("unknown problem parsing YAML content"))
    }
}
