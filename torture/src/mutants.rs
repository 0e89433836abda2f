//! Known bugs, put back one by one into a copy of the tree: the tests named for each must fail.
//!
//! A mutant is a small text file in `torture/mutants/` (its form is in `torture/README.md`). Copy and build lie in
//! `target/mutants`, so that only what a mutant touches is built again.

mod edit;
mod trial;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::verdict::{Verdict, say};
use edit::Mutant;
use trial::{Outcome, Trial};

/// What of the tree is not copied.
const NOT_COPIED: [&str; 5] = [".git", "target", "web", "docs", "node_modules"];

/// Tries every mutant, or the one of this name. True when each is caught.
pub async fn run(only: Option<&str>) -> Result<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the workspace's folder")?;
    let mutants = read_all(&root.join("torture/mutants"), only)?;
    let trial = Trial::new(&root.join("target/mutants"));
    copy(root, &trial.tree)?;
    let mut verdict = Verdict::new("mutants", "each known bug, put back, is caught by a test");
    for mutant in &mutants {
        let healthy = trial.run(mutant).await?;
        ensure!(healthy == Outcome::Passed, "{}: its tests do not pass without it: {healthy:?}", mutant.name);
    }
    for mutant in &mutants {
        let outcome = try_one(&trial, mutant).await?;
        let word = match outcome {
            Outcome::Failed => "caught",
            Outcome::Hung => "caught (the tests came to no end)",
            Outcome::Passed => "SURVIVED",
            Outcome::Broken => bail!("{}: it does not compile, or its tests are gone", mutant.name),
        };
        say(&format!("{:<34} {word}", mutant.name));
        verdict.expect(outcome != Outcome::Passed, || format!("{} survived: {}", mutant.name, mutant.bug));
    }
    Ok(crate::verdict::report("mutants", 0, &[verdict]))
}

async fn try_one(trial: &Trial, mutant: &Mutant) -> Result<Outcome> {
    let originals = mutant.apply(&trial.tree)?;
    let outcome = trial.run(mutant).await;
    for (path, text) in originals {
        fs::write(path, text)?;
    }
    outcome
}

fn read_all(folder: &Path, only: Option<&str>) -> Result<Vec<Mutant>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    let mutants = files.iter().map(|file| Mutant::read(file)).collect::<Result<Vec<_>>>()?;
    let wanted: Vec<Mutant> = mutants.into_iter().filter(|m| only.is_none_or(|only| only == m.name)).collect();
    ensure!(!wanted.is_empty(), "there is no such mutant in {}", folder.display());
    Ok(wanted)
}

/// Copies what differs, so that what is the same need not be built again. Files that are gone are removed.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if !from.join(entry.file_name()).exists() {
            if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
        }
    }
    for entry in fs::read_dir(from)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        if NOT_COPIED.iter().any(|skipped| name == *skipped) {
            continue;
        }
        let target = to.join(&name);
        if path.is_dir() {
            copy(&path, &target)?;
        } else if fs::read(&path)? != fs::read(&target).unwrap_or_default() {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}
