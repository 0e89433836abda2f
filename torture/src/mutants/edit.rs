//! One mutant: which bug it is, which tests must fail, and what it changes.
//!
//! A place is found by its text, which must stand in its file exactly once, so that a mutant that no longer fits is
//! found out instead of passing for caught.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// A known bug.
#[derive(Debug, PartialEq, Eq)]
pub struct Mutant {
    pub name: String,
    /// The bug in words.
    pub bug: String,
    /// What `cargo test` is told: package and target.
    pub cargo: Vec<String>,
    /// The tests, by their full names.
    pub tests: Vec<String>,
    edits: Vec<Edit>,
}

/// A place in a file, found by its text, and what stands there instead.
#[derive(Debug, Default, PartialEq, Eq)]
struct Edit {
    file: String,
    before: String,
    after: String,
}

/// Where a line of a mutant's file belongs.
enum Part {
    Head,
    Before,
    After,
}

impl Mutant {
    pub fn read(path: &Path) -> Result<Self> {
        let name = path.file_stem().context("a file's name")?.to_string_lossy().into_owned();
        let text = fs::read_to_string(path)?;
        Self::parse(name, &text).with_context(|| format!("reading {}", path.display()))
    }

    fn parse(name: String, text: &str) -> Result<Self> {
        let mut mutant = Self { name, bug: String::new(), cargo: Vec::new(), tests: Vec::new(), edits: Vec::new() };
        let mut part = Part::Head;
        for line in text.lines() {
            match (line, &part) {
                ("--- before", _) => part = Part::Before,
                ("--- after", _) => part = Part::After,
                ("---", _) => part = Part::Head,
                (_, Part::Head) => mutant.head(line)?,
                (_, Part::Before) => push(&mut mutant.edit()?.before, line),
                (_, Part::After) => push(&mut mutant.edit()?.after, line),
            }
        }
        let is_whole = !mutant.bug.is_empty() && !mutant.cargo.is_empty() && !mutant.tests.is_empty();
        ensure!(is_whole && !mutant.edits.is_empty(), "bug, cargo, test and file are all needed");
        Ok(mutant)
    }

    fn head(&mut self, line: &str) -> Result<()> {
        if line.trim().is_empty() {
            return Ok(());
        }
        let (key, value) = line.split_once(": ").with_context(|| format!("{line:?} is not `key: value`"))?;
        match key {
            "bug" => self.bug = value.to_owned(),
            "cargo" => self.cargo = value.split_whitespace().map(str::to_owned).collect(),
            "test" => self.tests.push(value.to_owned()),
            "file" => self.edits.push(Edit { file: value.to_owned(), ..Edit::default() }),
            _ => anyhow::bail!("unknown key {key:?}"),
        }
        Ok(())
    }

    fn edit(&mut self) -> Result<&mut Edit> {
        self.edits.last_mut().context("a file is named before its text")
    }

    /// Changes the tree. Returns the files as they were.
    pub fn apply(&self, tree: &Path) -> Result<Vec<(PathBuf, String)>> {
        let mut originals = Vec::new();
        for edit in &self.edits {
            let path = tree.join(&edit.file);
            let text = fs::read_to_string(&path).with_context(|| format!("{}: {}", self.name, edit.file))?;
            let places = text.matches(&edit.before).count();
            ensure!(places == 1, "{}: its text stands {places} times in {}; bring it up to date", self.name, edit.file);
            fs::write(&path, text.replace(&edit.before, &edit.after))?;
            originals.push((path, text));
        }
        // Of a file that is edited twice the first original counts, so it is written back last.
        originals.reverse();
        Ok(originals)
    }
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "bug: It forgets.\ncargo: -p carillon --lib\ntest: a::b\n\nfile: src/a.rs\n--- before\none\n--- after\ntwo\n---\n";

    #[test]
    fn a_mutant_is_read() {
        let mutant = Mutant::parse("x".to_owned(), TEXT).expect("a mutant");
        assert_eq!((mutant.bug.as_str(), mutant.tests.as_slice()), ("It forgets.", &["a::b".to_owned()][..]));
        let edit = Edit { file: "src/a.rs".to_owned(), before: "one\n".to_owned(), after: "two\n".to_owned() };
        assert_eq!(mutant.edits, [edit]);
    }

    #[test]
    fn every_mutant_still_fits_the_tree() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        let mut seen = 0;
        for entry in fs::read_dir(root.join("torture/mutants")).expect("the folder") {
            let mutant = Mutant::read(&entry.expect("a file").path()).expect("a mutant");
            for edit in &mutant.edits {
                let text = fs::read_to_string(root.join(&edit.file)).expect("its file");
                assert_eq!(text.matches(&edit.before).count(), 1, "{} in {}", mutant.name, edit.file);
            }
            seen += 1;
        }
        assert!(seen >= 6, "{seen} mutants");
    }

    #[test]
    fn a_mutant_that_no_longer_fits_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("src")).expect("a folder");
        let mutant = Mutant::parse("x".to_owned(), TEXT).expect("a mutant");
        for (text, fits) in [("one\n", true), ("three\n", false), ("one\none\n", false)] {
            fs::write(folder.path().join("src/a.rs"), text).expect("a file");
            assert_eq!(mutant.apply(folder.path()).is_ok(), fits, "{text:?}");
        }
    }
}
