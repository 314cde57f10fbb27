//! Who asks: the claims of a token, and the extractors that need them.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::keys::Verifier;

/// What a token says (RFC 7519), as far as MyThoughts uses it. Times are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Claims {
    /// Whose token it is.
    pub username: String,
    /// From when on it is no longer good.
    pub exp: f64,
    /// From when on it is good.
    #[serde(default)]
    pub nbf: Option<f64>,
    /// Whether admin calls are allowed.
    #[serde(default)]
    pub admin: bool,
}

impl Claims {
    /// Good now: RFC 7519 refuses "on or after" `exp` and "before" `nbf`. No leeway.
    pub fn are_good_at(&self, now: f64) -> bool {
        now < self.exp && self.nbf.is_none_or(|nbf| nbf <= now)
    }
}

/// Now, in seconds since 1970.
pub fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

/// Needs `Authorization: Bearer TOKEN` with a token that is good; else 401.
#[derive(Clone, Debug)]
pub struct Bearer(pub Arc<Claims>);

/// Needs a bearer whose claims say `admin`; else 401 or 403.
#[derive(Clone, Debug)]
pub struct Admin(pub Arc<Claims>);

impl<S> FromRequestParts<S> for Bearer
where
    S: Sync,
    Arc<Verifier>: FromRef<S>,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let token = token(parts)?;
        Arc::<Verifier>::from_ref(state).verify(token).await.map(Self)
    }
}

impl<S> FromRequestParts<S> for Admin
where
    S: Sync,
    Arc<Verifier>: FromRef<S>,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let Bearer(claims) = Bearer::from_request_parts(parts, state).await?;
        if claims.admin { Ok(Self(claims)) } else { Err(Error::Forbidden("only administrators may do this")) }
    }
}

/// The token of the one Authorization header; the scheme's case does not matter (RFC 9110, 11.1).
fn token(parts: &Parts) -> Result<&str> {
    let mut headers = parts.headers.get_all(AUTHORIZATION).iter();
    let (Some(header), None) = (headers.next(), headers.next()) else {
        return Err(Error::Unauthorized("one Authorization header with a bearer token is needed"));
    };
    let malformed = Error::Unauthorized("the Authorization header is not of the form: Bearer TOKEN");
    let Some((scheme, token)) = header.to_str().ok().and_then(|text| text.split_once(' ')) else {
        return Err(malformed);
    };
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_good_from_nbf_until_just_before_exp() {
        let claims = Claims { username: "bruce".into(), exp: 20.0, nbf: Some(10.0), admin: false };
        for (now, good) in [(9.9, false), (10.0, true), (19.9, true), (20.0, false), (f64::NAN, false)] {
            assert_eq!(claims.are_good_at(now), good, "at {now}");
        }
    }
}
