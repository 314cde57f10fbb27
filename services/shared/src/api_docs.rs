//! A backend's API as a page for people (Swagger UI, served from the binary) and as `OpenAPI` JSON.

use std::sync::Arc;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::header::{CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, serve};

use crate::error::{Error, Result};

/// `/`, the page's files, `/openapi.json` and `/swagger.json`.
pub fn routes<S: Clone + Send + Sync + 'static>(api: OpenApi) -> Router<S> {
    let config = Arc::new(Config::from("/openapi.json"));
    let page = Arc::clone(&config);
    let description = move || std::future::ready(Json(api.clone()));
    Router::new()
        .route("/", get(async move || file("index.html", page)))
        .route(
            "/{file}",
            get(async move |path: std::result::Result<Path<String>, PathRejection>| {
                let Path(name) = path.map_err(|_| Error::NotFound)?;
                file(&name, config)
            }),
        )
        .route("/openapi.json", get(description.clone()))
        .route("/swagger.json", get(description))
}

fn file(name: &str, config: Arc<Config<'static>>) -> Result<Response> {
    let found = serve(name, config).map_err(|error| Error::Internal(anyhow::anyhow!("{error}")))?;
    let file = found.ok_or(Error::NotFound)?;
    let headers = [(CONTENT_TYPE, file.content_type), (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned())];
    Ok((headers, file.bytes.into_owned()).into_response())
}

/// Adds the bearer token to a description, as the security scheme `bearer`.
pub struct BearerToken;

impl utoipa::Modify for BearerToken {
    fn modify(&self, api: &mut OpenApi) {
        use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        api.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}
