//! Asserts that the SQLite built into the program is new enough.
//!
//! Versions before 3.51.3 can lose a committed transaction when a WAL is reset while it is being read, so a
//! downgrade of `libsqlite3-sys` must not slip in. The program asks the library again when it starts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

/// The tree is read for one platform, so that nothing is fetched for the others; the pin is the same on all.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";
const VERSION_MIN: Version = Version(3, 51, 3);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version(u32, u32, u32);

pub fn run(root: &Path) -> Result<ExitCode> {
    let header = fs::read_to_string(bundled_header(root)?)?;
    let found = version_in(&header).context("sqlite3.h names no SQLITE_VERSION")?;
    ensure!(found >= VERSION_MIN, "the bundled SQLite is {found:?}, older than {VERSION_MIN:?}: update libsqlite3-sys");
    show(&format!("sqlite-pin: {}.{}.{} is built in", found.0, found.1, found.2));
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stdout, reason = "the answer of a command")]
fn show(line: &str) {
    println!("{line}");
}

fn bundled_header(root: &Path) -> Result<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", PLATFORM])
        .current_dir(root)
        .output()
        .context("running cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    let manifest = manifest_of(&String::from_utf8_lossy(&output.stdout), "libsqlite3-sys")
        .context("libsqlite3-sys is not in the tree")?;
    Ok(manifest.with_file_name("sqlite3").join("sqlite3.h"))
}

/// The manifest path of a package in the output of `cargo metadata`.
fn manifest_of(metadata: &str, package: &str) -> Option<PathBuf> {
    let key = "\"manifest_path\":\"";
    let mut paths = metadata.match_indices(key).filter_map(|(at, _)| metadata[at + key.len()..].split('"').next());
    paths.find(|path| path.contains(&format!("/{package}-"))).map(PathBuf::from)
}

fn version_in(header: &str) -> Option<Version> {
    let line = header.lines().find(|line| line.starts_with("#define SQLITE_VERSION "))?;
    let mut parts = line.split('"').nth(1)?.split('.').map(|part| part.parse().ok());
    Some(Version(parts.next()??, parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_header_is_older_than_the_mark() {
        let old = version_in("#define SQLITE_VERSION        \"3.51.2\"\n").expect("a version");
        assert!(old < VERSION_MIN);
        assert!(version_in("#define SQLITE_VERSION        \"3.54.1\"\n").expect("a version") >= VERSION_MIN);
        assert!(version_in("nothing").is_none());
    }

    #[test]
    fn the_manifest_is_found_by_its_package() {
        let metadata = r#"[{"manifest_path":"/r/serde-1.0.0/Cargo.toml"},{"manifest_path":"/r/libsqlite3-sys-0.39.1/Cargo.toml"}]"#;
        assert_eq!(manifest_of(metadata, "libsqlite3-sys"), Some(PathBuf::from("/r/libsqlite3-sys-0.39.1/Cargo.toml")));
    }
}
