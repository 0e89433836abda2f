//! Chores of the workshop: `tidy` (the project's own style rules), `measure` (size and shape figures) and
//! `sqlite-pin` (the version of the SQLite that is built in).
//!
//! It reads text, not syntax trees: strings and comments are blanked out first ([`source`]). What clippy
//! can see is left to clippy. A new rule goes into a file under `tidy/`, with a bad sample that it must catch.

mod items;
mod measure;
mod source;
mod sqlite_pin;
mod tidy;
mod tree;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

const USE: &str = "use: cargo run -p xtask -- tidy | measure | sqlite-pin";

fn main() -> Result<ExitCode> {
    let command = std::env::args().nth(1).unwrap_or_default();
    let root = workspace_root()?;
    match command.as_str() {
        "tidy" => tidy::run(&root),
        "measure" => measure::run(&root),
        "sqlite-pin" => sqlite_pin::run(&root),
        _ => bail!(USE),
    }
}

fn workspace_root() -> Result<PathBuf> {
    let crate_folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = crate_folder.ancestors().nth(2).context("the crate lies two folders below the workspace")?;
    Ok(root.to_path_buf())
}
