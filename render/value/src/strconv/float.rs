//! Floats as text.

use std::fmt::Write as _;

/// The most digits behind the point that a float can have, all but zeros.
const MAX_FRACTION: usize = 1_100;

/// How many digits a float has at least that lies in the middle between two shorter texts: with fewer it is one of them.
const TIES_FROM: usize = 15;

/// Significant decimal digits without zeros at their end, and how many of them stand before the point.
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

/// `strconv.FormatFloat` for 64 bits: `form` is one of `bedgGxXfE` as in Go (`b'g'`), and no precision means the fewest
/// digits that are read back as the same number.
pub fn format_float(number: f64, form: u8, precision: Option<usize>) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "+Inf" } else { "-Inf" }.into();
    }
    let mut text = String::with_capacity(24);
    if number.is_sign_negative() {
        text.push('-');
    }
    let number = number.abs();
    match form {
        b'b' => binary(&mut text, number),
        b'x' | b'X' => hexadecimal(&mut text, number, form, precision),
        b'e' | b'E' => {
            let decimal = decimal(number, precision.map(|precision| precision + 1));
            let precision = precision.unwrap_or_else(|| decimal.digits.len().saturating_sub(1));
            exponential(&mut text, &decimal, precision, form);
        }
        b'f' => fixed_exactly(&mut text, number, precision),
        b'g' | b'G' => general(&mut text, number, form, precision),
        _ => {
            text.clear();
            text.push('%');
            text.push(char::from(form));
        }
    }
    text
}

/// The digits of a number that is not negative, rounded to so many, or the fewest that stand for it.
fn decimal(number: f64, digits: Option<usize>) -> Decimal {
    if number == 0.0 {
        return Decimal { digits: Vec::new(), point: 0 };
    }
    let written = match digits {
        None => format!("{number:e}"),
        Some(digits) => format!("{number:.*e}", digits.clamp(1, MAX_FRACTION) - 1),
    };
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let fewest = digits.is_none();
    let mut digits: Vec<u8> = mantissa.bytes().filter(|byte| *byte != b'.').collect();
    if fewest && digits.len() >= TIES_FROM {
        settle_tie(number, &mut digits);
    }
    let kept = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
    digits.truncate(kept);
    Decimal { digits, point: exponent.parse().unwrap_or(0) + 1 }
}

/// Of two texts that are equally near and short, Go takes the one with the even digit at its end, Rust perhaps not.
fn settle_tie(number: f64, digits: &mut [u8]) {
    let exact = format!("{number:.60e}");
    let exact: Vec<u8> = exact.bytes().filter(|byte| *byte != b'.').take_while(|byte| *byte != b'e').collect();
    if let Some((lower, [b'5', rest @ ..])) = exact.split_at_checked(digits.len())
        && rest.iter().all(|digit| *digit == b'0')
    {
        digits.copy_from_slice(lower);
        if let Some(last) = digits.last_mut() {
            // Never from 9: then there would be a shorter text.
            *last += *last & 1;
        }
    }
}

/// A whole number that `g` writes with all its digits.
fn small_whole(number: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
    (number < 1e6 && number.fract() == 0.0).then_some(number as u32)
}

/// `g`: as `e` when the exponent is small or large, otherwise as `f`.
fn general(text: &mut String, number: f64, form: u8, precision: Option<usize>) {
    if let (Some(number), None) = (small_whole(number), precision) {
        let _ = write!(text, "{number}");
        return;
    }
    let precision = if number == 0.0 { precision } else { precision.map(|precision| precision.max(1)) };
    let decimal = decimal(number, precision);
    let count = decimal.digits.len();
    let before_point = usize::try_from(decimal.point).unwrap_or(0);
    let most = match precision {
        None => 6,
        Some(precision) if precision > count && count >= before_point => count,
        Some(precision) => precision,
    };
    let exponent = decimal.point - 1;
    if exponent < -4 || usize::try_from(exponent).is_ok_and(|exponent| exponent >= most) {
        let shown = precision.unwrap_or(count).min(count);
        exponential(text, &decimal, shown.saturating_sub(1), if form == b'G' { b'E' } else { b'e' });
    } else {
        let shown = precision.filter(|precision| *precision <= before_point).unwrap_or(count);
        let fraction = i64::try_from(shown).unwrap_or(i64::MAX) - i64::from(decimal.point);
        fixed(text, &decimal, usize::try_from(fraction).unwrap_or(0));
    }
}

