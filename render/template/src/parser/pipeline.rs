//! Pipelines, commands and operands.

use std::rc::Rc;

use govalue::strconv;

use super::clause::Clause;
use super::{Parser, Result, number};
use crate::ast::{Chain, Command, Expr, Field, Identifier, Pipe, StringLiteral, Variable};
use crate::item::{Item, Kind};

/// How deep parentheses may stand in each other; Go has the same limit.
const MAX_PARENS: usize = 10_000;

impl<'a> Parser<'a, '_> {
    /// Declarations and commands up to `end`, which is read too.
    pub(super) fn pipeline(&mut self, clause: Clause, end: Kind) -> Result<Pipe> {
        let first = self.peek_non_space();
        let mut pipe =
            Pipe { pos: first.pos, line: first.line, is_assign: false, decl: Vec::new(), commands: Vec::new() };
        while self.declaration(&mut pipe, clause)? {}
        let start = self.commands.len();
        loop {
            let item = self.next_non_space();
            if item.kind == end {
                pipe.commands = self.commands.drain(start..).collect();
                self.check_pipeline(&pipe, clause)?;
                return Ok(pipe);
            }
            if !item.kind.starts_operand() {
                return Err(self.unexpected(item, clause));
            }
            self.backup(item);
            let command = self.command()?;
            self.commands.push(command);
        }
    }

    /// A variable that is declared or set, if there is one; true if one more may follow.
    fn declaration(&mut self, pipe: &mut Pipe, clause: Clause) -> Result<bool> {
        let variable = self.peek_non_space();
        if variable.kind != Kind::Variable {
            return Ok(false);
        }
        self.next();
        let after = self.peek();
        let next = self.peek_non_space();
        match next.kind {
            Kind::Assign | Kind::Declare => {
                self.next();
                pipe.is_assign = next.kind == Kind::Assign;
                self.declare(pipe, variable);
                Ok(false)
            }
            Kind::Char if next.value == b"," => {
                self.next();
                self.declare(pipe, variable);
                self.check_second_declaration(pipe, clause)?;
                Ok(true)
            }
            // The variable is an operand, and a blank after it counts.
            _ => {
                if after.kind == Kind::Space {
                    self.backup(after);
                }
                self.backup(variable);
                Ok(false)
            }
        }
    }

    fn declare(&mut self, pipe: &mut Pipe, variable: Item<'a>) {
        let name = self.names.shared(variable.value);
        pipe.decl.push(Variable { pos: variable.pos, names: vec![name] });
        self.scope.variables.declare(variable.value);
    }

    /// After a variable and a comma: only `range` has a second one.
    fn check_second_declaration(&mut self, pipe: &Pipe, clause: Clause) -> Result<()> {
        if clause != Clause::Range || pipe.decl.len() >= 2 {
            return Err(self.error(format!("too many declarations in {clause}")));
        }
        match self.peek_non_space().kind {
            Kind::Variable | Kind::RightDelim | Kind::RightParen => Ok(()),
            _ => Err(self.error("range can only initialize variables")),
        }
    }

    /// Only the first command may be a value; the others get an argument.
    fn check_pipeline(&self, pipe: &Pipe, clause: Clause) -> Result<()> {
        if pipe.commands.is_empty() {
            return Err(self.error(format!("missing value for {clause}")));
        }
        let value =
            pipe.commands.iter().skip(1).position(|command| command.args.first().is_some_and(is_constant_or_dot));
        match value {
            Some(index) => Err(self.error(format!("non executable command in pipeline stage {}", index + 2))),
            None => Ok(()),
        }
    }

    /// Operands with blanks between them, up to a `|`, which is read, or the pipeline's end, which is not.
    fn command(&mut self) -> Result<Command> {
        let (pos, start) = (self.peek_non_space().pos, self.args.len());
        loop {
            self.peek_non_space();
            let operand = self.operand()?;
            self.args.extend(operand);
            let item = self.next();
            match item.kind {
                Kind::Space => continue,
                Kind::RightDelim | Kind::RightParen => self.backup(item),
                Kind::Pipe => {}
                _ => return Err(self.unexpected(item, "operand")),
            }
            return Ok(Command { pos, args: self.args.drain(start..).collect() });
        }
    }

    /// A term and the fields after it, if a term is next.
    fn operand(&mut self) -> Result<Option<Expr>> {
        let Some(term) = self.term()? else {
            return Ok(None);
        };
        let first = self.peek();
        if first.kind != Kind::Field {
            return Ok(Some(term));
        }
        let mut names = Vec::new();
        while self.peek().kind == Kind::Field {
            let item = self.next();
            names.push(self.field_name(item));
        }
        // As in Go, the place is that of the fields, not of the term.
        let pos = first.pos;
        Ok(Some(match term {
            Expr::Field(field) => Expr::Field(Field { pos, names: joined(field.names, names) }),
            Expr::Variable(variable) => Expr::Variable(Variable { pos, names: joined(variable.names, names) }),
            Expr::Identifier(_) | Expr::Pipe(_) | Expr::Chain(_) => {
                Expr::Chain(Box::new(Chain { pos, operand: term, names }))
            }
            _ => {
                let term = strconv::quote(term.to_string().as_bytes());
                return Err(self.error(format!("unexpected . after term {term}")));
            }
        }))
    }

    /// A value without fields, if one is next.
    fn term(&mut self) -> Result<Option<Expr>> {
        let item = self.next_non_space();
        let pos = item.pos;
        Ok(Some(match item.kind {
            Kind::Identifier => Expr::Identifier(Identifier { pos, name: self.function(item)? }),
            Kind::Dot => Expr::Dot(pos),
            Kind::Nil => Expr::Nil(pos),
            Kind::Variable => Expr::Variable(self.variable(item)?),
            Kind::Field => Expr::Field(Field { pos, names: vec![self.field_name(item)] }),
            Kind::Bool => Expr::Bool(pos, item.value == b"true"),
            Kind::CharConstant | Kind::Complex | Kind::Number => {
                Expr::Number(number::parse(item).map_err(|message| self.error(message))?.into())
            }
            Kind::LeftParen => Expr::Pipe(Box::new(self.parenthesized()?)),
            Kind::String | Kind::RawString => {
                let text = self.unquote(item)?.into();
                Expr::String(StringLiteral { pos, quoted: item.value.into(), text })
            }
            _ => {
                self.backup(item);
                return Ok(None);
            }
        }))
    }

    /// The name of a function, which must be there.
    fn function(&mut self, item: Item<'a>) -> Result<Rc<str>> {
        let name = self.names.shared(item.value);
        if (self.functions)(&name) {
            return Ok(name);
        }
        Err(self.error(format!("function {} not defined", strconv::quote(item.value))))
    }

    /// The use of a variable, which must be there.
    fn variable(&mut self, item: Item<'a>) -> Result<Variable> {
        if self.scope.variables.contains(item.value) {
            return Ok(Variable { pos: item.pos, names: vec![self.names.shared(item.value)] });
        }
        Err(self.error(format!("undefined variable {}", strconv::quote(item.value))))
    }

    /// A field's name without its dot.
    fn field_name(&mut self, item: Item<'a>) -> Rc<str> {
        self.names.shared(item.value.strip_prefix(b".").unwrap_or(item.value))
    }

    /// `pipeline)`, of which the left parenthesis is past.
    fn parenthesized(&mut self) -> Result<Pipe> {
        if self.scope.parens >= MAX_PARENS {
            return Err(self.error("max expression depth exceeded"));
        }
        self.scope.parens += 1;
        let pipe = govalue::grow(|| self.pipeline(Clause::Parenthesized, Kind::RightParen))?;
        self.scope.parens -= 1;
        Ok(pipe)
    }
}

/// What cannot be called, so that it cannot take the value of the command before it.
fn is_constant_or_dot(operand: &Expr) -> bool {
    matches!(operand, Expr::Bool(..) | Expr::Dot(_) | Expr::Nil(_) | Expr::Number(_) | Expr::String(_))
}

fn joined(mut names: Vec<Rc<str>>, more: Vec<Rc<str>>) -> Vec<Rc<str>> {
    names.extend(more);
    names
}
