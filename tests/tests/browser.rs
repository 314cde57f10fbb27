//! The frontend in a real browser: Chromium, driven through the driver at `TEST_WEBDRIVER_URL`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is how a test fails")]

use std::sync::Arc;

use mythoughts_tests::{Database, System, until};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::ChromeCapabilities;
use thirtyfour::common::log::LoggingPrefsLogLevel;
use thirtyfour::prelude::*;

const TITLE: &str = "MyThoughts";

/// A browser of one test, with a profile of its own, at the frontend of the shared system.
struct Browser {
    driver: WebDriver,
    system: Arc<System>,
    _profile: TempDir,
}

/// What a test wants of its browser.
#[derive(Clone, Copy)]
struct Wishes {
    width: u32,
    scripts: bool,
}

const DESKTOP: Wishes = Wishes { width: 1280, scripts: true };
const PHONE: Wishes = Wishes { width: 360, scripts: true };
const WITHOUT_SCRIPTS: Wishes = Wishes { width: 1280, scripts: false };

impl Browser {
    async fn open(wishes: Wishes) -> Self {
        let url = std::env::var("TEST_WEBDRIVER_URL")
            .expect("TEST_WEBDRIVER_URL is not set: the feature chromium needs a WebDriver, ci/test starts one");
        let system = System::shared(Database::Sqlite).await;
        let profile = tempfile::tempdir().unwrap();
        let driver = WebDriver::new(url, capabilities(wishes, &profile)).await.expect("the WebDriver starts a browser");
        Self { driver, system, _profile: profile }
    }

    async fn go(&self, path: &str) {
        self.driver.goto(self.system.frontend.url(path)).await.unwrap();
    }

    async fn find(&self, css: &str) -> WebElement {
        until(css, async || self.driver.find(By::Css(css)).await.ok()).await
    }

    /// A page that is being left has no body, or one that is gone when it is asked.
    async fn text(&self) -> String {
        until("a page with a text", async || self.driver.find(By::Css("body")).await.ok()?.text().await.ok()).await
    }

    /// Fills the login form, and sends it.
    async fn log_in(&self, username: &str, password: &str) {
        self.go("/login/").await;
        self.find("input[name=username]").await.send_keys(username).await.unwrap();
        self.find("input[name=password]").await.send_keys(password).await.unwrap();
        self.find("form[action='/login/'] [type=submit]").await.click().await.unwrap();
    }

    async fn write(&self, text: &str) {
        self.find("textarea[name=text]").await.send_keys(text).await.unwrap();
        self.find("form[action='/thoughts/new'] [type=submit]").await.click().await.unwrap();
    }

    async fn search(&self, text: &str) {
        let field = self.find("input[name=search]").await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
        field.send_keys(Key::Enter).await.unwrap();
        until("the page with the hits", async || self.path().await.starts_with("/search").then_some(())).await;
    }

    async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().path().to_owned()
    }

    async fn until_at(&self, path: &str) {
        until(&format!("the browser to be at {path}"), async || (self.path().await == path).then_some(())).await;
    }

    async fn until_shown(&self, text: &str) {
        until(&format!("the page to show {text}"), async || self.text().await.contains(text).then_some(())).await;
    }

    /// Fails if the browser complained, as it does of scripts and styles against the policy.
    async fn expect_quiet_console(&self) {
        // The last word is ours: it shows that the browser is heard at all.
        self.driver.execute("console.error('the last word');", Vec::<Value>::new()).await.unwrap();
        let log = self.driver.get_log("browser").await.expect("the browser gives its log");
        let mut words: Vec<&str> = log.iter().map(|entry| entry.message.as_str()).collect();
        assert!(words.pop().is_some_and(|last| last.contains("the last word")), "the console is not heard");
        assert!(words.is_empty(), "wanted a quiet console, met {words:?}");
    }

    /// Ends the browser; a test that failed before leaves it to the end of its driver.
    async fn close(self) {
        self.driver.quit().await.unwrap();
    }
}

fn capabilities(wishes: Wishes, profile: &TempDir) -> ChromeCapabilities {
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--no-proxy-server",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        &format!("--user-data-dir={}", profile.path().display()),
        &format!("--window-size={},800", wishes.width),
    ] {
        capabilities.add_arg(argument).unwrap();
    }
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
    if wishes.width < 500 {
        // A window cannot be as narrow as a phone; its emulation can.
        let metrics = json!({"width": wishes.width, "height": 740, "pixelRatio": 2.0, "mobile": true, "touch": true});
        capabilities.add_experimental_option("mobileEmulation", json!({"deviceMetrics": metrics})).unwrap();
    }
    if !wishes.scripts {
        let blocked = json!({"profile.managed_default_content_settings.javascript": 2});
        capabilities.add_experimental_option("prefs", blocked).unwrap();
    }
    capabilities
}

/// Runs a person's whole visit.
async fn visit(browser: &Browser) {
    let person = browser.system.person().await;
    browser.go("/").await;
    browser.until_at("/login/").await;
    assert!(browser.driver.title().await.unwrap().starts_with(TITLE));
    browser.log_in(&person.username, &person.password).await;
    browser.until_at("/").await;
    browser.until_shown(&person.username).await;

    let thought = mythoughts_tests::unique("a thought ");
    browser.write(&thought).await;
    browser.until_shown(&thought).await;

    browser.search(&thought.to_uppercase()).await;
    browser.until_shown(&thought).await;
    browser.search(&mythoughts_tests::unique("nothing")).await;
    browser.until_shown("No results for your search").await;

    browser.go("/").await;
    browser.find("a[href='/logout/']").await.click().await.unwrap();
    browser.until_at("/login/").await;
    browser.go("/").await;
    browser.until_at("/login/").await;
}

