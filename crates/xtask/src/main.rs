//! Chores of the workshop: `tidy` (the project's own style rules), `measure` (size and shape figures), `sqlite-pin`
//! (the version of the SQLite that is built in) and `diagrams` (the states, drawn from the domain's tables).
//!
//! It reads text, not syntax trees: strings and comments are blanked out first ([`source`]). What clippy
//! can see is left to clippy. A new rule goes into a file under `tidy/`, with a bad sample that it must catch.

mod diagrams;
mod items;
mod measure;
mod source;
mod sqlite_pin;
mod tidy;
mod tree;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

const USE: &str = "use: cargo run -p xtask -- tidy | measure | sqlite-pin | diagrams [--check]";

fn main() -> Result<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let root = workspace_root()?;
    match words.as_slice() {
        ["tidy"] => tidy::run(&root),
        ["measure"] => measure::run(&root),
        ["sqlite-pin"] => sqlite_pin::run(&root),
        ["diagrams"] => diagrams::run(&root, diagrams::Mode::Write),
        ["diagrams", "--check"] => diagrams::run(&root, diagrams::Mode::Check),
        _ => bail!(USE),
    }
}

fn workspace_root() -> Result<PathBuf> {
    let crate_folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = crate_folder.ancestors().nth(2).context("the crate lies two folders below the workspace")?;
    Ok(root.to_path_buf())
}
