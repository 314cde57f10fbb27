//! Every way in which a page cannot be shown, and what is shown instead.

use std::borrow::Cow;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use shared::Error;
use shared::error::Cause;

/// What a handler gives.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

/// Why the page that was asked for is not shown. Causes are for the log.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nobody is logged in: leads to the login.
    NotLoggedIn,
    /// A backend refuses the session: it is ended, and leads to the login.
    SessionRefused,
    /// The request is refused, or we have a fault.
    Refused(Error),
    /// The service of that name does not answer.
    Down(&'static str, anyhow::Error),
    /// The service of that name answers something that makes no sense.
    Nonsense(&'static str, anyhow::Error),
}

/// What an error page says. A reply carries it to [`crate::visitor::visit`], which knows for whom the page is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ErrorPage {
    heading: &'static str,
    message: Cow<'static, str>,
}

/// On a reply: the session is to be ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EndSession;

/// The heading when a backend is the reason.
const BACKEND_HEADING: &str = "ERROR RECEIVED";

impl Failure {
    fn page(&self) -> Option<ErrorPage> {
        let page = |heading, message: String| Some(ErrorPage { heading, message: message.into() });
        match self {
            Self::NotLoggedIn | Self::SessionRefused => None,
            Self::Refused(error) => Some(refused(error)),
            Self::Down(service, _) => {
                page(BACKEND_HEADING, format!("The {service} service does not answer. Please try again in a moment."))
            }
            Self::Nonsense(service, _) => page(
                BACKEND_HEADING,
                format!("The {service} service answered something that makes no sense. Please try again later."),
            ),
        }
    }
}

fn refused(error: &Error) -> ErrorPage {
    match error {
        Error::NotFound => ErrorPage { heading: "Not found", message: "There is no such page.".into() },
        Error::Internal(_) => ErrorPage { heading: "Something went wrong", message: "The fault is ours.".into() },
        error => ErrorPage {
            heading: error.status().canonical_reason().unwrap_or("Error"),
            message: sentence(error.message()).into(),
        },
    }
}

/// Messages of the API begin small and have no full stop.
fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let page = self.page();
        let mut response = match self {
            Self::NotLoggedIn => Redirect::to("/login/").into_response(),
            Self::SessionRefused => {
                let mut response = Redirect::to("/login/").into_response();
                response.extensions_mut().insert(EndSession);
                response
            }
            Self::Refused(error) => error.into_response(),
            Self::Down(_, cause) => Error::Unavailable("a backend does not answer", cause).into_response(),
            Self::Nonsense(_, cause) => {
                let mut response = StatusCode::BAD_GATEWAY.into_response();
                response.extensions_mut().insert(Cause(Arc::new(cause)));
                response
            }
        };
        if let Some(page) = page {
            response.extensions_mut().insert(page);
        }
        response
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(cause: anyhow::Error) -> Self {
        Self::Refused(Error::Internal(cause))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
    use anyhow::anyhow;
    use axum::http::header::{LOCATION, RETRY_AFTER};

    use super::*;

    #[test]
    fn a_backend_is_named_and_its_words_are_not_repeated() {
        for (failure, status) in [
            (Failure::Down("thoughts", anyhow!("refused")), StatusCode::SERVICE_UNAVAILABLE),
            (Failure::Nonsense("thoughts", anyhow!("<h1>")), StatusCode::BAD_GATEWAY),
        ] {
            let response = failure.into_response();
            assert_eq!(response.status(), status);
            assert_eq!(response.headers().contains_key(RETRY_AFTER), status == StatusCode::SERVICE_UNAVAILABLE);
            assert!(response.extensions().get::<Cause>().is_some());
            let page = response.extensions().get::<ErrorPage>().unwrap();
            assert_eq!(page.heading, "ERROR RECEIVED");
            assert!(page.message.contains("The thoughts service"), "{page:?}");
            assert!(!page.message.contains('<') && !page.message.contains("refused"), "{page:?}");
        }
    }

    #[test]
    fn who_is_not_logged_in_is_led_to_the_login() {
        for (failure, ends) in [(Failure::NotLoggedIn, false), (Failure::SessionRefused, true)] {
            let response = failure.into_response();
            assert_eq!(response.status(), StatusCode::SEE_OTHER);
            assert_eq!(response.headers()[LOCATION], "/login/");
            assert_eq!(response.extensions().get::<EndSession>().is_some(), ends);
        }
    }

    #[test]
    fn a_refusal_says_why_in_a_sentence() {
        let page = Failure::from(Error::BadRequest("the request is not UTF-8".into())).page().unwrap();
        assert_eq!((page.heading, &*page.message), ("Bad Request", "The request is not UTF-8."));
    }
}
