//! What a page's form sends.

use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use shared::{Body, Error};

use crate::csrf::{self, check_site};
use crate::failure::Failure;
use crate::visitor::Visitor;

/// The fields of a form that a page of ours sent; 403 for any other.
pub(crate) struct Form<T>(pub(crate) T);

#[derive(Deserialize)]
struct Guarded<T> {
    csrf: Option<String>,
    #[serde(flatten)]
    fields: T,
}

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        check_site(request.headers())?;
        let visitor = request.extensions().get::<Arc<Visitor>>().cloned();
        let visitor = visitor.ok_or_else(|| anyhow::anyhow!("a form outside the layer that knows visitors"))?;
        let Body(form) = Body::<Guarded<T>>::from_request(request, state).await.map_err(|error| match error {
            // no page of ours sends another type
            Error::UnsupportedMediaType => csrf::refused(),
            error => error,
        })?;
        visitor.csrf.check(form.csrf.as_deref())?;
        Ok(Self(form.fields))
    }
}
