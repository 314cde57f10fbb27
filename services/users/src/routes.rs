//! The handlers: parse, call, show. A file for each resource.

pub(crate) mod admin;
pub(crate) mod jwks;
pub(crate) mod login;

use serde::Deserialize;
use utoipa::ToSchema;

/// A name and a password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct CredentialsBody {
    /// 1 to 50 characters
    #[schema(value_type = String, max_length = 50)]
    username: Option<String>,
    /// 1 to 50 characters
    #[schema(value_type = String, max_length = 50, format = Password)]
    password: Option<String>,
}
