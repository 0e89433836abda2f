//! Sizes and shape: files, functions, parameters, module docs.
//!
//! Inline tests do not count for a file's length. Files marked `@generated` are not measured.

use super::{Finding, Source, at};
use crate::items;

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;
const PARAMETERS_MAX: usize = 5;
const MODULE_DOC_LINES_MIN: usize = 3;
const MODULE_DOC_LINES_MAX: usize = 10;

pub fn file_length(source: &Source) -> Vec<Finding> {
    if !source.is_rust() || source.is_generated() {
        return Vec::new();
    }
    let lines = source.lines().saturating_sub(source.inline_test_lines());
    if lines <= FILE_LINES_MAX {
        return Vec::new();
    }
    let what_to_do =
        format!("{lines} lines without inline tests: split the file by its nouns (at most {FILE_LINES_MAX})");
    vec![Finding { line: 1, what_to_do }]
}

pub fn functions(source: &Source) -> Vec<Finding> {
    if !source.is_rust() || source.is_generated() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for function in items::functions(source) {
        let name = &function.name;
        if function.lines > FUNCTION_LINES_MAX {
            let text = format!("`{name}` has {} lines: split it (at most {FUNCTION_LINES_MAX})", function.lines);
            found.push(at(source, function.at, text));
        }
        if function.parameters > PARAMETERS_MAX {
            let text =
                format!("`{name}` takes {} parameters: make a struct (at most {PARAMETERS_MAX})", function.parameters);
            found.push(at(source, function.at, text));
        }
    }
    found
}

pub fn module_docs(source: &Source) -> Vec<Finding> {
    if !source.is_rust() {
        return Vec::new();
    }
    let doc_lines = source.raw.lines().skip_while(|line| !line.starts_with("//!") && is_before_docs(line));
    let lines = doc_lines.take_while(|line| line.starts_with("//!")).count();
    let lines_min = if source.is_test_file() { 1 } else { MODULE_DOC_LINES_MIN };
    let text = match lines {
        0 => "open the file with `//!`: what it is for, what it does not do, where to go next".to_owned(),
        lines if lines < lines_min => {
            format!("{lines} line(s) of module docs: also say what it does not do (at least {lines_min})")
        }
        lines if lines > MODULE_DOC_LINES_MAX => {
            format!("{lines} lines of module docs: move the story to ARCHITECTURE.md (at most {MODULE_DOC_LINES_MAX})")
        }
        _ => return Vec::new(),
    };
    vec![Finding { line: 1, what_to_do: text }]
}

fn is_before_docs(line: &str) -> bool {
    line.trim().is_empty() || (line.starts_with("//") && !line.starts_with("//!"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::samples::{DOMAIN, STORY, lines};

    #[test]
    fn a_long_file_is_found_and_its_inline_tests_are_not_counted() {
        assert_eq!(lines(file_length, DOMAIN, &"let a = 1;\n".repeat(401)), [1]);
        let with_tests = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{}}}\n", "    a();\n".repeat(401));
        assert!(lines(file_length, DOMAIN, &with_tests).is_empty());
        assert!(lines(file_length, DOMAIN, &format!("// @generated\n{}", "a\n".repeat(500))).is_empty());
    }

    #[test]
    fn a_long_function_and_many_parameters_are_found() {
        let long = format!("\nfn long() {{\n{}}}\n", "    a();\n".repeat(70));
        assert_eq!(lines(functions, DOMAIN, &long), [2]);
        assert_eq!(lines(functions, DOMAIN, "fn wide(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8) {}"), [1]);
        assert!(lines(functions, DOMAIN, "fn fine(a: u8, b: Map<u8, u8>, c: u8, d: u8, e: u8) {}").is_empty());
    }

    #[test]
    fn missing_short_and_endless_module_docs_are_found() {
        assert_eq!(lines(module_docs, DOMAIN, "use a;\n"), [1]);
        assert_eq!(lines(module_docs, DOMAIN, "//! One line.\nuse a;\n"), [1]);
        assert_eq!(lines(module_docs, DOMAIN, &"//! Line.\n".repeat(11)), [1]);
        assert!(lines(module_docs, DOMAIN, "//! One.\n//! Two.\n//! Three.\n").is_empty());
        assert!(lines(module_docs, STORY, "//! One line.\nuse a;\n").is_empty());
    }
}
