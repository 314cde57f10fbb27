//! Flags that take several values with commas between them, as the library of Helm's flags reads them: one line of CSV.

/// The values of all uses of a flag. `flag` is how an error names it.
pub(super) fn values(flag: &str, given: &[String]) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    for text in given {
        let fields = fields(text);
        all.extend(fields.map_err(|error| {
            let text = format!("{text:?}");
            format!("invalid argument {text} for \"{flag}\" flag: {error}")
        })?);
    }
    Ok(all)
}

/// The fields of a line.
fn fields(text: &str) -> Result<Vec<String>, String> {
    let line = text.lines().next().unwrap_or_default();
    let mut fields = Vec::new();
    if text.is_empty() {
        return Ok(fields);
    }
    let mut rest = line;
    loop {
        let column = line.len() - rest.len() + 1;
        let (field, after) = if let Some(quoted) = rest.strip_prefix('"') {
            quoted_field(quoted, column + 1)?
        } else {
            plain_field(rest, column)?
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(after) => rest = after,
            None => return Ok(fields),
        }
    }
}

fn plain_field(text: &str, column: usize) -> Result<(String, &str), String> {
    let (field, after) = text.split_at(text.find(',').unwrap_or(text.len()));
    match field.find('"') {
        Some(place) => Err(problem(column + place, "bare \" in non-quoted-field")),
        None => Ok((field.to_owned(), after)),
    }
}

/// A field behind its first quote, which stands before `column`; two quotes in it are one.
fn quoted_field(text: &str, column: usize) -> Result<(String, &str), String> {
    let mut field = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('"') {
        field.push_str(before);
        if after.is_empty() || after.starts_with(',') {
            return Ok((field, after));
        }
        let at_quote = || problem(column + text.len() - after.len() - 1, QUOTE);
        rest = after.strip_prefix('"').ok_or_else(at_quote)?;
        field.push('"');
    }
    Err(problem(column + text.len(), QUOTE))
}

const QUOTE: &str = "extraneous or missing \" in quoted-field";

fn problem(column: usize, what: &str) -> String {
    format!("parse error on line 1, column {column}: {what}")
}
