//! Which texts are timestamps to go-yaml.

/// What is left of a text that is read from its start.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// A number of one or two digits; of two if `fixed`.
    fn number(&mut self, fixed: bool) -> Option<u32> {
        let (value, rest) = match self.0 {
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => {
                (u32::from(tens - b'0') * 10 + u32::from(ones - b'0'), rest)
            }
            [ones @ b'0'..=b'9', rest @ ..] if !fixed => (u32::from(ones - b'0'), rest),
            _ => return None,
        };
        self.0 = rest;
        Some(value)
    }

    fn sign(&mut self, sign: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        (*first == sign).then_some(())
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while let Some((first, rest)) = self.0.split_first()
            && wanted(*first)
        {
            self.0 = rest;
        }
    }
}

/// Whether Go's time.Parse takes the text with one of go-yaml's layouts: a date, or a date and a time.
pub(crate) fn is_timestamp(text: &str) -> bool {
    text.as_bytes().get(4) == Some(&b'-') && parse(text.as_bytes()).is_some()
}

fn parse(text: &[u8]) -> Option<()> {
    let mut rest = Rest(text);
    let year = rest.number(true)? * 100 + rest.number(true)?;
    rest.sign(b'-')?;
    let month = rest.number(false)?;
    rest.sign(b'-')?;
    let day = rest.number(false)?;
    match rest.0 {
        [] => {}
        [b'T' | b't', time @ ..] => {
            rest = Rest(time);
            time_of_day(&mut rest)?;
            zone(&mut rest)?;
        }
        [b' ', ..] => {
            rest.skip_while(|byte| byte == b' ');
            time_of_day(&mut rest)?;
        }
        _ => return None,
    }
    (rest.0.is_empty() && (1..=days(year, month)?).contains(&day)).then_some(())
}

fn time_of_day(rest: &mut Rest<'_>) -> Option<()> {
    let hour = rest.number(false)?;
    rest.sign(b':')?;
    let minute = rest.number(false)?;
    rest.sign(b':')?;
    let second = rest.number(false)?;
    if let [b'.' | b',', b'0'..=b'9', fraction @ ..] = rest.0 {
        rest.0 = fraction;
        rest.skip_while(|byte| byte.is_ascii_digit());
    }
    (hour < 24 && minute < 60 && second < 60).then_some(())
}

/// `Z` or an offset.
fn zone(rest: &mut Rest<'_>) -> Option<()> {
    match rest.0 {
        [b'Z', after @ ..] => {
            rest.0 = after;
            Some(())
        }
        [b'+' | b'-', after @ ..] => {
            rest.0 = after;
            let hours = rest.number(true)?;
            rest.sign(b':')?;
            let minutes = rest.number(true)?;
            (hours <= 24 && minutes <= 60).then_some(())
        }
        _ => None,
    }
}

fn days(year: u32, month: u32) -> Option<u32> {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => Some(29),
        2 => Some(28),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}
