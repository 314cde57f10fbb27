//! How much memory programs are told to take, and how much they may use.

use crate::Rule;
use crate::model::{Field, Quantity, Report, View, Workload, environment, words};

pub(crate) const MEMORY_SETTING: Rule = Rule {
    id: "memory-setting",
    summary: "A setting lets a program take more memory than its container may use: -Xmx, --max-old-space-size, GOMEMLIMIT, shared_buffers, --maxmemory.",
    reason: "The container is killed for its memory before the program finds that it has enough.",
    allow: "When the program never takes that much.",
};

/// What stands before an amount, and the bytes of an amount without a unit.
const SETTINGS: [(&str, i128); 5] = [
    ("-Xmx", 1),
    ("--max-old-space-size=", 1 << 20),
    ("--max_old_space_size=", 1 << 20),
    ("shared_buffers=", 8 << 10),
    ("--maxmemory=", 1),
];

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for container in view.workloads.iter().flat_map(Workload::containers) {
        let limit = container.at(&["resources", "limits", "memory"]);
        let Some(limit) = limit.and_then(|at| Some((Quantity::of(at.value())?, at))) else { continue };
        for (at, told, bytes) in told(view, &container) {
            if Quantity::whole(bytes) > limit.0 {
                let message = format!("{told} is more than the limit of memory, {}", limit.1.value());
                report.warning(&MEMORY_SETTING, &at, message);
            }
        }
    }
}

/// What a container is told, where, and how many bytes that is.
fn told<'a>(view: &View<'a>, container: &Field<'a>) -> Vec<(Field<'a>, String, i128)> {
    let words = words(container);
    let mut texts: Vec<_> =
        words.iter().map(|word| (word.clone(), word.str().unwrap_or_default().to_owned())).collect();
    let pairs = words.windows(2).filter_map(|pair| match pair {
        [flag, amount] if flag.str() == Some("--maxmemory") => {
            Some((amount.clone(), format!("--maxmemory={}", amount.str()?)))
        }
        _ => None,
    });
    texts.extend(pairs);
    for variable in environment(view, container) {
        let Some(value) = variable.value else { continue };
        // Its unit is always told.
        let value = if variable.name == "GOMEMLIMIT" { format!("--maxmemory={value}") } else { value };
        texts.push((variable.at, value));
    }
    let settings = |text: &str| text.split_whitespace().filter_map(setting).collect::<Vec<_>>();
    texts
        .iter()
        .flat_map(|(at, text)| settings(text).into_iter().map(|(told, bytes)| (at.clone(), told, bytes)))
        .collect()
}

fn setting(word: &str) -> Option<(String, i128)> {
    let word = word.trim_matches(['"', '\'']);
    let (amount, plain) = SETTINGS.iter().find_map(|(name, plain)| Some((word.strip_prefix(name)?, *plain)))?;
    Some((amount.to_owned(), bytes(amount, plain)?))
}

/// The bytes of `512m`, `2GB` or `1GiB`; of a number alone so many of `plain`.
fn bytes(amount: &str, plain: i128) -> Option<i128> {
    let end = amount.find(|c: char| !c.is_ascii_digit()).unwrap_or(amount.len());
    let (number, unit) = amount.split_at_checked(end)?;
    let unit = unit.to_ascii_lowercase();
    let times = match unit.trim_end_matches('b').trim_end_matches('i') {
        "" if unit.is_empty() => plain,
        "" => 1,
        "k" => 1 << 10,
        "m" => 1 << 20,
        "g" => 1 << 30,
        "t" => 1 << 40,
        _ => return None,
    };
    number.parse::<i128>().ok()?.checked_mul(times)
}

#[cfg(test)]
mod tests {
    use super::setting;

    #[test]
    fn amounts_of_memory_have_units() {
        let bytes = |word| setting(word).map(|(_, bytes)| bytes);
        assert_eq!(bytes("-Xmx2g"), Some(2 << 30));
        assert_eq!(bytes("\"-Xmx512M\""), Some(512 << 20));
        assert_eq!(bytes("--max-old-space-size=4096"), Some(4 << 30));
        assert_eq!(bytes("shared_buffers=16"), Some(16 * 8192));
        assert_eq!(bytes("shared_buffers=2GB"), Some(2 << 30));
        assert_eq!(bytes("--maxmemory=1GiB"), Some(1 << 30));
        assert_eq!([bytes("-Xmx"), bytes("-Xmxa"), bytes("-Xms2g"), bytes("--maxmemory=70%")], [None; 4]);
    }
}
