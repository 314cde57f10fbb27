//! Something to see on the first start.

use chrono::{NaiveDate, NaiveDateTime};
use shared::database::Database;
use shared::error::Result;

use crate::db::thoughts::{self, NewThought};
use crate::domain::ThoughtText;

/// Year, month, day, and microseconds.
type Day = (i32, u32, u32, u32);

const SAMPLES: [(&str, &str, Day); 5] = [
    ("bruce", "A cup that is full cannot be filled. Empty it first.", (1962, 5, 11, 279_611)),
    ("stephen", "An idea worth keeping is worth writing down before tea.", (1962, 8, 23, 41_507)),
    ("bruce", "Practise one kick until it needs no thought.", (1962, 11, 2, 908_133)),
    ("stephen", "I looked up at the night sky and forgot what I was worried about.", (1963, 1, 19, 650_024)),
    ("bruce", "Simple is what is left when nothing more can be taken away.", (1963, 4, 7, 333_780)),
];

/// Stores the samples, if there is no thought yet.
pub(crate) async fn load(database: &Database) -> Result<()> {
    if !thoughts::none(database).await? {
        return Ok(());
    }
    for (username, text, day) in SAMPLES {
        let text = ThoughtText::parse(Some(text))?;
        thoughts::insert(database, &NewThought::at(username, &text, at(day))).await?;
    }
    tracing::info!(thoughts = SAMPLES.len(), "loaded the sample data");
    Ok(())
}

/// Shortly before noon on that day.
fn at((year, month, day, micros): Day) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, month, day)
        .and_then(|date| date.and_hms_micro_opt(11, 53, 41, micros))
        .unwrap_or_default()
}
