//! Tables and queries, the same for both engines.

pub mod schema;
pub mod users;

use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use shared::database::Migrations;

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// The service's tables, for both engines.
pub const MIGRATIONS: Migrations = Migrations { postgres: || POSTGRES, sqlite: || SQLITE };
