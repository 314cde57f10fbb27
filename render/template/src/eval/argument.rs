//! Arguments: operands, and their conversion to the types of parameters.

use govalue::{Type, Value};

use super::{At, Result, State};
use crate::Origin;
use crate::ast::Expr;
use crate::operand::{Operand, can_be_nil, is_assignable, zero};
use govalue::grow;

impl<'t> State<'t> {
    /// What errors name for an operand: of a pipeline in parentheses what is in them.
    pub(super) fn at_operand(&self, expr: &'t Expr) -> At<'t> {
        match expr {
            Expr::Pipe(pipe) => At::Pipe(self.nodes().at(*pipe)),
            other => At::Expr(other),
        }
    }

    /// An operand where any type will do.
    pub(super) fn eval_operand(&mut self, dot: &Operand, expr: &'t Expr) -> Result<Operand> {
        self.at = self.at_operand(expr);
        match expr {
            Expr::Dot(_) => Ok(dot.clone()),
            Expr::Nil(_) => Ok(Operand::default()),
            Expr::Bool(_, value) => Ok(Operand::concrete(Value::Bool(*value))),
            Expr::Number(number) => Ok(Operand::concrete(self.ideal_constant(self.nodes().at(*number))?)),
            Expr::String(literal) => {
                let text = self.nodes().at(*literal).text.clone();
                Ok(Operand::concrete(Value::String(text)))
            }
            Expr::Identifier(identifier) => self.eval_function(dot, *identifier, At::Expr(expr), &[], None),
            Expr::Field(_) | Expr::Variable(_) => self.eval_fields(dot, expr, &[], None),
            Expr::Chain(_) => grow(|| self.eval_fields(dot, expr, &[], None)),
            Expr::Pipe(pipe) => grow(|| self.eval_pipeline(dot, self.nodes().at(*pipe))),
        }
    }

    /// An argument for a parameter of this type, and where it comes from.
    pub(super) fn eval_argument(&mut self, dot: &Operand, ty: Type, expr: &'t Expr) -> Result<(Value, Origin)> {
        match expr {
            Expr::Nil(_) | Expr::Bool(..) | Expr::Number(_) | Expr::String(_) => {
                self.at = At::Expr(expr);
                Ok((self.eval_constant(ty, expr)?, Origin::default()))
            }
            Expr::Dot(_) => {
                self.at = At::Expr(expr);
                Ok((self.validate(dot.clone(), ty)?, dot.origin))
            }
            _ => {
                let operand = self.eval_operand(dot, expr)?;
                let origin = operand.origin;
                Ok((self.validate(operand, ty)?, origin))
            }
        }
    }

    /// A constant for a parameter of this type.
    fn eval_constant(&self, ty: Type, expr: &Expr) -> Result<Value> {
        let number = match expr {
            Expr::Number(number) => Some(self.nodes().at(*number)),
            _ => None,
        };
        match (ty, expr) {
            (ty, Expr::Nil(_)) if can_be_nil(ty) => Ok(nil(ty)),
            (ty, Expr::Nil(_)) => self.fail(format!("cannot assign nil to {}", ty.name())),
            (Type::Any | Type::Bool, Expr::Bool(_, value)) => Ok(Value::Bool(*value)),
            (Type::Any | Type::String, Expr::String(literal)) => {
                Ok(Value::String(self.nodes().at(*literal).text.clone()))
            }
            (Type::Any, Expr::Number(number)) => self.ideal_constant(self.nodes().at(*number)),
            (Type::Bool, _) => self.expected("bool", expr),
            (Type::String, _) => self.expected("string", expr),
            (Type::Int, _) => number
                .and_then(|number| number.int)
                .map_or_else(|| self.expected("integer", expr), |int| Ok(Value::Int(int))),
            (Type::Int64, _) => number
                .and_then(|number| number.int)
                .map_or_else(|| self.expected("integer", expr), |int| Ok(Value::Int64(int))),
            (Type::Float64, _) => number
                .and_then(|number| number.float)
                .map_or_else(|| self.expected("float", expr), |float| Ok(Value::Float64(float))),
            (ty, _) => self.fail(format!("can't handle {} for arg of type {}", self.shown(At::Expr(expr)), ty.name())),
        }
    }

    fn expected(&self, what: &str, found: &Expr) -> Result<Value> {
        self.fail(format!("expected {what}; found {}", self.shown(At::Expr(found))))
    }

    /// A value for a parameter of this type, if it is of that type.
    pub(super) fn validate(&self, operand: Operand, ty: Type) -> Result<Value> {
        match operand.value {
            Value::Invalid if can_be_nil(ty) => Ok(nil(ty)),
            Value::Invalid => self.fail(format!("invalid value; expected {}", ty.name())),
            value if is_assignable(&value, ty) => Ok(copied(value)),
            value => {
                let got = if value.is_nil() { Type::Any.name() } else { value.type_name() };
                self.fail(format!("wrong type for value; expected {}; got {got}", ty.name()))
            }
        }
    }
}

/// A struct as a function gets it.
fn copied(value: Value) -> Value {
    match &value {
        Value::Object(object) => object.copied().unwrap_or(value),
        _ => value,
    }
}

/// Nil as a function gets it: that a map is nil matters to those that change it.
fn nil(ty: Type) -> Value {
    if matches!(ty, Type::AnyMap | Type::StringMap) { Value::Nil } else { zero(ty) }
}
