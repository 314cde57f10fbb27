//! Pipelines, commands and operands.

use govalue::strconv;

use super::clause::Clause;
use super::{Parser, Result, number};
use crate::ast::{Chain, Command, Expr, Field, Identifier, Name, Path, Pipe, Pos, StringLiteral, Variable};
use crate::item::{Item, Kind};

/// How deep parentheses may stand in each other; Go has the same limit.
const MAX_PARENS: usize = 10_000;

/// The variables at the beginning of a pipeline.
#[derive(Default)]
struct Declared {
    variables: Vec<Variable>,
    is_assign: bool,
}

impl<'a> Parser<'a, '_> {
    /// Declarations and commands up to `end`, which is read too.
    pub(super) fn pipeline(&mut self, clause: Clause, end: Kind) -> Result<Pipe> {
        let pos = self.peek_non_space().pos;
        let mut declared = Declared::default();
        while self.declaration(&mut declared, clause)? {}
        let start = self.commands.len();
        loop {
            let item = self.next_non_space();
            if item.kind == end {
                self.check_pipeline(start, clause)?;
                let decl = self.source.nodes.add_run(declared.variables);
                let commands = self.source.nodes.take_run(&mut self.commands, start);
                return Ok(Pipe { pos, is_assign: declared.is_assign, decl, commands });
            }
            if !item.kind.starts_operand() {
                return Err(self.unexpected(item, clause));
            }
            self.backup();
            let command = self.command(item.pos)?;
            self.commands.push(command);
        }
    }

    /// A variable that is declared or set, if there is one; true if one more may follow.
    fn declaration(&mut self, declared: &mut Declared, clause: Clause) -> Result<bool> {
        let variable = self.peek_non_space();
        if variable.kind != Kind::Variable {
            return Ok(false);
        }
        let start = self.at;
        self.next();
        let next = self.peek_non_space();
        match next.kind {
            Kind::Assign | Kind::Declare => {
                self.next();
                declared.is_assign = next.kind == Kind::Assign;
                self.declare(declared, variable);
                Ok(false)
            }
            Kind::Char if self.items.value(next) == b"," => {
                self.next();
                self.declare(declared, variable);
                self.check_second_declaration(declared, clause)?;
                Ok(true)
            }
            // The variable is an operand, and a blank after it counts.
            _ => {
                self.at = start;
                Ok(false)
            }
        }
    }

    fn declare(&mut self, declared: &mut Declared, variable: Item) {
        let name = self.items.value(variable);
        let names = self.path(name);
        declared.variables.push(Variable { pos: variable.pos, names });
        self.scope.variables.declare(name);
    }

    /// After a variable and a comma: only `range` has a second one.
    fn check_second_declaration(&mut self, declared: &Declared, clause: Clause) -> Result<()> {
        if clause != Clause::Range || declared.variables.len() >= 2 {
            return Err(self.error(format!("too many declarations in {clause}")));
        }
        match self.peek_non_space().kind {
            Kind::Variable | Kind::RightDelim | Kind::RightParen => Ok(()),
            _ => Err(self.error("range can only initialize variables")),
        }
    }

    /// Of the commands from `start` on, only the first may be a value; the others get an argument.
    fn check_pipeline(&self, start: usize, clause: Clause) -> Result<()> {
        if self.commands.len() == start {
            return Err(self.error(format!("missing value for {clause}")));
        }
        let mut others = self.commands.iter().skip(start + 1);
        let first = |command: &Command| self.source.nodes.run(command.args).first();
        match others.position(|command| first(command).is_some_and(is_constant_or_dot)) {
            Some(index) => Err(self.error(format!("non executable command in pipeline stage {}", index + 2))),
            None => Ok(()),
        }
    }

    /// Operands with blanks between them, up to a `|`, which is read, or the pipeline's end, which is not.
    fn command(&mut self, pos: Pos) -> Result<Command> {
        let start = self.args.len();
        loop {
            if let Some(operand) = self.operand()? {
                self.args.push(operand);
            }
            let item = self.next();
            match item.kind {
                Kind::Space => continue,
                Kind::RightDelim | Kind::RightParen => self.backup(),
                Kind::Pipe => {}
                _ => return Err(self.unexpected(item, "operand")),
            }
            return Ok(Command { pos, args: self.source.nodes.take_run(&mut self.args, start) });
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
        // As in Go, the place is that of the fields, not of the term.
        let pos = first.pos;
        let mut end = pos;
        while self.peek().kind == Kind::Field {
            let field = self.next();
            end = field.end;
        }
        Ok(Some(match term {
            Expr::Field(term) => Expr::Field(Field { pos, names: self.path(self.items.slice(term.pos, end)) }),
            Expr::Variable(term) => Expr::Variable(Variable { pos, names: self.path(self.items.slice(term.pos, end)) }),
            Expr::Identifier(_) | Expr::Pipe(_) | Expr::Chain(_) => {
                let names = self.path(self.items.slice(pos, end));
                Expr::Chain(self.source.nodes.add(Chain { pos, operand: term, names }))
            }
            _ => {
                let term = strconv::quote(self.source.show(&term).to_string().as_bytes());
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
            Kind::Field => Expr::Field(Field { pos, names: self.path(self.items.value(item)) }),
            Kind::Bool => Expr::Bool(pos, self.items.value(item) == b"true"),
            Kind::CharConstant | Kind::Complex | Kind::Number => {
                let number = number::parse(item, self.items.value(item)).map_err(|message| self.error(message))?;
                Expr::Number(self.source.nodes.add(number))
            }
            Kind::LeftParen => {
                let pipe = self.parenthesized()?;
                Expr::Pipe(self.source.nodes.add(pipe))
            }
            Kind::String | Kind::RawString => {
                let text = (&*self.unquote(item)?).into();
                Expr::String(self.source.nodes.add(StringLiteral { pos, length: item.end - pos, text }))
            }
            _ => {
                self.backup();
                return Ok(None);
            }
        }))
    }

    /// The name of a function, which must be there.
    fn function(&mut self, item: Item) -> Result<Name> {
        let name = self.items.value(item);
        self.names
            .function(name, &mut self.source.nodes, self.functions)
            .ok_or_else(|| self.error(format!("function {} not defined", strconv::quote(name))))
    }

    /// The names of `.a.b` or `$x.a`.
    fn path(&mut self, path: &'a [u8]) -> Path {
        self.names.path(path, &mut self.source.nodes)
    }

    /// The use of a variable, which must be there.
    fn variable(&mut self, item: Item) -> Result<Variable> {
        let name = self.items.value(item);
        if self.scope.variables.contains(name) {
            return Ok(Variable { pos: item.pos, names: self.path(name) });
        }
        Err(self.error(format!("undefined variable {}", strconv::quote(name))))
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
