//! A tracefile, as the manual page of geninfo describes it.

use std::fmt::{Result, Write};

use render::coverage::{Branch, CoveredFile, Report};

/// The whole.
pub(super) fn print(report: &Report) -> String {
    let mut text = String::new();
    // Nothing fails that is written to memory.
    let _ = report.files.iter().try_for_each(|file| record(&mut text, file));
    text
}

fn record(text: &mut String, file: &CoveredFile) -> Result {
    writeln!(text, "TN:\nSF:{}", file.path)?;
    for (block, branch) in file.branches.iter().enumerate() {
        branch_lines(text, block, branch)?;
    }
    let (branches, lines) = (file.branches(), file.lines());
    writeln!(text, "BRF:{}\nBRH:{}", branches.all, branches.taken)?;
    file.lines.iter().try_for_each(|(line, hits)| writeln!(text, "DA:{line},{hits}"))?;
    writeln!(text, "LF:{}\nLH:{}\nend_of_record", lines.all, lines.taken)
}

/// A dash stands for what was not taken because the branch was not reached at all.
fn branch_lines(text: &mut String, block: usize, branch: &Branch) -> Result {
    let is_reached = branch.arms.iter().any(|arm| arm.hits > 0);
    branch.arms.iter().enumerate().try_for_each(|(number, arm)| {
        let taken = if is_reached { arm.hits.to_string() } else { "-".into() };
        writeln!(text, "BRDA:{},{block},{number},{taken}", branch.line)
    })
}