/// `d.ddde±dd`
fn exponential(text: &mut String, decimal: &Decimal, precision: usize, form: u8) {
    text.push(decimal.digits.first().map_or('0', |digit| char::from(*digit)));
    if precision > 0 {
        text.push('.');
        let rest = decimal.digits.get(1..).unwrap_or_default();
        let rest = rest.get(..precision).unwrap_or(rest);
        text.extend(rest.iter().map(|digit| char::from(*digit)));
        zeros(text, precision - rest.len());
    }
    let exponent = if decimal.digits.is_empty() { 0 } else { decimal.point - 1 };
    let sign = if exponent < 0 { '-' } else { '+' };
    let _ = write!(text, "{}{sign}{:02}", char::from(form), exponent.unsigned_abs());
}

/// `ddd.ddd`
fn fixed(text: &mut String, decimal: &Decimal, fraction: usize) {
    let digits = &decimal.digits;
    let before_point = usize::try_from(decimal.point).unwrap_or(0);
    let (whole, rest) = digits.split_at(before_point.min(digits.len()));
    text.extend(whole.iter().map(|digit| char::from(*digit)));
    zeros(text, before_point - whole.len());
    if before_point == 0 {
        text.push('0');
    }
    if fraction > 0 {
        text.push('.');
        let leading = usize::try_from(decimal.point.min(0).unsigned_abs()).unwrap_or(0).min(fraction);
        zeros(text, leading);
        let rest = rest.get(..fraction - leading).unwrap_or(rest);
        text.extend(rest.iter().map(|digit| char::from(*digit)));
        zeros(text, fraction - leading - rest.len());
    }
}

/// `f`, which rounds behind the point.
fn fixed_exactly(text: &mut String, number: f64, precision: Option<usize>) {
    let Some(precision) = precision else {
        let decimal = decimal(number, None);
        let count = i64::try_from(decimal.digits.len()).unwrap_or(i64::MAX);
        return fixed(text, &decimal, usize::try_from(count - i64::from(decimal.point)).unwrap_or(0));
    };
    let shown = precision.min(MAX_FRACTION);
    let _ = write!(text, "{number:.shown$}");
    zeros(text, precision - shown);
}

fn zeros(text: &mut String, count: usize) {
    text.extend(std::iter::repeat_n('0', count));
}

/// The 53 bits of a number that is not negative, and the power of two of the highest of them.
fn parts(number: f64) -> (u64, i32) {
    let bits = number.to_bits();
    let mantissa = bits & ((1 << 52) - 1);
    match i32::try_from(bits >> 52).unwrap_or(0) {
        0 => (mantissa, -1022),
        exponent => (mantissa | 1 << 52, exponent - 1023),
    }
}

/// `ddddp±ddd`
fn binary(text: &mut String, number: f64) {
    let (mantissa, exponent) = parts(number);
    let _ = write!(text, "{mantissa}p{:+}", exponent - 52);
}

/// `0x1.yyyyp±dd`
fn hexadecimal(text: &mut String, number: f64, form: u8, precision: Option<usize>) {
    let (mantissa, mut exponent) = parts(number);
    // The leading one, if there is any, goes to bit 60: fifteen digits behind the point.
    let mut mantissa = mantissa << 8;
    if mantissa == 0 {
        exponent = 0;
    } else {
        let shift = mantissa.leading_zeros() - 3;
        mantissa <<= shift;
        exponent -= shift.cast_signed();
    }
    if let Some(precision) = precision.filter(|precision| *precision < 15) {
        let dropped = 60 - 4 * u32::try_from(precision).unwrap_or(0);
        let (kept, lost) = (mantissa >> dropped, mantissa & ((1 << dropped) - 1));
        let half = 1 << (dropped - 1);
        mantissa = (kept + u64::from(lost > half || (lost == half && kept & 1 == 1))) << dropped;
        if mantissa >> 61 != 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    let fraction = mantissa & ((1 << 60) - 1);
    let digits = if form == b'x' { format!("{fraction:015x}") } else { format!("{fraction:015X}") };
    let shown = precision.unwrap_or_else(|| digits.trim_end_matches('0').len());
    let _ = write!(text, "0{}{}", char::from(form), mantissa >> 60);
    if shown > 0 {
        text.push('.');
        let kept = digits.get(..shown).unwrap_or(&digits);
        text.push_str(kept);
        zeros(text, shown - kept.len());
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    let power = if form == b'x' { 'p' } else { 'P' };
    let _ = write!(text, "{power}{sign}{:02}", exponent.unsigned_abs());
}
