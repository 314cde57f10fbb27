//! Numbers as Helm's library prints them: by the rules of English.

use govalue::strconv::format_float;

/// A count: `1,234`.
pub(super) fn count(number: usize) -> String {
    grouped(&number.to_string())
}

/// A number: `10,000`, `7.25`, `1.5×10⁰⁷`.
pub(super) fn number(number: f64) -> String {
    let text = format_float(number, b'g', None);
    match text.split_once('e') {
        None => match text.split_once('.') {
            None => grouped(&text),
            Some((whole, fraction)) => format!("{}.{fraction}", grouped(whole)),
        },
        Some((digits, exponent)) => {
            let exponent: String = exponent.trim_start_matches('+').chars().filter_map(superscript).collect();
            format!("{digits}×10{exponent}")
        }
    }
}

/// Whole digits, with a comma before each three.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let mut text = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn superscript(character: char) -> Option<char> {
    let place = "-0123456789".chars().position(|known| known == character)?;
    "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(place)
}
