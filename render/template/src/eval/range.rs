//! `{{range}}`

use govalue::Value;

use super::walk::Flow;
use super::{Result, State};
use crate::Event;
use crate::ast::Branch;
use crate::operand::{Operand, scalar};

impl<'t> State<'t> {
    pub(super) fn walk_range(&mut self, dot: &Operand, branch: &'t Branch) -> Result<()> {
        let mark = self.vars.len();
        let operand = self.eval_pipeline(dot, &branch.pipe)?;
        self.branch(branch, operand.origin);
        let any = self.walk_elements(branch, &operand)?;
        if !any {
            self.decided(branch, false);
            self.skipped(Some(branch.list))?;
            if let Some(otherwise) = &branch.else_list {
                self.walk_list(dot, *otherwise)?;
            }
        }
        self.run.tell(Event::Leave);
        self.vars.truncate(mark);
        Ok(())
    }

    /// Walks the body for every element; tells whether there was one.
    fn walk_elements(&mut self, branch: &'t Branch, operand: &Operand) -> Result<bool> {
        let value = &operand.value;
        match scalar(value) {
            Value::Int(end) => self.count(branch, operand, end, Value::Int),
            Value::Int64(end) => self.count(branch, operand, end, Value::Int64),
            Value::Int32(end) => self.count(branch, operand, end, Value::Int32),
            Value::Uint8(end) => self.count(branch, operand, end, Value::Uint8),
            Value::Uint64(end) => self.count(branch, operand, end, Value::Uint64),
            Value::List(list) => {
                let element = list.element();
                let items = list.iter().map(|item| Operand::of(element, item.clone()));
                self.repeat(branch, operand, indexes().zip(items))
            }
            Value::Bytes(bytes) => {
                let items = bytes.iter().map(|byte| Operand::concrete(Value::Uint8(*byte)));
                self.repeat(branch, operand, indexes().zip(items))
            }
            Value::Map(map) => {
                let element = map.element();
                let entries = map.entries().into_iter();
                self.repeat(branch, operand, entries.map(|(key, item)| (key.into(), Operand::of(element, item))))
            }
            Value::Invalid | Value::Nil => Ok(false),
            _ => self.fail(format!("range can't iterate over {}", shown(value))),
        }
    }

    /// Walks the body for every number below `end`.
    fn count<N>(&mut self, branch: &'t Branch, of: &Operand, end: N, make: fn(N) -> Value) -> Result<bool>
    where
        N: Copy + TryFrom<u64> + PartialOrd,
    {
        if branch.pipe.decl.len() > 1 {
            return self.fail(format!("can't use {} to iterate over more than one variable", shown(&of.value)));
        }
        let numbers = (0..).map_while(|number: u64| N::try_from(number).ok()).take_while(|number| *number < end);
        self.repeat(branch, of, numbers.map(|number| (Value::Invalid, Operand::concrete(make(number)))))
    }

    fn repeat(
        &mut self,
        branch: &'t Branch,
        of: &Operand,
        elements: impl Iterator<Item = (Value, Operand)>,
    ) -> Result<bool> {
        let mark = self.vars.len();
        let mut any = false;
        for (index, element) in elements {
            self.step()?;
            if !any {
                any = true;
                self.decided(branch, true);
            }
            let element = self.read(of, || index.clone(), element);
            self.set_loop_variables(branch, index, &element)?;
            let flow = self.walk_list(&element, branch.list)?;
            self.vars.truncate(mark);
            if flow == Flow::Break {
                break;
            }
        }
        Ok(any)
    }

    /// One variable gets the element; of two, the first gets the index.
    fn set_loop_variables(&mut self, branch: &'t Branch, index: Value, element: &Operand) -> Result<()> {
        let names = self.declared(&branch.pipe);
        let values = match branch.pipe.decl.len() {
            0 => return Ok(()),
            1 => vec![element.clone()],
            _ => vec![Operand::concrete(index).from(element.origin), element.clone()],
        };
        if branch.pipe.is_assign {
            return names.zip(values).try_for_each(|(name, value)| self.set_variable(name, value));
        }
        let top = self.vars.len().saturating_sub(values.len());
        for (variable, value) in self.vars.iter_mut().skip(top).zip(values) {
            variable.1 = value;
        }
        Ok(())
    }
}

fn indexes() -> impl Iterator<Item = Value> {
    (0..).map(Value::Int)
}

/// As `%v`; what a pointer points to.
fn shown(value: &Value) -> String {
    let mut text = Vec::new();
    crate::printing::print(&mut text, value);
    String::from_utf8_lossy(&text).into_owned()
}
