//! The bare loop that `ci/bench services` measures the services beside: the same queries over the same
//! pool, or the same call of the backend, behind handlers with nothing else. No tokens, limits, logs or figures.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use axum::extract::{FromRef, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Html;
use axum::routing::get;
use axum::{Json, Router};
use clap::Parser;
use handlebars::Handlebars;
use reqwest::Url;
use reqwest::header::AUTHORIZATION;
use serde::Deserialize;
use shared::database::{Database, DatabaseSettings};
use shared::settings;
use thoughts::db::thoughts as queries;
use thoughts::domain::{Order, Page, Search, Thought, ThoughtText};
use tokio::net::TcpListener;

/// The person the benchmark logs in as.
const USERNAME: &str = "bruce";

#[derive(Parser)]
struct Config {
    /// Address of the service
    #[arg(long)]
    listen: SocketAddr,
    /// The thoughts service, which the page asks
    #[arg(long, value_parser = settings::http_url)]
    thoughts_backend_url: Url,
    /// Where thoughts are kept.
    #[command(flatten)]
    database: DatabaseSettings,
}

#[derive(Clone, FromRef)]
struct AppState {
    database: Database,
    backend: Backend,
}

/// The thoughts service, and the page of its answer.
#[derive(Clone)]
struct Backend {
    client: reqwest::Client,
    own: Url,
    templates: Arc<Handlebars<'static>>,
}

#[derive(Deserialize)]
struct ListQuery {
    limit: i64,
    #[serde(default)]
    search: String,
}

impl ListQuery {
    /// One fewer than asked for: the queries look for one more than a page holds.
    fn page(&self) -> Page {
        Page { limit: self.limit - 1, after: i64::MIN, order: Order::Asc }
    }
}

#[derive(Deserialize)]
struct NewThought {
    text: String,
}

type Result<T> = std::result::Result<T, shared::Error>;

async fn own(State(database): State<Database>, Query(query): Query<ListQuery>) -> Result<Json<Vec<Thought>>> {
    Ok(Json(queries::of_user(&database, USERNAME, query.page()).await?))
}

async fn search(State(database): State<Database>, Query(query): Query<ListQuery>) -> Result<Json<Vec<Thought>>> {
    Ok(Json(queries::search(&database, &Search::new(&query.search), query.page()).await?))
}

async fn one(State(database): State<Database>, Path(id): Path<i64>) -> Result<Json<Thought>> {
    Ok(Json(queries::get(&database, id).await?))
}

async fn post(State(database): State<Database>, Json(new): Json<NewThought>) -> Result<(StatusCode, Json<Thought>)> {
    let text = ThoughtText::parse(Some(&new.text))?;
    let stored = queries::insert(&database, &queries::NewThought::now(USERNAME, &text)).await?;
    Ok((StatusCode::CREATED, Json(stored)))
}

/// A template of nothing but the list.
const PAGE: &str = "<ul>{{#each this}}<li><p>{{text}}</p><time>{{timestamp}}</time></li>{{/each}}</ul>";

async fn page(State(backend): State<Backend>, headers: HeaderMap) -> Result<Html<String>> {
    Ok(Html(backend.page(&headers).await?))
}

impl Backend {
    fn new(url: &Url) -> anyhow::Result<Self> {
        let mut templates = Handlebars::new();
        templates.register_template_string("page", PAGE)?;
        let own = url.join("/api/me/thoughts/?order=desc&limit=50")?;
        Ok(Self { client: reqwest::Client::new(), own, templates: Arc::new(templates) })
    }

    async fn page(&self, headers: &HeaderMap) -> anyhow::Result<String> {
        let bearer = headers.get(AUTHORIZATION).context("wanted a bearer for the backend, met none")?;
        let reply = self.client.get(self.own.clone()).header(AUTHORIZATION, bearer).send().await?;
        let thoughts: Vec<serde_json::Value> = reply.error_for_status()?.json().await?;
        Ok(self.templates.render("page", &thoughts)?)
    }
}

async fn serve(config: &Config) -> anyhow::Result<()> {
    let state = AppState {
        database: Database::new(&config.database, "bare")?,
        backend: Backend::new(&config.thoughts_backend_url)?,
    };
    let routes = Router::new()
        .route("/", get(page))
        .route("/api/me/thoughts/", get(own).post(post))
        .route("/api/thoughts/", get(search))
        .route("/api/thoughts/{id}/", get(one))
        .with_state(state);
    axum::serve(TcpListener::bind(config.listen).await?, routes).await?;
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    let config = match settings::read::<Config>() {
        Ok(config) => config,
        Err(stop) => return stop.report(),
    };
    match serve(&config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
