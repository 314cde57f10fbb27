//! What is printed once all three services are ready.

use crate::data::DataFolder;
use crate::system::System;

/// Addresses, sample logins, and how to end it.
pub fn banner(system: &System, data: &DataFolder) -> String {
    let System { users, thoughts, frontend } = system;
    format!(
        "\n  MyThoughts runs.\n\n\
         \x20   in the browser   http://{}\n\
         \x20   thoughts API     http://{}\n\
         \x20   users API        http://{}\n\n\
         \x20 Log in as bruce, stephen or admin; the password is the name.\n\
         \x20 What you write is kept in {}. Ctrl-C ends it.\n\n",
        frontend.address,
        thoughts.address,
        users.address,
        data.path().display(),
    )
}
