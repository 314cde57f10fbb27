//! Pipelines, commands, variables and constants.

use govalue::Value;

use super::{At, Result, State};
use crate::ast::{Command, Expr, Number, Pipe, Variable};
use crate::operand::Operand;

/// So many variables that a search passes count as a step.
const VARIABLES_OF_STEP: u64 = 64;

impl<'t> State<'t> {
    /// The value of a pipeline. What it declares stays until the caller drops it.
    pub(super) fn eval_pipeline(&mut self, dot: &Operand, pipe: &'t Pipe) -> Result<Operand> {
        self.at = At::Pipe(pipe);
        let mut last = None;
        for command in self.nodes().run(pipe.commands) {
            last = Some(self.eval_command(dot, command, last)?.unboxed());
        }
        let operand = last.unwrap_or_default();
        for name in self.declared(pipe) {
            if pipe.is_assign {
                let value = self.assigned(operand.clone());
                self.set_variable(name, value)?;
            } else {
                self.vars.push((name, operand.clone()));
            }
        }
        Ok(operand)
    }

    /// The names of the variables that a pipeline declares or sets.
    pub(super) fn declared(&self, pipe: &'t Pipe) -> impl Iterator<Item = &'t str> + use<'t> {
        let nodes = self.nodes();
        let first = |variable: &Variable| nodes.run(variable.names).first().map(|name| nodes.name(*name));
        nodes.run(pipe.decl).iter().filter_map(first)
    }

    /// The value of a command, which has the last command's value as its last argument.
    fn eval_command(&mut self, dot: &Operand, command: &'t Command, last: Option<Operand>) -> Result<Operand> {
        let Some((first, args)) = self.nodes().run(command.args).split_first() else {
            return self.fail("empty command");
        };
        match first {
            Expr::Field(_) | Expr::Variable(_) | Expr::Chain(_) => self.eval_fields(dot, first, args, last),
            Expr::Identifier(identifier) => {
                self.at = At::Expr(first);
                self.eval_function(dot, *identifier, At::Command(command), args, last)
            }
            Expr::Pipe(pipe) => {
                self.no_arguments(first, args, last.as_ref())?;
                govalue::grow(|| self.eval_pipeline(dot, self.nodes().at(*pipe)))
            }
            Expr::Nil(_) => {
                self.at = At::Expr(first);
                self.no_arguments(first, args, last.as_ref())?;
                self.fail("nil is not a command")
            }
            Expr::Dot(_) | Expr::Bool(..) | Expr::Number(_) | Expr::String(_) => {
                self.at = At::Expr(first);
                self.no_arguments(first, args, last.as_ref())?;
                self.eval_operand(dot, first)
            }
        }
    }

    /// Fails if something is given arguments that cannot be called.
    pub(super) fn no_arguments(&self, first: &'t Expr, args: &[Expr], last: Option<&Operand>) -> Result<()> {
        if args.is_empty() && last.is_none() {
            return Ok(());
        }
        self.fail(format!("can't give argument to non-function {}", self.shown(self.at_operand(first))))
    }

    pub(super) fn set_variable(&mut self, name: &str, value: Operand) -> Result<()> {
        let place = self.variable_place(name)?;
        if let Some((_, variable)) = self.vars.get_mut(place) {
            *variable = value;
        }
        Ok(())
    }

    pub(super) fn variable(&mut self, name: &str) -> Result<Operand> {
        let place = self.variable_place(name)?;
        Ok(self.vars.get(place).map(|(_, value)| value.clone()).unwrap_or_default())
    }

    /// Where the innermost variable of this name is. To look past many others counts as steps.
    fn variable_place(&mut self, name: &str) -> Result<usize> {
        let Some(place) = self.vars.iter().rposition(|(variable, _)| *variable == name) else {
            return self.fail(format!("undefined variable: {name}"));
        };
        let passed = self.vars.len() - place;
        self.steps(passed as u64 / VARIABLES_OF_STEP)?;
        Ok(place)
    }

    /// A number where any type will do: its spelling decides.
    pub(super) fn ideal_constant(&self, number: &Number) -> Result<Value> {
        let text = number.text.as_str();
        match number {
            Number { complex: Some((real, imaginary)), .. } => Ok(Value::Complex128(*real, *imaginary)),
            Number { float: Some(float), .. } if is_spelled_as_float(text) => Ok(Value::Float64(*float)),
            Number { int: Some(int), .. } => Ok(Value::Int(*int)),
            Number { uint: Some(_), .. } => self.fail(format!("{text} overflows int")),
            _ => Ok(Value::Invalid),
        }
    }
}

fn is_spelled_as_float(text: &str) -> bool {
    let is_hex = text.len() > 2 && (text.starts_with("0x") || text.starts_with("0X")) && !text.contains(['p', 'P']);
    !is_hex && !text.starts_with('\'') && text.contains(['.', 'e', 'E', 'p', 'P'])
}
