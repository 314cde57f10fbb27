//! Who is there at the first start: the administrator of the settings, and the sample users.

use shared::database::Database;
use shared::error::{Error, Result};

use crate::config::Config;
use crate::db::users::{self, NewUser};
use crate::domain::Credentials;
use crate::passwords::Passwords;

/// The password is the name.
const SAMPLES: [(&str, bool); 3] = [("bruce", false), ("stephen", false), ("admin", true)];

/// Users to make before anybody can log in.
pub(crate) struct FirstUsers {
    admin: Option<Credentials>,
    samples: bool,
}

impl FirstUsers {
    /// Of the settings, which must name an administrator that can be.
    pub(crate) fn of(config: &Config) -> anyhow::Result<Self> {
        let name = config.admin_username.clone();
        let admin = config.admin_password.as_ref().map(|password| {
            Credentials::parse(Some(name), Some(password.reveal().to_owned()))
                .and_then(Credentials::for_a_new_user)
                .map_err(|error| anyhow::anyhow!("ADMIN_USERNAME, ADMIN_PASSWORD: {}", error.message()))
        });
        Ok(Self { admin: admin.transpose()?, samples: config.sample_data })
    }

    /// Makes those who are not there. One replica at a time calls this.
    pub(crate) async fn make(&self, database: &Database, passwords: &Passwords) -> Result<()> {
        let empty = users::none(database).await?;
        if let Some(admin) = &self.admin
            && users::no_admin(database).await?
        {
            insert(database, passwords, &admin.username, &admin.password, true).await?;
        }
        if self.samples && empty {
            for (name, admin) in SAMPLES {
                // the administrator of the settings may have a sample's name
                if users::by_name(database, name).await?.is_some() {
                    continue;
                }
                insert(database, passwords, name, name, admin).await?;
            }
        }
        Ok(())
    }
}

async fn insert(database: &Database, passwords: &Passwords, name: &str, password: &str, admin: bool) -> Result<()> {
    let hash = passwords.hash(password.to_owned()).await?;
    match users::insert(database, &NewUser::now(name, &hash, admin)).await {
        Ok(_) => tracing::info!(username = name, admin, "made a first user"),
        Err(Error::Conflict(_)) => tracing::warn!(username = name, admin, "the name of a first user is taken"),
        Err(error) => return Err(error),
    }
    Ok(())
}
