//! The queries on thoughts.

use chrono::{NaiveDateTime, SubsecRound, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, BigInt, Bool, Text};
use diesel_async::RunQueryDsl;
use shared::database::{Database, Pools};
use shared::error::Result;
use shared::with_connection;

use super::schema::thoughts;
use crate::domain::{Order, Page, Search, Thought, ThoughtText, fold};

/// A thought that is not stored yet.
#[derive(Insertable)]
#[diesel(table_name = thoughts)]
pub struct NewThought<'a> {
    username: &'a str,
    text: &'a str,
    search_text: String,
    timestamp: NaiveDateTime,
}

impl<'a> NewThought<'a> {
    /// By this person, now.
    pub fn now(username: &'a str, text: &'a ThoughtText) -> Self {
        // PostgreSQL keeps microseconds: the reply shows what is kept
        Self::at(username, text, Utc::now().naive_utc().trunc_subsecs(6))
    }

    /// By this person, at that time.
    pub fn at(username: &'a str, text: &'a ThoughtText, timestamp: NaiveDateTime) -> Self {
        Self { username, text: text.as_str(), search_text: fold(text.as_str()), timestamp }
    }
}

/// Stores a thought.
pub async fn insert(database: &Database, thought: &NewThought<'_>) -> Result<Thought> {
    let stored = with_connection!(database, write, |connection| {
        diesel::insert_into(thoughts::table)
            .values(thought)
            .returning(Thought::as_returning())
            .get_result(connection)
            .await
    })?;
    Ok(stored)
}

/// The thought with this id.
pub async fn get(database: &Database, id: i64) -> Result<Thought> {
    let thought = with_connection!(database, read, |connection| {
        thoughts::table.find(id).select(Thought::as_select()).first(connection).await
    })?;
    Ok(thought)
}

/// Removes the thought with this id, if it is there.
pub async fn delete(database: &Database, id: i64) -> Result<()> {
    with_connection!(database, write, |connection| {
        diesel::delete(thoughts::table.find(id)).execute(connection).await
    })?;
    Ok(())
}

/// Whether there is no thought at all.
pub async fn none(database: &Database) -> Result<bool> {
    let some: bool = with_connection!(database, read, |connection| {
        diesel::select(diesel::dsl::exists(thoughts::table.select(thoughts::id))).get_result(connection).await
    })?;
    Ok(!some)
}

/// A page of one person's thoughts, and one more if there are more.
pub async fn of_user(database: &Database, username: &str, page: Page) -> Result<Vec<Thought>> {
    let of_user = thoughts::table.filter(thoughts::username.eq(username)).limit(page.limit + 1);
    let list = with_connection!(database, read, |connection| match page.order {
        Order::Asc => {
            let query = of_user.filter(thoughts::id.gt(page.after)).order(thoughts::id.asc());
            query.select(Thought::as_select()).load(connection).await
        }
        Order::Desc => {
            let query = of_user.filter(thoughts::id.lt(page.after)).order(thoughts::id.desc());
            query.select(Thought::as_select()).load(connection).await
        }
    })?;
    Ok(list)
}

/// A page of everybody's thoughts that hold the text, and one more if there are more.
pub async fn search(database: &Database, search: &Search, page: Page) -> Result<Vec<Thought>> {
    if search.is_hopeless() {
        return Ok(Vec::new());
    }
    let list = match &database.pools {
        Pools::Postgres(pool) => search_postgres(&mut *pool.get().await?, search, page).await?,
        Pools::Sqlite { read, .. } => search_sqlite(&mut *read.get().await?, search, page).await?,
    };
    Ok(list)
}

/// The database's function `search_thoughts` bounds what is read by what is found; its migration tells how.
async fn search_postgres(
    connection: &mut diesel_async::AsyncPgConnection,
    search: &Search,
    page: Page,
) -> QueryResult<Vec<Thought>> {
    let (after, limit) = (page.after, page.limit + 1);
    if search.is_empty() {
        let query = sql_query(select("thoughts", "id", "TRUE", page, ["$1", "$2"]));
        return query.bind::<BigInt, _>(after).bind::<BigInt, _>(limit).load(connection).await;
    }
    let ascending = page.order == Order::Asc;
    sql_query("SELECT id, username, text, timestamp FROM search_thoughts($1, $2, $3, $4, $5)")
        .bind::<Array<Text>, _>(search.grams())
        .bind::<Text, _>(search.like_pattern())
        .bind::<BigInt, _>(if ascending { after.saturating_add(1) } else { after.saturating_sub(1) })
        .bind::<Bool, _>(ascending)
        .bind::<BigInt, _>(limit)
        .load(connection)
        .await
}

async fn search_sqlite(
    connection: &mut shared::database::SqliteConnection,
    search: &Search,
    page: Page,
) -> QueryResult<Vec<Thought>> {
    let query = |tables: &str, id: &str, condition: &str| {
        sql_query(select(tables, id, condition, page, ["?", "?"]))
            .into_boxed::<diesel::sqlite::Sqlite>()
            .bind::<BigInt, _>(page.after)
    };
    let limit = page.limit + 1;
    if search.is_empty() {
        query("thoughts", "id", "TRUE").bind::<BigInt, _>(limit).load(connection).await
    } else if search.length() < 3 {
        let query = query("thoughts", "id", "instr(search_text, ?) > 0");
        query.bind::<Text, _>(search.as_str().to_owned()).bind::<BigInt, _>(limit).load(connection).await
    } else {
        let query = query(
            "thoughts_search AS found JOIN thoughts ON id = found.rowid",
            "found.rowid",
            "found.search_text MATCH ?",
        );
        query.bind::<Text, _>(search.fts_phrase()).bind::<BigInt, _>(limit).load(connection).await
    }
}

/// One page of what meets the condition; `after` and `limit` are the marks of their places.
fn select(tables: &str, id: &str, condition: &str, page: Page, [after, limit]: [&str; 2]) -> String {
    let (than, direction) = if page.order == Order::Asc { (">", "ASC") } else { ("<", "DESC") };
    format!(
        "SELECT id, username, text, timestamp FROM {tables} \
         WHERE {id} {than} {after} AND {condition} ORDER BY {id} {direction} LIMIT {limit}"
    )
}
