//! Runs the tests of a mutant in the copied tree, within a bound: a mutant may well hang them.
//!
//! What a run said is read strictly. A tree that does not build, or a test that is gone, is neither caught nor
//! survived.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::AsyncReadExt;
use tokio::process::Command;

use super::Mutant;

/// Building included.
const ENDS_WITHIN: Duration = Duration::from_secs(1_800);
/// What remains of the output when something is wrong.
const LINES_KEPT: usize = 30;

/// The copied tree and its build.
pub struct Trial {
    pub tree: PathBuf,
    build: PathBuf,
}

/// How the tests came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    /// They were killed after their time.
    Hung,
    /// They were not built, or there are none of these names.
    Broken,
}

impl Trial {
    pub fn new(folder: &Path) -> Self {
        Self { tree: folder.join("tree"), build: folder.join("build") }
    }

    pub async fn run(&self, mutant: &Mutant) -> Result<Outcome> {
        let mut command = std::process::Command::new("cargo");
        command.args(["test", "--locked", "--quiet"]).args(&mutant.cargo).args(["--", "--exact"]).args(&mutant.tests);
        command.current_dir(&self.tree).env("CARGO_TARGET_DIR", &self.build);
        // A group of its own, so that cargo's children end with it.
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = Command::from(command).kill_on_drop(true).spawn().context("starting cargo")?;
        let (mut out, mut errors) = (child.stdout.take().context("stdout")?, child.stderr.take().context("stderr")?);
        let (mut said, mut complained) = (String::new(), String::new());
        let group = child.id().context("cargo's id")?;
        let reading = async {
            tokio::try_join!(out.read_to_string(&mut said), errors.read_to_string(&mut complained))?;
            child.wait().await
        };
        let Ok(status) = tokio::time::timeout(ENDS_WITHIN, reading).await else {
            Command::new("sh").args(["-c", &format!("kill -KILL -{group}")]).status().await?;
            return Ok(Outcome::Hung);
        };
        let outcome = judge(status?.success(), &said, mutant.tests.len());
        if outcome == Outcome::Broken {
            let lines: Vec<&str> = complained.lines().chain(said.lines()).collect();
            crate::verdict::say(&lines[lines.len().saturating_sub(LINES_KEPT)..].join("\n       "));
        }
        Ok(outcome)
    }
}

/// A run counts only when it says that every test of these names was run.
fn judge(success: bool, said: &str, tests: usize) -> Outcome {
    let result = said.lines().find_map(|line| line.strip_prefix("test result: "));
    let number = |word: &str| {
        let before = result?.split(word).next()?;
        before.split_whitespace().next_back()?.parse::<usize>().ok()
    };
    match (number(" passed"), number(" failed")) {
        (Some(passed), Some(0)) if success && passed == tests => Outcome::Passed,
        (Some(passed), Some(failed)) if failed > 0 && passed + failed == tests => Outcome::Failed,
        _ => Outcome::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_judged_by_what_it_says() {
        let passed = "running 2 tests\n..\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 9 filtered out";
        let failed = "test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 9 filtered out";
        assert_eq!(judge(true, passed, 2), Outcome::Passed);
        assert_eq!(judge(false, failed, 2), Outcome::Failed);
        assert_eq!(judge(true, passed, 3), Outcome::Broken, "a test of these is gone");
        assert_eq!(judge(false, "", 2), Outcome::Broken, "nothing was built");
    }
}
