//! Comments say why: no dead code in them and no chore without an issue.
//!
//! Dead code is told by its shape, so only plain `//` comments are read; examples in doc comments are code on purpose.

use super::{Finding, Source, at};
use crate::source::words_at;

const CHORES: [&str; 4] = ["TODO", "FIXME", "HACK", "XXX"];
const CODE_OPENINGS: [&str; 14] = [
    "let ", "use ", "fn ", "pub ", "async ", "impl ", "struct ", "enum ", "match ", "if ", "for ", "while ", "return ",
    "#[",
];
const CODE_ENDINGS: [&str; 4] = [";", "{", "}", "),"];

pub fn todo(source: &Source) -> Vec<Finding> {
    let text = if source.is_rust() { &source.comments } else { &source.raw };
    let mut found = Vec::new();
    for offset in CHORES.iter().flat_map(|chore| words_at(text, chore)) {
        let line = source.line_around(offset);
        let has_issue = line.split('#').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if !has_issue && !source.path.starts_with("crates/xtask/") {
            found.push(at(source, offset, "name the issue (`#123`) or do it now"));
        }
    }
    found
}

pub fn dead_code(source: &Source) -> Vec<Finding> {
    if !source.is_rust() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut offset = 0;
    for line in source.comments.split_inclusive('\n') {
        if line.trim().strip_prefix("//").is_some_and(is_code) {
            found.push(at(source, offset, "commented-out code: delete it, Git keeps it"));
        }
        offset += line.len();
    }
    found
}

fn is_code(comment: &str) -> bool {
    if comment.starts_with(['/', '!']) {
        return false;
    }
    let text = comment.trim();
    let ends_like_code = CODE_ENDINGS.iter().any(|ending| text.ends_with(ending));
    let opens_like_code = CODE_OPENINGS.iter().any(|opening| text.starts_with(opening));
    let is_call = text.ends_with(");") || text.ends_with("?;") || text == "}" || text == "};";
    (opens_like_code && ends_like_code) || is_call || (text.starts_with("#[") && text.ends_with(']'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::samples::{DOMAIN, lines};

    #[test]
    fn a_chore_names_its_issue() {
        assert_eq!(lines(todo, DOMAIN, "// TODO later\nlet a = 1; // FIXME (#12)\n"), [1]);
        assert_eq!(lines(todo, "docs/operate.md", "TODO: write this"), [1]);
        assert!(lines(todo, DOMAIN, "let text = \"TODO\";").is_empty());
    }

    #[test]
    fn dead_code_is_found_and_sentences_are_not() {
        let dead = "// let a = b();\n// }\n// store.save(tx)?;\n// #[test]\n";
        assert_eq!(lines(dead_code, DOMAIN, dead), [1, 2, 3, 4]);
        let alive = "// The carrier lists by day; we ask for both.\n// if it rings, wait\n/// let a = b();\n//! }\n";
        assert!(lines(dead_code, DOMAIN, alive).is_empty());
    }
}
