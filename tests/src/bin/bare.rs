//! The bare loop that `ci/bench services` measures the thoughts service beside: the same queries
//! over the same pool, behind handlers with nothing else. No tokens, limits, logs or figures.

use std::net::SocketAddr;
use std::process::ExitCode;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use clap::Parser;
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
    /// Where thoughts are kept.
    #[command(flatten)]
    database: DatabaseSettings,
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

async fn serve(config: &Config) -> anyhow::Result<()> {
    let routes = Router::new()
        .route("/api/me/thoughts/", get(own).post(post))
        .route("/api/thoughts/", get(search))
        .route("/api/thoughts/{id}/", get(one))
        .with_state(Database::new(&config.database)?);
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
