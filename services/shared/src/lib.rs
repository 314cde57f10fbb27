//! What two or more of the MyThoughts services use; what one of them uses lives with that one.
//!
//! A service is built from these parts in the order in which a request meets them:
//! [`server`] accepts, [`edge`] wraps every route, [`body`] and [`claims`] are the extractors,
//! [`error`] turns every failure into a status and a body.

#[cfg(feature = "backend")]
pub mod api_docs;
pub mod body;
pub mod claims;
pub mod client_address;
#[cfg(feature = "backend")]
pub mod database;
pub mod edge;
pub mod error;
#[cfg(feature = "faults")]
pub mod faults;
pub mod keys;
pub mod memory;
pub mod metrics;
pub mod operations;
pub mod server;
pub mod service;
pub mod settings;
pub mod telemetry;

pub use body::{Body, Query};
pub use claims::{Admin, Bearer, Claims};
pub use error::{Error, Result};
pub use server::Running;
pub use service::run;
