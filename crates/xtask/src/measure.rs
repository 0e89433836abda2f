//! Size and shape figures of the Rust code: how it stands beside the marks of CONTRIBUTING.md.
//!
//! Figures for the eye, not a gate; the gate is `tidy`. Tests are counted apart.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::items;
use crate::source::Source;
use crate::tree;

const WORST_SHOWN: usize = 8;
const FUNCTION_LINES_NOTED: usize = 50;
const FILE_LINES_NOTED: usize = 300;

#[derive(Default)]
struct Figures {
    files: Vec<usize>,
    functions: Vec<usize>,
    test_lines: usize,
    with_docs: usize,
    worst: Vec<(usize, String)>,
}

pub fn run(root: &Path) -> Result<ExitCode> {
    let mut figures = Figures::default();
    for source in tree::sources(root)?.iter().filter(|source| source.is_rust() && !source.is_generated()) {
        figures.add(source);
    }
    figures.show();
    Ok(ExitCode::SUCCESS)
}

impl Figures {
    fn add(&mut self, source: &Source) {
        if source.is_test_file() {
            self.test_lines += source.lines();
            return;
        }
        let inline = source.inline_test_lines();
        let lines = source.lines().saturating_sub(inline);
        self.test_lines += inline;
        self.files.push(lines);
        self.with_docs += usize::from(source.raw.starts_with("//!"));
        if lines > FILE_LINES_NOTED {
            self.worst.push((lines, format!("file of {lines} lines: {}", source.path)));
        }
        for function in items::functions(source).into_iter().filter(|function| !source.is_test_at(function.at)) {
            self.functions.push(function.lines);
            if function.lines > FUNCTION_LINES_NOTED {
                let text = format!("function of {} lines: {} {}", function.lines, source.path, function.name);
                self.worst.push((function.lines, text));
            }
        }
    }

    #[expect(clippy::print_stdout, reason = "the answer of a command")]
    fn show(&mut self) {
        self.files.sort_unstable();
        self.functions.sort_unstable();
        self.worst.sort_unstable_by(|a, b| b.cmp(a));
        let code: usize = self.files.iter().sum();
        let hundredths = self.test_lines * 100 / code.max(1);
        println!(
            "rust: {} files, {code} lines of code, {} of tests (tests/code {}.{:02})",
            self.files.len(),
            self.test_lines,
            hundredths / 100,
            hundredths % 100
        );
        println!(
            "  lines a file: median {}, p90 {}, max {}",
            share(&self.files, 50),
            share(&self.files, 90),
            share(&self.files, 100)
        );
        println!(
            "  lines a function: median {}, p90 {}, max {}",
            share(&self.functions, 50),
            share(&self.functions, 90),
            share(&self.functions, 100)
        );
        println!("  files that open with a module doc: {}%", self.with_docs * 100 / self.files.len().max(1));
        for (_, line) in self.worst.iter().take(WORST_SHOWN) {
            println!("    {line}");
        }
    }
}

/// The value below which `percent` of the sorted values lie.
fn share(sorted: &[usize], percent: usize) -> usize {
    let at = (percent * sorted.len() / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_from_the_sorted_values() {
        assert_eq!(share(&[1, 2, 3, 4], 50), 3);
        assert_eq!(share(&[1, 2, 3, 4], 100), 4);
        assert_eq!(share(&[], 90), 0);
    }

    #[test]
    fn tests_are_counted_apart() {
        let mut figures = Figures::default();
        figures.add(&Source::new(
            "crates/a/src/a.rs",
            "//! A.\nfn a() {\n}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n".into(),
        ));
        figures.add(&Source::new("crates/a/tests/b.rs", "fn c() {}\n".into()));
        assert_eq!((figures.files, figures.functions, figures.test_lines), (vec![3], vec![2], 5));
    }
}
