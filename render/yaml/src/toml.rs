//! TOML as BurntSushi's library reads and writes it.

mod decode;
mod encode;
mod time;

pub use decode::from_toml;
pub use encode::to_toml;
