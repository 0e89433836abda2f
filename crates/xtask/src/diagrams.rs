//! `docs/states.md`: the states of campaigns, recipients and attempts, drawn from the domain's own tables.
//!
//! Every state meets every event ([`walk`]); what moves becomes an arrow ([`page`]). Nothing is drawn by hand, and
//! `--check` fails when the committed page is not what the tables say. What a state means is in its doc comment.

mod attempts;
mod page;
mod walk;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

const PAGE: &str = "docs/states.md";

/// Write the page, or only say whether it is up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Write,
    Check,
}

pub fn run(root: &Path, mode: Mode) -> Result<ExitCode> {
    let path = root.join(PAGE);
    let drawn = page::draw();
    let known = fs::read_to_string(&path).unwrap_or_default();
    match (mode, known == drawn) {
        (_, true) => show(&format!("diagrams: {PAGE} is what the tables say")),
        (Mode::Write, false) => {
            fs::write(&path, drawn).with_context(|| format!("writing {}", path.display()))?;
            show(&format!("diagrams: {PAGE} is drawn anew"));
        }
        (Mode::Check, false) => {
            show(&format!("diagrams: {PAGE} is not what the tables say: run `make docs` and commit it"));
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stdout, reason = "the answer of a command")]
fn show(line: &str) {
    println!("{line}");
}
