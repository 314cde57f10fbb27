//! The flags of `mythoughts`.

use std::path::PathBuf;

use clap::Parser;
use shared::settings::LogFormat;

/// All of MyThoughts in one process, on SQLite, with sample data. Nothing to set up.
///
/// Examples:
///   cargo run                                   in the browser: <http://127.0.0.1:8002>
///   cargo run -- --data /tmp/try --frontend-port 9002
#[derive(Parser, Clone, Debug)]
#[command(name = "mythoughts", version, verbatim_doc_comment)]
pub struct Settings {
    /// Folder for the databases and the key; made on the first start
    #[arg(long, default_value = "data")]
    pub data: PathBuf,
    /// Port of the pages; 0 takes a free one
    #[arg(long, default_value = "8002")]
    pub frontend_port: u16,
    /// Port of the thoughts service
    #[arg(long, default_value = "8000")]
    pub thoughts_port: u16,
    /// Port of the users service
    #[arg(long, default_value = "8001")]
    pub users_port: u16,
    /// Log level (error, warn, info, debug, trace) or a filter
    #[arg(long, default_value = "warn")]
    pub log: String,
    /// Log lines as json or text [default: text on a terminal, json elsewhere]
    #[arg(long)]
    pub log_format: Option<LogFormat>,
}
