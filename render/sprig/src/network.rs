//! Name resolution, if it is allowed.

use std::net::ToSocketAddrs;
use std::rc::Rc;

use govalue::{Function, Type, Value};

use crate::Environment;
use crate::args::text;

pub(crate) fn functions(env: &Rc<Environment>) -> Vec<(&'static str, Function)> {
    let env = Rc::clone(env);
    vec![("getHostByName", Function::new(&[Type::String], move |args| get_host_by_name(&env, &text(args, 0))))]
}

/// One of the host's addresses by chance; an empty text if Helm was not told to ask.
fn get_host_by_name(env: &Environment, name: &str) -> Result<Value, String> {
    if !env.dns() {
        return Ok("".into());
    }
    let mut addresses: Vec<String> = (name, 0)
        .to_socket_addrs()
        .map(|found| found.map(|address| address.ip().to_string()).collect())
        .unwrap_or_default();
    if addresses.is_empty() {
        return Err("invalid argument to Intn".to_owned());
    }
    let chosen = usize::try_from(env.random_below(addresses.len() as u64)).unwrap_or_default();
    Ok(addresses.swap_remove(chosen).into())
}
