//! Calls of functions and methods.

use govalue::{Method, Type, Value, meter};

use super::{At, Result, State};
use crate::ast::{Expr, Identifier};
use crate::builtins::{Builtin, Parameters};
use crate::operand::Operand;
use crate::{Callable, Event, ExecError, Origin, printing, quoted};

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

/// The values that functions are called with, those of the innermost call last.
#[derive(Default)]
pub(crate) struct Arguments {
    values: Vec<Value>,
    /// Where each comes from, if a tracer wants to know.
    origins: Vec<Origin>,
}

/// Where the arguments of a call begin.
struct Frame {
    values: usize,
    origins: usize,
}

impl Arguments {
    fn of(operands: &[Operand]) -> Self {
        let values = operands.iter().map(|operand| operand.value.clone()).collect();
        Self { values, origins: operands.iter().map(|operand| operand.origin).collect() }
    }

    /// Leaves their memory to the next execution.
    pub(super) fn clear(&mut self) {
        self.values.clear();
        self.origins.clear();
    }

    fn begin(&self) -> Frame {
        Frame { values: self.values.len(), origins: self.origins.len() }
    }

    fn values(&self, frame: &Frame) -> &[Value] {
        self.values.get(frame.values..).unwrap_or_default()
    }

    fn origins(&self, frame: &Frame) -> &[Origin] {
        self.origins.get(frame.origins..).unwrap_or_default()
    }

    fn end(&mut self, frame: &Frame) {
        self.values.truncate(frame.values);
        self.origins.truncate(frame.origins);
    }
}

