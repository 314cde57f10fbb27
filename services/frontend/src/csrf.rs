//! Proof that a form was sent from a page of ours (CSRF): the cookie's token, repeated in the form.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::http::HeaderMap;
use shared::Error;

use crate::failure::Result;

/// 32 random bytes, in hex.
const LENGTH: usize = 64;

/// A visitor's token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CsrfToken {
    value: String,
    is_new: bool,
}

impl CsrfToken {
    /// The cookie's; else a new one.
    pub(crate) fn of(cookie: Option<String>) -> Self {
        let made = || format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>());
        match cookie.filter(|value| value.len() == LENGTH && value.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            Some(value) => Self { value, is_new: false },
            None => Self { value: made(), is_new: true },
        }
    }

    /// What forms repeat.
    pub(crate) fn value(&self) -> &str {
        &self.value
    }

    /// Whether the visitor's browser has no cookie with it yet.
    pub(crate) fn is_new(&self) -> bool {
        self.is_new
    }

    /// Checks what a form repeats: 403 if it is not the cookie's token, or if there was no cookie.
    pub(crate) fn check(&self, repeated: Option<&str>) -> Result<()> {
        let repeated = repeated.unwrap_or_default().as_bytes();
        if !self.is_new && verify_slices_are_equal(self.value.as_bytes(), repeated).is_ok() {
            return Ok(());
        }
        Err(refused().into())
    }
}

/// What whoever sent a form without the token is told.
pub(crate) fn refused() -> Error {
    Error::Forbidden(
        "this form is too old, or was not sent from here: open the page again, with cookies allowed, and try once more",
    )
}

/// Refuses with 403 what the browser says was sent from a page of another site.
pub(crate) fn check_site(headers: &HeaderMap) -> Result<()> {
    match headers.get("sec-fetch-site") {
        Some(site) if site == "cross-site" => {
            Err(Error::Forbidden("this was asked for by a page of another site").into())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_must_repeat_the_cookies_token() {
        let token = CsrfToken::of(Some("0a".repeat(32)));
        assert!(token.check(Some(&"0a".repeat(32))).is_ok());
        for wrong in [None, Some(""), Some("é"), Some("0a"), Some("0b".repeat(32).as_str())] {
            assert!(token.check(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn without_a_sound_cookie_nothing_is_right() {
        for cookie in [None, Some(String::new()), Some("0".repeat(63)), Some("z".repeat(64))] {
            let token = CsrfToken::of(cookie.clone());
            assert!(token.is_new() && token.value().len() == LENGTH, "{token:?}");
            assert!(token.check(Some(token.value())).is_err());
            assert!(token.check(cookie.as_deref()).is_err());
        }
    }

    #[test]
    fn tokens_differ() {
        assert_ne!(CsrfToken::of(None), CsrfToken::of(None));
    }

    #[test]
    fn another_site_is_refused() {
        let mut headers = HeaderMap::new();
        assert!(check_site(&headers).is_ok());
        for (site, good) in [("same-origin", true), ("none", true), ("cross-site", false)] {
            headers.insert("sec-fetch-site", axum::http::HeaderValue::from_static(site));
            assert_eq!(check_site(&headers).is_ok(), good, "{site}");
        }
    }
}
