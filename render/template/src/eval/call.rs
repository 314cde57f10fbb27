//! Calls of functions and methods.

use govalue::{Method, Type, Value, meter};

use super::{At, Result, State};
use crate::ast::{Expr, Identifier};
use crate::builtins::{Builtin, Parameters};
use crate::operand::Operand;
use crate::{Callable, ExecError, printing, quoted};

/// So many bytes of text that a function is given count as a step.
const BYTES_OF_STEP: u64 = 8;

/// What a call is given.
struct Given<'t, 'd> {
    dot: &'d Operand,
    /// The name of what is called.
    name: &'t str,
    /// The node of the call.
    node: At<'t>,
    args: &'t [Expr],
    /// The value of the command before, which becomes the last argument.
    last: Option<Operand>,
}

impl<'t> State<'t> {
    /// Calls the function of this name.
    pub(super) fn eval_function(
        &mut self,
        dot: &Operand,
        identifier: &'t Identifier,
        node: At<'t>,
        args: &'t [Expr],
        last: Option<Operand>,
    ) -> Result<Operand> {
        let name = &*identifier.name;
        let given = Given { dot, name, node, args, last };
        match self.functions.get(name) {
            Some(Callable::Plain(function)) => {
                let values = self.eval_arguments(given, function.params, function.variadic)?;
                let result = (function.call)(&values);
                self.finish_call(name, node, result.map_err(ExecError::from))
            }
            Some(Callable::Calling(calling)) => {
                let values = self.eval_arguments(given, calling.params, calling.variadic)?;
                let result = (calling.call)(self.run, &values);
                self.finish_call(name, node, result)
            }
            None => match Builtin::find(name) {
                Some(builtin) => self.call_builtin(builtin, given),
                None => self.fail(format!("{} is not a defined function", quoted(name))),
            },
        }
    }

    /// Calls a method of a value.
    pub(super) fn call_method(
        &mut self,
        dot: &Operand,
        method: &'static Method,
        receiver: &Value,
        node: At<'t>,
        args: &'t [Expr],
        last: Option<Operand>,
    ) -> Result<Operand> {
        let given = Given { dot, name: method.name, node, args, last };
        let values = self.eval_arguments(given, method.params, method.variadic)?;
        let result = (method.call)(receiver, &values);
        self.finish_call(method.name, node, result.map_err(ExecError::from))
    }

    fn call_builtin(&mut self, builtin: Builtin, given: Given<'t, '_>) -> Result<Operand> {
        let (name, node) = (given.name, given.node);
        match builtin.parameters() {
            Parameters::Typed(params) => {
                let values = self.eval_arguments(given, params, true)?;
                let text = builtin.text(&values);
                self.finish_call(name, node, Ok(Value::String(text.into())))
            }
            Parameters::Operands { fixed, variadic } => {
                self.check_count(&given, fixed, variadic)?;
                if let Builtin::And | Builtin::Or = builtin {
                    return self.short_circuit(given, builtin == Builtin::Or);
                }
                let callee = given.args.first().map(|arg| At::from(arg).to_string());
                let operands = self.eval_operands(given)?;
                builtin.call(operands, callee).or_else(|message| self.call_error(name, node, message.into()))
            }
        }
    }

    /// `and` and `or`: the first argument that decides, or else the last one.
    fn short_circuit(&mut self, given: Given<'t, '_>, until: bool) -> Result<Operand> {
        let mut operand = Operand::default();
        for arg in given.args {
            operand = self.eval_operand(given.dot, arg)?;
            if operand.value.is_true() == until {
                return Ok(operand);
            }
        }
        Ok(given.last.unwrap_or(operand))
    }

    fn check_count(&self, given: &Given<'t, '_>, fixed: usize, variadic: bool) -> Result<()> {
        let (name, args) = (given.name, given.args.len());
        let count = args + usize::from(given.last.is_some());
        if variadic && count < fixed {
            return self.fail(format!("wrong number of args for {name}: want at least {fixed} got {args}"));
        }
        if !variadic && count != fixed {
            return self.fail(format!("wrong number of args for {name}: want {fixed} got {count}"));
        }
        Ok(())
    }

    fn eval_operands(&mut self, given: Given<'t, '_>) -> Result<Vec<Operand>> {
        let mut operands = Vec::with_capacity(given.args.len() + 1);
        for arg in given.args {
            operands.push(self.eval_operand(given.dot, arg)?);
        }
        operands.extend(given.last);
        Ok(operands)
    }

    fn eval_arguments(&mut self, given: Given<'t, '_>, params: &'static [Type], variadic: bool) -> Result<Vec<Value>> {
        self.check_count(&given, params.len() - usize::from(variadic && !params.is_empty()), variadic)?;
        let rest = params.last().copied().unwrap_or(Type::Any);
        let mut types = params.iter().copied().chain(std::iter::repeat(rest));
        let mut values = Vec::with_capacity(given.args.len() + 1);
        for (arg, ty) in given.args.iter().zip(&mut types) {
            values.push(self.eval_argument(given.dot, ty, arg)?);
        }
        if let Some((last, ty)) = given.last.zip(types.next()) {
            values.push(self.validate(last, ty)?);
        }
        self.steps(values.iter().map(size).sum::<usize>() as u64 / BYTES_OF_STEP)?;
        Ok(values)
    }

    /// What a call gave, or its error with the call's node.
    fn finish_call(&mut self, name: &str, node: At<'t>, result: Result<Value>) -> Result<Operand> {
        let value = match result {
            Ok(value) => value,
            Err(error) => return self.call_error(name, node, error),
        };
        if matches!(&value, Value::String(text) if printing::is_too_long(text)) {
            return self.call_error(name, node, printing::too_long().into());
        }
        self.charge(size(&value).saturating_add(usize::try_from(meter::take()).unwrap_or(usize::MAX)))?;
        Ok(Operand { value, boxed: false })
    }

    fn call_error<T>(&mut self, name: &str, node: At<'t>, error: ExecError) -> Result<T> {
        self.at = node;
        let message = format!("error calling {name}: ");
        Err(ExecError::at(self.place(), message, Some(error)))
    }
}

/// The bytes of text that a function was given, or that its result may have taken anew.
fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        _ => 0,
    }
}
