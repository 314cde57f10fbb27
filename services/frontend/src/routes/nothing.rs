//! Addresses and methods that nothing is served at.

use shared::Error;

use crate::failure::Failure;

pub(crate) async fn not_found() -> Failure {
    Error::NotFound.into()
}

pub(crate) async fn method_not_allowed() -> Failure {
    Error::MethodNotAllowed.into()
}