#[tokio::test]
async fn somebody_logs_in_posts_searches_and_logs_out() {
    let browser = Browser::open(DESKTOP).await;
    visit(&browser).await;
    browser.expect_quiet_console().await;
    browser.close().await;
}

#[tokio::test]
async fn all_of_it_works_without_scripts() {
    let browser = Browser::open(WITHOUT_SCRIPTS).await;
    // To be sure that none runs: this page would change its title.
    browser.driver.goto("data:text/html,<title>off</title><script>document.title='on'</script>").await.unwrap();
    assert_eq!(browser.driver.title().await.unwrap(), "off");
    visit(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn a_wrong_password_is_said_so() {
    let browser = Browser::open(DESKTOP).await;
    let person = browser.system.person().await;
    browser.log_in(&person.username, "wrong").await;
    browser.until_shown("Invalid login/password, please try again.").await;
    browser.go("/").await;
    browser.until_at("/login/").await;
    browser.close().await;
}

#[tokio::test]
async fn markup_in_a_thought_is_shown_not_run() {
    let browser = Browser::open(DESKTOP).await;
    let person = browser.system.person().await;
    let markup = "<script>document.title='run'</script><b>bold</b>";
    browser.system.post(&person, markup).await;
    browser.log_in(&person.username, &person.password).await;
    browser.until_shown(markup).await;
    assert!(browser.driver.title().await.unwrap().starts_with(TITLE));
    browser.expect_quiet_console().await;
    browser.close().await;
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() {
    let browser = Browser::open(DESKTOP).await;
    let person = browser.system.person().await;
    browser.go("/login/").await;
    type_into(&browser, "username", &person.username).await;
    type_into(&browser, "password", &person.password).await;
    press(&browser, Key::Enter).await;
    browser.until_at("/").await;

    let thought = mythoughts_tests::unique("typed ");
    type_into(&browser, "text", &thought).await;
    // From the text to the button, whatever else is between.
    tab_until(&browser, "a submit button", "document.activeElement.type === 'submit'").await;
    press(&browser, Key::Enter).await;
    browser.until_shown(&thought).await;
    browser.close().await;
}

async fn press(browser: &Browser, keys: impl Into<TypingData>) {
    browser.driver.action_chain().send_keys(keys).perform().await.unwrap();
}

async fn is(browser: &Browser, condition: &str) -> bool {
    let result = browser.driver.execute(format!("return {condition};"), Vec::<Value>::new()).await.unwrap();
    result.json() == &Value::Bool(true)
}

/// Presses Tab until the condition holds; a page has not more than a few stops.
async fn tab_until(browser: &Browser, what: &str, condition: &str) {
    for _ in 0..20 {
        if is(browser, condition).await {
            return;
        }
        press(browser, Key::Tab).await;
    }
    panic!("wanted Tab to lead to {what}, it does not");
}

async fn type_into(browser: &Browser, name: &str, text: &str) {
    tab_until(browser, name, &format!("document.activeElement.name === '{name}'")).await;
    press(browser, text).await;
}

#[tokio::test]
async fn a_phone_needs_no_scrolling_sideways() {
    let browser = Browser::open(PHONE).await;
    let person = browser.system.person().await;
    // A word without a break is the hardest to fit.
    browser.system.post(&person, &"m".repeat(250)).await;
    browser.go("/login/").await;
    expect_no_scrolling_sideways(&browser).await;
    browser.log_in(&person.username, &person.password).await;
    browser.until_at("/").await;
    expect_no_scrolling_sideways(&browser).await;
    browser.search(&"m".repeat(250)).await;
    expect_no_scrolling_sideways(&browser).await;
    browser.close().await;
}

async fn expect_no_scrolling_sideways(browser: &Browser) {
    let script = "return [document.documentElement.scrollWidth, window.innerWidth];";
    let widths = browser.driver.execute(script, Vec::<Value>::new()).await.unwrap();
    let [page, window] = [0, 1].map(|index| widths.json()[index].as_u64().unwrap());
    assert_eq!(window, u64::from(PHONE.width), "the emulated window is as wide as the phone");
    assert!(page <= window, "{} is {page} wide in a window of {window}", browser.path().await);
}

#[tokio::test]
async fn fields_have_labels() {
    let browser = Browser::open(DESKTOP).await;
    let person = browser.system.person().await;
    browser.go("/login/").await;
    for path in ["/login/", "/"] {
        let script = "return [...document.querySelectorAll('input:not([type=hidden]), textarea')]
            .filter(field => field.labels.length === 0 && !field.ariaLabel).map(field => field.outerHTML);";
        let unlabelled = browser.driver.execute(script, Vec::<Value>::new()).await.unwrap();
        assert_eq!(unlabelled.json(), &json!([]), "{path} has fields without a label");
        browser.log_in(&person.username, &person.password).await;
        browser.until_at("/").await;
    }
    browser.close().await;
}

/// The picture for the README, where `SCREENSHOT` names a file; the page must be there in any case.
#[tokio::test]
async fn the_page_can_be_pictured() {
    let browser = Browser::open(DESKTOP).await;
    browser.log_in("bruce", "bruce").await;
    browser.until_at("/").await;
    let picture = browser.driver.screenshot_as_png().await.unwrap();
    assert!(picture.starts_with(b"\x89PNG"), "wanted a PNG");
    if let Some(path) = std::env::var_os("SCREENSHOT") {
        std::fs::write(path, picture).unwrap();
    }
    browser.close().await;
}
