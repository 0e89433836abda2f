//! The project's own style rules, checked over every text file of ours.
//!
//! Each rule is a function from a file to findings; a finding says where and what to do. There are no
//! exemptions in comments: a rule that is wrong is changed here, for everybody. Clippy and rustfmt do the rest.

mod comments;
mod effects;
mod shape;
mod spelling;
mod walls;
mod words;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::source::Source;
use crate::tree;

/// One place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    pub line: usize,
    pub what_to_do: String,
}

type Rule = fn(&Source) -> Vec<Finding>;

const RULES: [Rule; 18] = [
    shape::file_length,
    shape::functions,
    shape::module_docs,
    effects::clock,
    effects::chance,
    effects::sleep,
    effects::unwrap,
    effects::sql,
    effects::sql_capitals,
    effects::pure_domain,
    effects::unbounded,
    comments::todo,
    comments::dead_code,
    walls::imports,
    words::type_names,
    words::glossary,
    spelling::american,
    spelling::places,
];

pub fn run(root: &Path) -> Result<ExitCode> {
    let sources = tree::sources(root)?;
    let mut lines = Vec::new();
    for source in &sources {
        for finding in check(source) {
            lines.push(format!("{}:{}: {}", source.path, finding.line, finding.what_to_do));
        }
    }
    report(&lines, sources.len());
    Ok(if lines.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(source: &Source) -> Vec<Finding> {
    let mut found: Vec<Finding> = RULES.iter().flat_map(|rule| rule(source)).collect();
    found.sort_by_key(|finding| finding.line);
    found
}

#[expect(clippy::print_stdout, reason = "the answer of a command")]
fn report(lines: &[String], files: usize) {
    for line in lines {
        println!("{line}");
    }
    println!("tidy: {} rules, {files} files, {} to mend", RULES.len(), lines.len());
}

/// A finding at a byte offset.
fn at(source: &Source, offset: usize, what_to_do: impl Into<String>) -> Finding {
    Finding { line: source.line_of(offset), what_to_do: what_to_do.into() }
}

#[cfg(test)]
mod samples {
    //! Says which lines of a sample a rule finds.

    use super::{Rule, Source};

    pub fn lines(rule: Rule, path: &str, raw: &str) -> Vec<usize> {
        rule(&Source::new(path, raw.to_owned())).into_iter().map(|finding| finding.line).collect()
    }

    pub const DOMAIN: &str = "crates/domain/src/retry.rs";
    pub const STORE: &str = "crates/server/src/store/attempts.rs";
    pub const ENGINE: &str = "crates/server/src/engine/dialer.rs";
    pub const TELEPHONY: &str = "crates/server/src/telephony/twilio.rs";
    pub const API: &str = "crates/server/src/api/campaigns.rs";
    pub const STORY: &str = "crates/server/tests/stories/retry.rs";
}
