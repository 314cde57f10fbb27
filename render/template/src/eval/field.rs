//! `.a.b`, `$x.a` and `(pipeline).a`: fields, keys and methods.

use govalue::{Map, Value};

use super::{At, Result, State};
use crate::ast::{Expr, Name};
use crate::operand::{self, Operand};
use crate::{Event, MissingKey, quoted};

/// A name, and what is given if it is a method's.
struct Access<'t, 'n> {
    node: &'t Expr,
    name: &'n str,
    args: &'t [Expr],
    last: Option<Operand>,
}

impl Access<'_, '_> {
    fn has_args(&self) -> bool {
        !self.args.is_empty() || self.last.is_some()
    }
}

impl<'t> State<'t> {
    /// The value of a field, a variable or a chain. Arguments are for the last name, which is a method's then.
    pub(super) fn eval_fields(
        &mut self,
        dot: &Operand,
        node: &'t Expr,
        args: &'t [Expr],
        last: Option<Operand>,
    ) -> Result<Operand> {
        self.at = At::Expr(node);
        match node {
            Expr::Field(field) => self.eval_names(dot, dot, node, self.nodes().run(field.names), args, last),
            Expr::Variable(variable) => {
                let Some((name, names)) = self.nodes().run(variable.names).split_first() else {
                    return self.fail("variable without a name");
                };
                let receiver = self.variable(self.nodes().name(*name))?;
                if names.is_empty() {
                    self.no_arguments(node, args, last.as_ref())?;
                    return Ok(receiver);
                }
                self.eval_names(dot, &receiver, node, names, args, last)
            }
            Expr::Chain(chain) => {
                let chain = self.nodes().at(*chain);
                if let Expr::Nil(_) = chain.operand {
                    return self.fail(format!("indirection through explicit nil in {}", self.shown(At::Expr(node))));
                }
                let receiver = self.eval_operand(dot, &chain.operand)?;
                self.eval_names(dot, &receiver, node, self.nodes().run(chain.names), args, last)
            }
            other => self.eval_operand(dot, other),
        }
    }

    fn eval_names(
        &mut self,
        dot: &Operand,
        receiver: &Operand,
        node: &'t Expr,
        names: &[Name],
        args: &'t [Expr],
        last: Option<Operand>,
    ) -> Result<Operand> {
        let Some((final_name, names)) = names.split_last() else {
            return Ok(receiver.clone());
        };
        let mut inner = None;
        let text = self.nodes();
        for name in names {
            let access = Access { node, name: text.name(*name), args: &[], last: None };
            inner = Some(self.eval_field(dot, inner.as_ref().unwrap_or(receiver), access)?);
        }
        let access = Access { node, name: text.name(*final_name), args, last };
        self.eval_field(dot, inner.as_ref().unwrap_or(receiver), access)
    }

    fn eval_field(&mut self, dot: &Operand, receiver: &Operand, access: Access<'t, '_>) -> Result<Operand> {
        let name = access.name;
        match &receiver.value {
            Value::Invalid if self.run.options.missing_key == MissingKey::Error => {
                return self.fail(format!("nil data; no entry for key {}", quoted(name)));
            }
            Value::Invalid => return Ok(Operand::default()),
            Value::Nil => return self.fail(format!("nil pointer evaluating {}.{name}", receiver.type_name())),
            _ => {}
        }
        if let Some(method) = operand::method(&receiver.value, name) {
            return self.call_method(dot, method, receiver, At::Expr(access.node), access.args, access.last);
        }
        match &receiver.value {
            Value::Map(_) if access.has_args() => self.fail(format!("{name} is not a method but has arguments")),
            Value::Map(map) => {
                let element = self.entry(map, name)?;
                Ok(self.read(receiver, || name.into(), element))
            }
            Value::Object(object) => match object.field(name) {
                Some(_) if access.has_args() => {
                    self.fail(format!("{name} has arguments but cannot be invoked as function"))
                }
                Some(value) => Ok(Operand { value, boxed: false, origin: receiver.origin }),
                None => self.no_field(receiver, name),
            },
            _ => self.no_field(receiver, name),
        }
    }

    fn no_field(&self, receiver: &Operand, name: &str) -> Result<Operand> {
        self.fail(format!("can't evaluate field {name} in type {}", receiver.type_name()))
    }

    /// An element of a map or a list, with where it comes from.
    pub(super) fn read(&mut self, of: &Operand, key: impl FnOnce() -> Value, element: Operand) -> Operand {
        if !self.run.is_traced() {
            return element;
        }
        let read = Event::Read { of: &of.value, origin: of.origin, key: &key(), value: &element.value };
        let origin = self.run.tell(read);
        element.from(origin)
    }

    fn entry(&self, map: &Map, key: &str) -> Result<Operand> {
        let element = map.element();
        match (map.get(key), self.run.options.missing_key) {
            (Some(value), _) => Ok(Operand::of(element, value)),
            (None, MissingKey::Default) => Ok(Operand::default()),
            (None, MissingKey::Zero) => Ok(Operand::of(element, operand::zero(element))),
            (None, MissingKey::Error) => self.fail(format!("map has no entry for key {}", quoted(key))),
        }
    }
}
