//! Changes: an object a line, and below it the fields that differ.

use serde_json::{Value as Json, json};

use super::human::printable;
use super::json::object;
use crate::changes::{Change, Kind};
use crate::compare::Field;

/// For people: `+` made, `~` changed, `-` deleted. What is the same is not told.
pub fn text(changes: &[Change<'_>], colours: bool) -> String {
    let mut lines = Vec::new();
    for change in changes {
        let Some(colour) = colour(change.kind()) else { continue };
        lines.push(colour.line(0, &change.object.to_string()));
        for field in &change.fields {
            add_field(field, &mut lines);
        }
    }
    lines.iter().map(|line| line.text(colours) + "\n").collect()
}

/// For programs: each object with what becomes of it and its fields.
pub fn json(changes: &[Change<'_>]) -> Json {
    let fields = |change: &Change<'_>| change.fields.iter().map(field_json).collect::<Vec<_>>();
    let told = changes.iter().filter_map(|change| {
        let what = match change.kind() {
            Kind::Made => "made",
            Kind::Changed => "changed",
            Kind::Deleted => "deleted",
            Kind::Same => return None,
        };
        Some(json!({"change": what, "object": object(change.object), "fields": fields(change)}))
    });
    told.collect()
}

fn field_json(field: &Field) -> Json {
    let mut json = json!({"path": field.path.to_string(), "old": field.old, "new": field.new});
    if let (Some((old, new)), Some(json)) = (&field.meant, json.as_object_mut()) {
        json.insert("oldMeaning".into(), old.clone());
        json.insert("newMeaning".into(), new.clone());
    }
    json
}

#[derive(Clone, Copy)]
enum Colour {
    Green,
    Red,
    Yellow,
}

/// A line with its sign and its colour.
struct Line {
    colour: Colour,
    indent: usize,
    text: String,
}

impl Colour {
    fn line(self, indent: usize, text: &str) -> Line {
        Line { colour: self, indent, text: text.to_owned() }
    }
}

impl Line {
    fn text(&self, colours: bool) -> String {
        let (sign, code) = match self.colour {
            Colour::Green => ('+', 32),
            Colour::Red => ('-', 31),
            Colour::Yellow => ('~', 33),
        };
        let line = format!("{:indent$}{sign} {}", "", printable(&self.text), indent = self.indent);
        if colours { format!("\u{1b}[{code}m{line}\u{1b}[0m") } else { line }
    }
}

fn colour(kind: Kind) -> Option<Colour> {
    match kind {
        Kind::Made => Some(Colour::Green),
        Kind::Changed => Some(Colour::Yellow),
        Kind::Deleted => Some(Colour::Red),
        Kind::Same => None,
    }
}

/// Where a field stands in the text.
const FIELD: usize = 4;

fn add_field(field: &Field, lines: &mut Vec<Line>) {
    let path = &field.path;
    if let (Some(new), Some((was, now))) = (&field.new, &field.meant) {
        return lines.push(Colour::Yellow.line(FIELD, &format!("{path}: {new} (now {now}, was {was})")));
    }
    match (&field.old, &field.new) {
        (Some(Json::String(old)), Some(Json::String(new))) if old.contains('\n') || new.contains('\n') => {
            lines.push(Colour::Yellow.line(FIELD, &path.to_string()));
            add_lines(old, new, lines);
        }
        (Some(old), Some(new)) => lines.push(Colour::Yellow.line(FIELD, &format!("{path}: {old} → {new}"))),
        (None, Some(new)) => lines.push(Colour::Green.line(FIELD, &format!("{path}: {new}"))),
        (Some(old), None) => lines.push(Colour::Red.line(FIELD, &format!("{path}: {old}"))),
        (None, None) => {}
    }
}

/// The lines of two texts without those that are the same at the beginning and at the end.
fn add_lines(old: &str, new: &str, lines: &mut Vec<Line>) {
    const LINE: usize = FIELD + 4;
    let (old, new): (Vec<_>, Vec<_>) = (old.split('\n').collect(), new.split('\n').collect());
    let same = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(one, other)| one == other).count();
    let before = same(&mut old.iter().zip(&new));
    let most = old.len().min(new.len()) - before;
    let after = same(&mut old.iter().rev().zip(new.iter().rev())).min(most);
    let middle = |all: &[&str], colour: Colour| -> Vec<Line> {
        let changed = all.get(before..all.len() - after).unwrap_or_default();
        changed.iter().map(|line| colour.line(LINE, line)).collect()
    };
    lines.extend(middle(&old, Colour::Red));
    lines.extend(middle(&new, Colour::Green));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::Set;
    use crate::changes::changes;

    fn set(text: &str) -> Set {
        let mut set = Set::default();
        set.read("m", text.as_bytes()).unwrap();
        set
    }

    const OLD: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {file: \"one\\ntwo\\nthree\\n\", gone: x, k: \"1\"}\n---\n\
                       apiVersion: v1\nkind: ConfigMap\nmetadata: {name: old}\n";
    const NEW: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {file: \"one\\n2\\n2\\nthree\\n\", come: \"\\e[31m\", k: \"2\"}\n---\n\
                       apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new}\n";

    #[test]
    fn each_object_has_its_sign_and_each_field_its_values() {
        let (old, new) = (set(OLD), set(NEW));
        let changes = changes(&old, &new);
        let wanted = "~ ConfigMap a\n    + data.come: \"\\u001b[31m\"\n    ~ data.file\n        - two\n        + 2\n        + 2\n    \
                      - data.gone: \"x\"\n    ~ data.k: \"1\" → \"2\"\n+ ConfigMap new\n- ConfigMap old\n";
        assert_eq!(super::text(&changes, false), wanted);
        let coloured = super::text(&changes, true);
        assert!(
            coloured.starts_with("\u{1b}[33m~ ConfigMap a\u{1b}[0m\n\u{1b}[0m")
                || coloured.starts_with("\u{1b}[33m~ ConfigMap a\u{1b}[0m\n")
        );
        let json = super::json(&changes);
        assert_eq!((&json[1]["change"], &json[2]["object"]["name"]), (&"made".into(), &"old".into()));
        assert_eq!(json[0]["fields"][2]["old"], "x");
    }

    #[test]
    fn a_secret_tells_lengths_alone() {
        let of = |text: &str| {
            set(&format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData: {{p: {text}}}\n"))
        };
        let (old, new) = (of("hunter2"), of("correct-horse"));
        assert_eq!(
            super::text(&changes(&old, &new), false),
            "~ Secret a\n    ~ data.p: \"(12 characters)\" → \"(20 characters)\"\n"
        );
        let (old, new) = (of("hunter2"), of("hunter3"));
        let changes = changes(&old, &new);
        assert_eq!(
            super::text(&changes, false),
            "~ Secret a\n    ~ data.p: \"(12 characters)\" → \"(12 other characters)\"\n"
        );
        assert_eq!(super::json(&changes)[0]["fields"][0]["new"], "(12 other characters)");
    }

    #[test]
    fn a_secret_that_wins_over_another_is_not_told() {
        let of = |text: &str| {
            set(&format!(
                "apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\ndata: {{p: eA==}}\nstringData: {{p: {text}}}\n"
            ))
        };
        let (old, new) = (of("hunter2"), of("hunter3"));
        let told = super::text(&changes(&old, &new), false);
        assert_eq!(told, "~ Secret a\n    ~ data.p: \"(4 characters)\" → \"(4 other characters)\"\n");
    }

    #[test]
    fn what_a_name_stands_for_is_told() {
        let pod = "kind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: c\n    \
                   ports: [{name: http, containerPort: 80}]\n    readinessProbe: {httpGet: {port: http}}\n";
        let (old, new) = (set(pod), set(&pod.replace("80", "90")));
        let changes = changes(&old, &new);
        let told = super::text(&changes, false);
        assert!(told.contains("readinessProbe.httpGet.port: \"http\" (now 90, was 80)\n"), "{told}");
        let field = &super::json(&changes)[0]["fields"][1];
        assert_eq!(
            (&field["old"], &field["oldMeaning"], &field["newMeaning"]),
            (&"http".into(), &80.into(), &90.into())
        );
    }
}
