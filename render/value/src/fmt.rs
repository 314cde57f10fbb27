//! Printing as Go's package fmt does it, for the values of templates.
//!
//! Verbs, flags, widths, precisions and the texts of wrong directives (`%!d(string=hi)`) are those of Go 1.26's
//! `fmt/print.go` and `fmt/format.go`. Two things differ, since a chart is not trusted: what one call prints ends
//! after [`MAX_OUTPUT`] bytes and values nested deeper than [`MAX_DEPTH`] are cut off (Go would crash on a map that
//! contains itself), each with a text that names the limit. The address of a pointer is always the same.

mod directive;
mod number;
mod printer;
#[cfg(test)]
mod tests;
mod text;

use crate::Value;
use printer::Printer;

/// How many bytes one call prints at most.
pub const MAX_OUTPUT: usize = 64 << 20;

/// How deep the lists and maps of a printed value may be nested.
pub const MAX_DEPTH: usize = 10_000;

/// Appends one operand as `fmt.Fprint` prints it; no value at all and nil are `<nil>`.
pub fn print_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::String(text) => out.extend_from_slice(text),
        Value::Int(number) | Value::Int64(number) => out.extend_from_slice(number.to_string().as_bytes()),
        other => Printer::new(out).finish(|printer| printer.operand(other, 'v')),
    }
}

/// `fmt.Sprint`: a space between two operands when neither is a string.
pub fn sprint(operands: &[Value]) -> Vec<u8> {
    let mut out = Vec::new();
    Printer::new(&mut out).finish(|printer| {
        let mut after_text = true;
        for operand in operands {
            let is_text = operand.kind() == crate::Kind::String;
            if !is_text && !after_text {
                printer.push(b' ');
            }
            printer.operand(operand, 'v');
            after_text = is_text;
        }
    });
    out
}

/// `fmt.Sprintln`: spaces between all operands, and a newline at the end.
pub fn sprintln(operands: &[Value]) -> Vec<u8> {
    let mut out = Vec::new();
    Printer::new(&mut out).finish(|printer| {
        for (index, operand) in operands.iter().enumerate() {
            if index > 0 {
                printer.push(b' ');
            }
            printer.operand(operand, 'v');
        }
        printer.push(b'\n');
    });
    out
}

/// `fmt.Sprintf`: what is wrong with the format or its operands is told within the text.
pub fn sprintf(format: &[u8], operands: &[Value]) -> Vec<u8> {
    let mut out = Vec::with_capacity(format.len() + 16 * operands.len());
    Printer::new(&mut out).finish(|printer| directive::print(printer, format, operands));
    out
}
