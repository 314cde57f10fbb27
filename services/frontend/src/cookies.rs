//! The two cookies, as they are set: out of the reach of scripts and of other sites' forms.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::CookieJar;

/// Holds the token of who is logged in.
pub(crate) const SESSION: &str = "session";
/// Holds what each form must repeat.
pub(crate) const CSRF: &str = "csrf";

/// The value of a request's cookie.
pub(crate) fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(name).map(|cookie| cookie.value().to_owned())
}

/// Sets the session for so many seconds.
pub(crate) fn session(token: &str, seconds: u64, secure: bool) -> Option<HeaderValue> {
    set(SESSION, token, &format!("; Max-Age={seconds}"), secure)
}

/// Ends the session.
pub(crate) fn no_session(secure: bool) -> Option<HeaderValue> {
    set(SESSION, "", "; Max-Age=0", secure)
}

/// Sets what forms must repeat, until the browser is closed.
pub(crate) fn csrf(token: &str, secure: bool) -> Option<HeaderValue> {
    set(CSRF, token, "", secure)
}

/// Nothing for a value that no cookie can hold.
fn set(name: &str, value: &str, age: &str, secure: bool) -> Option<HeaderValue> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    if !value.bytes().all(plain) {
        return None;
    }
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::try_from(format!("{name}={value}; Path=/{age}; HttpOnly; SameSite=Lax{secure}")).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
    use axum::http::header::COOKIE;

    use super::*;

    #[test]
    fn cookies_are_out_of_reach() {
        assert_eq!(
            session("a.b-c_d", 60, false).unwrap(),
            "session=a.b-c_d; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"
        );
        assert_eq!(csrf("12", true).unwrap(), "csrf=12; Path=/; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(no_session(true).unwrap(), "session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    }

    #[test]
    fn a_value_cannot_add_attributes() {
        for value in ["a; Domain=evil.example", "a\r\nb: c", "a b", "ä"] {
            assert_eq!(session(value, 1, false), None, "{value}");
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=1; session=x.y; xsession=2"));
        assert_eq!(value(&headers, SESSION).as_deref(), Some("x.y"));
        assert_eq!(value(&headers, CSRF), None);
    }
}
