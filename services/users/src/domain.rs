//! What a user is, and what may name or open one. No HTTP, no queries.

use chrono::NaiveDateTime;
use serde::{Serialize, Serializer};
use shared::error::{Error, Result};
use utoipa::ToSchema;

/// A stored user.
#[derive(Clone, diesel::Queryable, diesel::Selectable)]
#[diesel(table_name = crate::db::schema::users)]
pub struct User {
    /// Rises with every user.
    pub id: i64,
    /// The name.
    pub username: String,
    /// The password's argon2id hash in PHC form.
    pub password_hash: String,
    /// Whether admin calls are allowed.
    pub admin: bool,
    /// When it was made, in UTC.
    pub creation: NaiveDateTime,
}

/// A user as replies show it: never the password.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserView {
    id: i64,
    username: String,
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, example = "1962-05-11T11:53:41.279611")]
    creation: NaiveDateTime,
}

impl From<User> for UserView {
    fn from(user: User) -> Self {
        Self { id: user.id, username: user.username, creation: user.creation }
    }
}

/// ISO 8601 without a zone, always with microseconds.
fn iso<S: Serializer>(timestamp: &NaiveDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&timestamp.format("%Y-%m-%dT%H:%M:%S%.6f"))
}

/// A name and a password as somebody gives them to log in: neither is empty.
pub struct Credentials {
    /// The name.
    pub username: String,
    /// The password.
    pub password: String,
}

impl Credentials {
    /// The most characters that a name or a password of a user has.
    pub const MAX: usize = 50;

    /// Checks that both are there: 400 if not.
    pub fn parse(username: Option<String>, password: Option<String>) -> Result<Self> {
        let given = |name: &str, value: Option<String>| {
            let value = value.filter(|value| !value.is_empty());
            value.ok_or_else(|| Error::BadRequest(format!("{name} is missing").into()))
        };
        Ok(Self { username: given("username", username)?, password: given("password", password)? })
    }

    /// Checks that a user may be made of them: 422 if not.
    pub fn for_a_new_user(self) -> Result<Self> {
        for (name, value) in [("username", &self.username), ("password", &self.password)] {
            let length = value.chars().count();
            if length > Self::MAX {
                return Err(Error::Unprocessable(
                    format!("{name} has {length} characters, {} are allowed", Self::MAX).into(),
                ));
            }
            if value.contains('\0') {
                return Err(Error::Unprocessable(format!("{name} holds a NUL character").into()));
            }
        }
        Ok(self)
    }

    /// Whether there can be a user of that name; databases refuse to look for others.
    pub fn can_be_a_user(&self) -> bool {
        self.username.chars().count() <= Self::MAX && !self.username.contains('\0')
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn credentials(username: &str, password: &str) -> Result<Credentials> {
        Credentials::parse(Some(username.into()), Some(password.into()))?.for_a_new_user()
    }

    #[test]
    fn both_are_needed() {
        assert_eq!(credentials("", "x").err().unwrap().status(), 400);
        assert_eq!(credentials("x", "").err().unwrap().status(), 400);
        assert_eq!(Credentials::parse(None, Some("x".into())).err().unwrap().status(), 400);
    }

    #[test]
    fn fifty_characters_are_allowed() {
        let (fits, long) = ("ä".repeat(50), "ä".repeat(51));
        assert!(credentials(&fits, &fits).is_ok());
        for (username, password) in [(long.as_str(), "x"), ("x", long.as_str()), ("a\0", "x"), ("x", "a\0")] {
            assert_eq!(credentials(username, password).err().unwrap().status(), 422);
        }
    }
}
