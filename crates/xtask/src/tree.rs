//! Which files of the checkout the checks read.
//!
//! Walks the folders itself, skipping what is built, fetched or recorded from others. It does not ask Git, so
//! that a file is checked before it is added.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::source::Source;

const SKIPPED_FOLDERS: [&str; 9] =
    ["target", "node_modules", "dist", "generated", "vendor", "fixtures", "recorded", "snapshots", "__pycache__"];
const READ_HIDDEN: [&str; 3] = [".ci", ".config", ".github"];
const TEXT: [&str; 16] =
    ["rs", "md", "toml", "sql", "ts", "tsx", "js", "mjs", "html", "css", "sh", "yml", "yaml", "py", "txt", "service"];
const TEXT_NAMES: [&str; 4] = ["Makefile", "Dockerfile", "run", "package.json"];
const SIZE_MAX: u64 = 400_000;

/// Every text file of ours below `root`, in the order of its path.
pub fn sources(root: &Path) -> Result<Vec<Source>> {
    let mut paths = Vec::new();
    collect(root, &mut paths)?;
    paths.sort();
    paths.iter().map(|path| read(root, path)).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if path.is_dir() {
            let skipped = SKIPPED_FOLDERS.contains(&name.as_str())
                || (name.starts_with('.') && !READ_HIDDEN.contains(&name.as_str()))
                || name == "carillon-data";
            if !skipped {
                collect(&path, found)?;
            }
        } else if is_text(&name) && path.metadata()?.len() <= SIZE_MAX {
            found.push(path);
        }
    }
    Ok(())
}

fn is_text(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    TEXT_NAMES.contains(&name) || TEXT.contains(&extension)
}

fn read(root: &Path, path: &Path) -> Result<Source> {
    let raw = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
    Ok(Source::new(&name, raw))
}
