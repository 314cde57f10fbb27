//! Who visits, and what goes with every page of theirs.

use std::net::IpAddr;
use std::sync::Arc;

use anyhow::anyhow;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, SET_COOKIE, STRICT_TRANSPORT_SECURITY};
use axum::http::{Extensions, HeaderMap, HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::Response;
use shared::client_address::{came_by_https, client_address};
use shared::edge::RequestId;
use shared::keys::Verifier;
use shared::{Claims, Error};

use crate::clients::USERS;
use crate::cookies;
use crate::csrf::CsrfToken;
use crate::failure::{EndSession, ErrorPage, Failure, Result};
use crate::state::AppState;
use crate::views::View;

/// Whose request it is.
#[derive(Debug)]
pub(crate) struct Visitor {
    /// Who is logged in.
    login: Login,
    /// The address of the page, from its path on: one slash, since two would begin a host.
    pub(crate) page: String,
    /// What forms must repeat.
    pub(crate) csrf: CsrfToken,
    /// Whether cookies are for https only.
    pub(crate) secure: bool,
    /// The person's address, behind proxies as well.
    pub(crate) address: IpAddr,
    /// The request's id, for the backends.
    pub(crate) request_id: RequestId,
}

#[derive(Debug)]
enum Login {
    Nobody,
    /// There is a token, and no key to check it by; the reason is for the log.
    Unchecked(String),
    Session(Session),
}

/// Somebody's good token.
#[derive(Debug)]
pub(crate) struct Session {
    /// For the backends.
    pub(crate) token: String,
    /// What it says.
    pub(crate) claims: Arc<Claims>,
}

impl Visitor {
    async fn of(state: &AppState, uri: &Uri, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let unknown = || RequestId(HeaderValue::from_static("none"));
        Self {
            login: Login::of(&state.verifier, cookies::value(headers, cookies::SESSION)).await,
            page: uri.path_and_query().map_or("/".into(), |page| format!("/{}", page.as_str().trim_start_matches('/'))),
            csrf: CsrfToken::of(cookies::value(headers, cookies::CSRF)),
            secure: state.cookie_secure || came_by_https(&state.trusted_proxies, extensions, headers),
            address: client_address(&state.trusted_proxies, extensions, headers),
            request_id: extensions.get().cloned().unwrap_or_else(unknown),
        }
    }

    /// Somebody of that name, or nobody, at the login page.
    #[cfg(test)]
    pub(crate) fn sample(username: Option<&str>) -> Self {
        let claims = |username: &str| Claims { username: username.into(), exp: 0.0, nbf: None, admin: false };
        let session = |username| Session { token: String::new(), claims: Arc::new(claims(username)) };
        Self {
            login: username.map_or(Login::Nobody, |username| Login::Session(session(username))),
            page: "/login/".into(),
            csrf: CsrfToken::of(Some("0a".repeat(32))),
            secure: false,
            address: IpAddr::from([127, 0, 0, 1]),
            request_id: RequestId(HeaderValue::from_static("none")),
        }
    }

    /// The name of who is logged in.
    pub(crate) fn username(&self) -> Option<&str> {
        match &self.login {
            Login::Session(session) => Some(&session.claims.username),
            Login::Nobody | Login::Unchecked(_) => None,
        }
    }

    /// The session that a page needs.
    pub(crate) fn session(&self) -> Result<&Session> {
        match &self.login {
            Login::Session(session) => Ok(session),
            Login::Nobody => Err(Failure::NotLoggedIn),
            Login::Unchecked(reason) => Err(Failure::Down(USERS, anyhow!("{reason}"))),
        }
    }
}

impl Login {
    async fn of(verifier: &Verifier, token: Option<String>) -> Self {
        let Some(token) = token else { return Self::Nobody };
        match verifier.verify(&token).await {
            Ok(claims) => Self::Session(Session { token, claims }),
            Err(Error::Unavailable(_, cause)) => Self::Unchecked(format!("{cause:#}")),
            Err(_) => Self::Nobody,
        }
    }
}

/// Finds out who visits, for the handlers; then puts on the reply what needs to know it: the error page, cookies.
pub(crate) async fn visit(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let visitor = Arc::new(Visitor::of(&state, request.uri(), request.headers(), request.extensions()).await);
    request.extensions_mut().insert(Arc::clone(&visitor));
    let mut response = next.run(request).await;
    if let Some(page) = response.extensions_mut().remove::<ErrorPage>() {
        response = state.views.onto(response, &visitor, &View::Error(&page));
    }
    let ended = response.extensions().get::<EndSession>().and_then(|EndSession| cookies::no_session(visitor.secure));
    let csrf = visitor.csrf.is_new().then(|| cookies::csrf(visitor.csrf.value(), visitor.secure)).flatten();
    let headers = response.headers_mut();
    for cookie in ended.into_iter().chain(csrf) {
        headers.append(SET_COOKIE, cookie);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if visitor.secure {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}
