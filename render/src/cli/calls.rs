//! Errors of templates that call each other: Helm names every call, a thousand of them where there is no end.

use std::borrow::Cow;

/// What is between two calls.
const CALL: &str = ": error calling ";

/// How many calls are told, the first and the last ones.
const FIRST: usize = 8;
const LAST: usize = 4;

/// The message with its middle calls counted instead of told.
pub(super) fn shortened(message: &str) -> Cow<'_, str> {
    let calls: Vec<_> = message.split(CALL).collect();
    let left_out = calls.len().saturating_sub(FIRST + LAST);
    let (Some(first), Some(last)) = (calls.get(..FIRST), calls.get(FIRST + left_out..)) else { return message.into() };
    if left_out < 2 {
        return message.into();
    }
    format!("{}: … {left_out} calls …: {}", first.join(CALL), last.join(CALL)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_many_calls_is_counted() {
        let message = |calls: usize| (0..calls).map(|call| call.to_string()).collect::<Vec<_>>().join(CALL);
        assert_eq!(shortened("a: b"), "a: b");
        assert_eq!(shortened(&message(13)), message(13));
        let short = shortened(&message(1000)).replace(CALL, " ");
        assert_eq!(short, "0 1 2 3 4 5 6 7: … 988 calls …: 996 997 998 999");
    }
}
