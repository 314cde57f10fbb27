//! Patterns for paths, exactly as `github.com/gobwas/glob` reads them with `/` for a separator: its lexer, parser,
//! compiler and matchers, with all that is odd in them, since charts are rendered with it.

mod alternatives;
mod compiler;
mod glue;
mod lexer;
mod matcher;
mod parser;
mod piece;
mod runes;
mod search;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use lexer::Token;
use matcher::Matcher;
use search::Search;

/// How deep a pattern may be, for one function calls another for each part in a row and for each brace in another.
const MAX_DEPTH: usize = 500;

/// A pattern: `*` and `?` stand for anything but a separator, `**` for anything, `[a-c]`, `[abc]` and with `!` for one
/// character, `{a,b}` for either, and a backslash takes away a sign's meaning.
#[derive(Debug)]
pub(super) struct Glob {
    matcher: Matcher,
    /// How many steps matching took so far.
    steps: Cell<usize>,
}

impl Glob {
    /// A pattern that is none matches everything, as `.Files.Glob` does then.
    pub(super) fn new(pattern: &str) -> Result<Self, String> {
        let Ok(tokens) = lexer::tokens(pattern) else { return Ok(Self::of(Matcher::Super)) };
        if depth(&tokens) > MAX_DEPTH {
            return Err(format!("a pattern of more than {MAX_DEPTH} parts in a row"));
        }
        Ok(Self::of(compiler::compile(&parser::parse(tokens))))
    }

    fn of(matcher: Matcher) -> Self {
        Self { matcher, steps: Cell::new(0) }
    }

    /// Whether the whole path is of the pattern, or what Go says of a pattern that makes the original fail.
    pub(super) fn matches(&self, path: &[u8]) -> Result<bool, String> {
        Search::new(path, &self.steps).is(&self.matcher, 0, path.len())
    }
}

/// How many parts follow each other at most, those around the open braces with them, and a brace as several.
fn depth(tokens: &[Token]) -> usize {
    const BRACE: usize = 5;
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut starts = Vec::new();
    for token in tokens {
        match token {
            Token::Open => {
                depth += BRACE;
                starts.push(depth);
            }
            Token::Separator => depth = starts.last().copied().unwrap_or(0),
            Token::Close => depth = starts.pop().unwrap_or(0),
            _ => depth += 1,
        }
        deepest = deepest.max(depth);
    }
    deepest
}
