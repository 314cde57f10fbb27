//! The queries on users.

use chrono::{NaiveDateTime, SubsecRound, Utc};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
use diesel_async::RunQueryDsl;
use shared::database::Database;
use shared::error::{Error, Result};
use shared::with_connection;

use super::schema::users;
use crate::domain::User;

/// A user that is not stored yet.
#[derive(Insertable)]
#[diesel(table_name = users)]
pub struct NewUser<'a> {
    username: &'a str,
    password_hash: &'a str,
    admin: bool,
    creation: NaiveDateTime,
}

impl<'a> NewUser<'a> {
    /// A user made now.
    pub fn now(username: &'a str, password_hash: &'a str, admin: bool) -> Self {
        // PostgreSQL keeps microseconds: the reply shows what is kept
        Self { username, password_hash, admin, creation: Utc::now().naive_utc().trunc_subsecs(6) }
    }
}

/// Stores a user; a conflict if the name is taken.
pub async fn insert(database: &Database, user: &NewUser<'_>) -> Result<User> {
    let stored = with_connection!(database, write, |connection| {
        diesel::insert_into(users::table).values(user).returning(User::as_returning()).get_result(connection).await
    });
    stored.map_err(|error| match error {
        DatabaseError(UniqueViolation, _) => Error::Conflict(format!("the name {:?} is taken", user.username).into()),
        error => error.into(),
    })
}

/// The user of that name.
pub async fn by_name(database: &Database, username: &str) -> Result<Option<User>> {
    let user = with_connection!(database, read, |connection| {
        users::table.filter(users::username.eq(username)).select(User::as_select()).first(connection).await.optional()
    })?;
    Ok(user)
}

/// Whether there is no user at all.
pub async fn none(database: &Database) -> Result<bool> {
    let some: bool = with_connection!(database, read, |connection| {
        diesel::select(diesel::dsl::exists(users::table.select(users::id))).get_result(connection).await
    })?;
    Ok(!some)
}

/// Whether there is no administrator.
pub async fn no_admin(database: &Database) -> Result<bool> {
    let some: bool = with_connection!(database, read, |connection| {
        let admins = users::table.filter(users::admin.eq(true)).select(users::id);
        diesel::select(diesel::dsl::exists(admins)).get_result(connection).await
    })?;
    Ok(!some)
}