impl<'t> State<'t> {
    /// Calls the function of this name.
    pub(super) fn eval_function(
        &mut self,
        dot: &Operand,
        identifier: Identifier,
        node: At<'t>,
        args: &'t [Expr],
        last: Option<Operand>,
    ) -> Result<Operand> {
        let name = self.nodes().name(identifier.name);
        let given = Given { dot, name, node, args, last };
        match self.functions.get(name) {
            Some(Callable::Plain(function)) => {
                let frame = self.eval_arguments(given, function.params, function.variadic)?;
                let result = (function.call)(self.arguments.values(&frame));
                self.finish_call(name, node, &frame, result.map_err(ExecError::from))
            }
            Some(Callable::Calling(calling)) => {
                let frame = self.eval_arguments(given, calling.params, calling.variadic)?;
                self.run.dot_origin = self.arguments.origins(&frame).last().copied().unwrap_or_default();
                let result = (calling.call)(self.run, self.arguments.values(&frame));
                self.finish_call(name, node, &frame, result)
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
        receiver: &Operand,
        node: At<'t>,
        args: &'t [Expr],
        last: Option<Operand>,
    ) -> Result<Operand> {
        let given = Given { dot, name: method.name, node, args, last };
        let frame = self.eval_arguments(given, method.params, method.variadic)?;
        let result = (method.call)(&receiver.value, self.arguments.values(&frame));
        self.arguments.origins.extend(self.run.is_traced().then_some(receiver.origin));
        self.finish_call(method.name, node, &frame, result.map_err(ExecError::from))
    }

    fn call_builtin(&mut self, builtin: Builtin, given: Given<'t, '_>) -> Result<Operand> {
        let (name, node) = (given.name, given.node);
        match builtin.parameters() {
            Parameters::Typed(params) => {
                let frame = self.eval_arguments(given, params, true)?;
                let text = builtin.text(self.arguments.values(&frame));
                self.finish_call(name, node, &frame, Ok(Value::String(text.into())))
            }
            Parameters::Operands { fixed, variadic } => {
                self.check_count(&given, fixed, variadic)?;
                if let Builtin::And | Builtin::Or = builtin {
                    return self.short_circuit(&given, builtin == Builtin::Or);
                }
                let (source, callee) = (&self.tree.source, given.args.first().map(|arg| self.at_operand(arg)));
                let callee = || callee.map(|callee| callee.shown(source));
                let operands = self.eval_operands(given)?;
                if builtin.reads_text() {
                    self.steps(
                        operands.iter().map(|operand| size(&operand.value)).sum::<usize>() as u64 / BYTES_OF_STEP,
                    )?;
                }
                let arguments = self.run.is_traced().then(|| Arguments::of(&operands));
                match builtin.call(operands, callee) {
                    Ok(operand) => Ok(self.called(name, node, arguments, operand)),
                    Err(message) => self.call_error(name, node, message.into()),
                }
            }
        }
    }

    /// `and` and `or`: the first argument that decides, or else the last one.
    fn short_circuit(&mut self, given: &Given<'t, '_>, until: bool) -> Result<Operand> {
        let (mut operand, mut looked_at) = (Operand::default(), Vec::new());
        for arg in given.args {
            operand = self.eval_operand(given.dot, arg)?;
            looked_at.extend(self.run.is_traced().then(|| operand.clone()));
            if operand.value.is_true() == until {
                return Ok(self.chosen(given, &looked_at, operand));
            }
        }
        if let Some(last) = &given.last {
            looked_at.extend(self.run.is_traced().then(|| last.clone()));
            operand = last.clone();
        }
        Ok(self.chosen(given, &looked_at, operand))
    }

    /// One of the values that were looked at comes from all of them.
    fn chosen(&mut self, given: &Given<'t, '_>, looked_at: &[Operand], operand: Operand) -> Operand {
        let arguments = self.run.is_traced().then(|| Arguments::of(looked_at));
        self.called(given.name, given.node, arguments, operand)
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

    /// Puts the values that a call is given behind those of the calls around it.
    fn eval_arguments(&mut self, given: Given<'t, '_>, params: &'static [Type], variadic: bool) -> Result<Frame> {
        self.check_count(&given, params.len() - usize::from(variadic && !params.is_empty()), variadic)?;
        let rest = params.last().copied().unwrap_or(Type::Any);
        let type_of = |place: usize| params.get(place).copied().unwrap_or(rest);
        let (frame, is_traced) = (self.arguments.begin(), self.run.is_traced());
        for (place, arg) in given.args.iter().enumerate() {
            let (value, origin) = self.eval_argument(given.dot, type_of(place), arg)?;
            self.arguments.values.push(value);
            self.arguments.origins.extend(is_traced.then_some(origin));
        }
        if let Some(last) = given.last {
            self.arguments.origins.extend(is_traced.then_some(last.origin));
            let value = self.validate(last, type_of(given.args.len()))?;
            self.arguments.values.push(value);
        }
        self.steps(self.arguments.values(&frame).iter().map(size).sum::<usize>() as u64 / BYTES_OF_STEP)?;
        Ok(frame)
    }

    /// What a call gave, or its error with the call's node.
    fn finish_call(&mut self, name: &str, node: At<'t>, frame: &Frame, result: Result<Value>) -> Result<Operand> {
        let value = match result {
            Ok(value) => value,
            Err(error) => return self.call_error(name, node, error),
        };
        if matches!(&value, Value::String(text) if printing::is_too_long(text)) {
            return self.call_error(name, node, printing::too_long().into());
        }
        self.charge(size(&value).saturating_add(usize::try_from(meter::take()).unwrap_or(usize::MAX)))?;
        let mut operand = Operand { value, boxed: false, origin: Origin::default() };
        if self.run.is_traced() {
            let (arguments, origins) = (self.arguments.values(frame), self.arguments.origins(frame));
            let (tree, pos, value) = (self.tree, node.pos(self.nodes()), &operand.value);
            operand.origin = self.run.tell(Event::Called { tree, pos, name, arguments, origins, value });
        }
        self.arguments.end(frame);
        Ok(operand)
    }

    /// What a function of Go's gave, with where it comes from.
    fn called(&mut self, name: &str, node: At<'t>, arguments: Option<Arguments>, operand: Operand) -> Operand {
        let Some(arguments) = arguments else { return operand };
        let Arguments { values: arguments, origins } = &arguments;
        let (tree, pos, value) = (self.tree, node.pos(self.nodes()), &operand.value);
        let origin = self.run.tell(Event::Called { tree, pos, name, arguments, origins, value });
        operand.from(origin)
    }

    #[cold]
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
