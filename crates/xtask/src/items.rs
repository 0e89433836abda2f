//! The functions of a Rust file and the names it defines, read from its code view.
//!
//! Brackets are matched, nothing is parsed. The figures agree with a syntax tree's within a line.

use crate::source::{Source, closing, count_newlines, words_at};

/// A function with a body.
pub struct Function {
    pub name: String,
    pub at: usize,
    pub lines: usize,
    pub parameters: usize,
}

/// A name that the file gives to something.
pub struct Definition {
    pub kind: &'static str,
    pub name: String,
    pub at: usize,
}

const KINDS: [&str; 8] = ["struct", "enum", "trait", "type", "fn", "mod", "const", "static"];

pub fn functions(source: &Source) -> Vec<Function> {
    let code = &source.code;
    words_at(code, "fn").filter_map(|at| function(code, at)).collect()
}

pub fn definitions(source: &Source) -> Vec<Definition> {
    let mut found = Vec::new();
    for kind in KINDS {
        for at in words_at(&source.code, kind) {
            let name = name_after(&source.code, at + kind.len());
            if !name.is_empty() {
                found.push(Definition { kind, name, at });
            }
        }
    }
    found
}

fn function(code: &str, at: usize) -> Option<Function> {
    let name = name_after(code, at + 2);
    if name.is_empty() {
        return None;
    }
    let opened = at + code[at..].find('(')?;
    let closed = closing(code, opened, (b'(', b')'));
    let body = body_after(code, closed)?;
    let end = closing(code, body, (b'{', b'}'));
    let parameters = count_parameters(&code[opened + 1..closed]);
    Some(Function { name, at, lines: count_newlines(&code[at..end]) + 1, parameters })
}

/// Where the body opens; `None` for a promise that ends with a semicolon. `[u8; 4]` may stand between.
fn body_after(code: &str, closed: usize) -> Option<usize> {
    let mut depth = 0i32;
    for (at, byte) in code.bytes().enumerate().skip(closed) {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            b';' if depth == 0 => return None,
            b'{' => return Some(at),
            _ => {}
        }
    }
    None
}

fn name_after(code: &str, at: usize) -> String {
    let rest = code[at..].trim_start();
    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn count_parameters(inner: &str) -> usize {
    let inner = inner.trim().trim_end_matches(',');
    if inner.is_empty() {
        return 0;
    }
    let inner = inner.replace("->", "  ");
    let (mut depth, mut parameters) = (0i32, 1);
    for c in inner.chars() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth -= 1,
            ',' if depth == 0 => parameters += 1,
            _ => {}
        }
    }
    parameters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(raw: &str) -> Source {
        Source::new("crates/domain/src/sample.rs", raw.to_owned())
    }

    #[test]
    fn a_function_has_a_name_lines_and_parameters() {
        let sample = source(
            "pub fn plan<F>(\n    &self,\n    act: impl Fn(u8, u8) -> u8,\n    map: Map<u8, u8>,\n) -> u8 {\n    1\n}\n",
        );
        let found = functions(&sample);
        assert_eq!((found[0].name.as_str(), found[0].lines, found[0].parameters), ("plan", 7, 3));
    }

    #[test]
    fn a_promise_without_body_is_not_a_function() {
        assert!(functions(&source("trait A { fn b(&self) -> [u8; 2]; }")).is_empty());
        assert_eq!(functions(&source("fn b() -> [u8; 2] { [0; 2] }")).len(), 1);
    }

    #[test]
    fn names_are_found_by_kind() {
        let names: Vec<_> =
            definitions(&source("pub struct A; enum B {} fn c() {}")).into_iter().map(|d| (d.kind, d.name)).collect();
        assert_eq!(names, [("struct", "A".into()), ("enum", "B".into()), ("fn", "c".into())]);
    }
}
