//! A native Helm, in the making: so far it reads what a chart says of itself.
//!
//! ```
//! # fn main() -> Result<(), render::Error> {
//! let chart = render::Chart::load(concat!(env!("CARGO_MANIFEST_DIR"), "/../chart"))?;
//! assert_eq!(chart.metadata.name, "mythoughts");
//! # Ok(())
//! # }
//! ```

mod chart;
mod error;

pub use chart::{Chart, Dependency, Maintainer, Metadata};
pub use error::Error;
