//! TOML as BurntSushi's library reads and writes it.

mod decode;
mod encode;

pub use decode::{ReadTime, from_toml};
pub use encode::to_toml;
