//! Limits on failed logins, by name and by address.

use mythoughts_tests::{Database, Reply, System, Visitor, on_each_database, unique};

const WRONG_PAIR: &str = "Invalid login/password, please try again.";

on_each_database!(
    the_twenty_first_failure_of_a_name_is_held_back,
    a_hundred_failures_of_an_address_hold_it_back_alone,
    the_address_is_the_persons_which_the_frontend_passes_on,
    nobody_else_may_say_an_address,
    logins_that_succeed_are_not_counted,
);

fn expect_held_back(reply: &Reply) {
    reply.expect_error(429);
    let seconds = reply.header("retry-after").parse::<u64>();
    assert!(
        seconds.is_ok_and(|seconds| (1..=60).contains(&seconds)),
        "wanted Retry-After of up to a minute, met {reply:?}"
    );
}

/// Fails `limit` times, then until the next is held back, and gives that reply.
// The minute may have ended in between, so a few more than the limit are tried.
async fn fail_until_held_back(limit: usize, attempt: impl AsyncFn() -> Reply) -> Reply {
    for _ in 0..limit {
        attempt().await.expect_error(401);
    }
    for _ in 0..=limit {
        let reply = attempt().await;
        if reply.status != 401 {
            return reply;
        }
    }
    panic!("wanted a login to be held back after {limit} failures, met none");
}

async fn the_twenty_first_failure_of_a_name_is_held_back(database: Database) {
    let system = System::shared(database).await;
    let (person, other) = (system.person().await, system.person().await);
    expect_held_back(&fail_until_held_back(20, async || system.login(&person.username, "wrong").await).await);
    // Others are unharmed, and a name that nobody has is counted the same.
    system.login(&other.username, &other.password).await.expect_status(200);
    let nobody = unique("nobody");
    expect_held_back(&fail_until_held_back(20, async || system.login(&nobody, "wrong").await).await);
}

async fn a_hundred_failures_of_an_address_hold_it_back_alone(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    expect_held_back(&fill_address(&system, "198.51.100.7").await);
    system.login_from("198.51.100.8", &person.username, &person.password).await.expect_status(200);
    system.login_from("198.51.100.8", &unique("another"), "wrong").await.expect_error(401);
}

/// Fails with a new name each time, so that only the address is counted.
async fn fill_address(system: &System, address: &str) -> Reply {
    fail_until_held_back(100, async || system.login_from(address, &unique("nobody"), "wrong").await).await
}

async fn the_address_is_the_persons_which_the_frontend_passes_on(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    fill_address(&system, "203.0.113.1").await;
    let mut held_back = Visitor::new(system.frontend.url("")).with_header("x-forwarded-for", "203.0.113.1");
    let reply = held_back.log_in(&person.username, "wrong").await;
    assert!(!reply.body.contains(WRONG_PAIR), "wanted no check of the pair, met {reply:?}");
    assert!(reply.status < 500, "wanted no fault of ours, met {reply:?}");

    let mut other = Visitor::new(system.frontend.url("")).with_header("x-forwarded-for", "203.0.113.2");
    let reply = other.log_in(&person.username, "wrong").await;
    assert!(reply.body.contains(WRONG_PAIR), "{reply:?}");
    other.log_in(&person.username, &person.password).await;
    assert!(other.cookies.contains_key("session"), "{:?}", other.cookies);
}

async fn nobody_else_may_say_an_address(database: Database) {
    // Users trust the frontend, as ever, but this frontend trusts nobody.
    let system = System::builder(database).frontend("TRUSTED_PROXIES", "192.0.2.1").start().await;
    for number in 0..=220 {
        let mut visitor =
            Visitor::new(system.frontend.url("")).with_header("x-forwarded-for", &format!("203.0.113.{number}"));
        let reply = visitor.log_in(&unique("nobody"), "wrong").await;
        if number < 100 {
            assert!(reply.body.contains(WRONG_PAIR), "attempt {number}: {reply:?}");
        } else if !reply.body.contains(WRONG_PAIR) {
            return;
        }
    }
    panic!("wanted the true address to be held back, whatever it says it is");
}

async fn logins_that_succeed_are_not_counted(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    for _ in 0..30 {
        system.login_from("198.51.100.9", &person.username, &person.password).await.expect_status(200);
    }
}
