//! One file's text in three views of equal length: code, comments and strings, the rest blanked out.
//!
//! Offsets and line numbers agree between the views and the raw text. The views are made for Rust only; other
//! files have their raw text alone. What functions a file holds is `items`' business.

use std::ops::Range;

/// A file of the checkout.
pub struct Source {
    /// Path below the workspace, with forward slashes.
    pub path: String,
    pub raw: String,
    /// Rust code with comments and literals as spaces.
    pub code: String,
    /// Comments alone.
    pub comments: String,
    /// The insides of string literals alone.
    pub strings: String,
    /// Byte ranges of inline `#[cfg(test)]` modules and functions.
    pub inline_tests: Vec<Range<usize>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Code,
    Comment,
    Text,
    Delimiter,
}

impl Source {
    pub fn new(path: &str, raw: String) -> Self {
        let views = if path.ends_with(".rs") { classify(raw.as_bytes()) } else { vec![View::Delimiter; raw.len()] };
        let code = view(&raw, &views, View::Code);
        let inline_tests = find_inline_tests(&code);
        Self {
            path: path.to_owned(),
            comments: view(&raw, &views, View::Comment),
            strings: view(&raw, &views, View::Text),
            raw,
            code,
            inline_tests,
        }
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Written by a machine: sizes do not matter there.
    pub fn is_generated(&self) -> bool {
        self.raw.lines().take(5).any(|line| line.contains("@generated"))
    }

    /// A file that holds nothing but tests, or an example.
    pub fn is_test_file(&self) -> bool {
        let in_folder = |name: &str| self.path.split('/').rev().skip(1).any(|part| part == name);
        ["tests", "test", "e2e", "benches", "examples"].iter().any(|name| in_folder(name))
            || self.path.ends_with("/tests.rs")
            || self.path.ends_with("_tests.rs")
    }

    pub fn is_test_at(&self, offset: usize) -> bool {
        self.is_test_file() || self.inline_tests.iter().any(|range| range.contains(&offset))
    }

    pub fn line_of(&self, offset: usize) -> usize {
        self.raw.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1
    }

    pub fn lines(&self) -> usize {
        self.raw.lines().count()
    }

    pub fn inline_test_lines(&self) -> usize {
        self.inline_tests.iter().map(|range| count_newlines(&self.raw[range.clone()]) + 1).sum()
    }

    /// The text of the line around `offset`.
    pub fn line_around(&self, offset: usize) -> &str {
        let start = self.raw[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = self.raw[offset..].find('\n').map_or(self.raw.len(), |at| offset + at);
        &self.raw[start..end]
    }
}

/// Where `word` stands in `text` as a word of its own.
pub fn words_at<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let grows_left = before.is_some_and(is_word) && word.starts_with(is_word);
        let grows_right = after.is_some_and(is_word) && word.ends_with(is_word);
        !grows_left && !grows_right
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The offset of the bracket that closes the one at `open`, or the end of the text.
pub fn closing(text: &str, open: usize, pair: (u8, u8)) -> usize {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate().skip(open) {
        if byte == pair.0 {
            depth += 1;
        } else if byte == pair.1 {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at;
            }
        }
    }
    text.len().saturating_sub(1)
}

pub fn count_newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

fn view(raw: &str, views: &[View], wanted: View) -> String {
    let bytes = raw.bytes().zip(views).map(|(byte, view)| if byte == b'\n' || *view == wanted { byte } else { b' ' });
    String::from_utf8(bytes.collect()).expect("a character lies in one view as a whole")
}

fn find_inline_tests(code: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, _) in code.match_indices("#[cfg(test)]") {
        if found.last().is_some_and(|range| range.contains(&start)) {
            continue;
        }
        let rest = &code[start..];
        let body = rest.find('{').map(|at| start + at);
        let statement = rest.find(';').map(|at| start + at);
        match (body, statement) {
            (Some(body), statement) if statement.is_none_or(|statement| body < statement) => {
                found.push(start..closing(code, body, (b'{', b'}')) + 1);
            }
            _ => {}
        }
    }
    found
}

/// Says for each byte what it belongs to.
fn classify(raw: &[u8]) -> Vec<View> {
    let mut views = vec![View::Code; raw.len()];
    let mut at = 0;
    while at < raw.len() {
        let (end, view) = token(raw, at);
        if view == View::Text {
            let (opening, closing) = string_edges(raw, at, end);
            views[at..end].fill(View::Delimiter);
            views[opening..closing.max(opening)].fill(View::Text);
        } else {
            views[at..end].fill(view);
        }
        at = end;
    }
    views
}

/// The end and the kind of the token that begins at `at`.
fn token(raw: &[u8], at: usize) -> (usize, View) {
    let rest = &raw[at..];
    let after_word = at > 0 && (raw[at - 1].is_ascii_alphanumeric() || raw[at - 1] == b'_');
    match rest {
        [b'/', b'/', ..] => (line_end(raw, at), View::Comment),
        [b'/', b'*', ..] => (block_comment_end(raw, at), View::Comment),
        [b'"', ..] => (string_end(raw, at + 1), View::Text),
        [b'b' | b'c', b'"', ..] if !after_word => (string_end(raw, at + 2), View::Text),
        [b'r' | b'b' | b'c', ..] if !after_word && raw_string_hashes(rest).is_some() => {
            (raw_string_end(raw, at), View::Text)
        }
        [b'\'', ..] => char_end(raw, at).map_or((at + 1, View::Code), |end| (end, View::Delimiter)),
        _ => (at + 1, View::Code),
    }
}

fn line_end(raw: &[u8], at: usize) -> usize {
    raw[at..].iter().position(|byte| *byte == b'\n').map_or(raw.len(), |found| at + found)
}

fn block_comment_end(raw: &[u8], at: usize) -> usize {
    let (mut depth, mut here) = (0, at);
    while here + 1 < raw.len() {
        match &raw[here..here + 2] {
            b"/*" => (depth, here) = (depth + 1, here + 2),
            b"*/" => (depth, here) = (depth - 1, here + 2),
            _ => here += 1,
        }
        if depth == 0 {
            return here;
        }
    }
    raw.len()
}

fn string_end(raw: &[u8], mut at: usize) -> usize {
    while at < raw.len() {
        match raw[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    raw.len()
}

/// `Some(n)` when the text begins with `r`, `br` or `cr`, `n` hashes and a quote.
fn raw_string_hashes(rest: &[u8]) -> Option<usize> {
    let after_prefix = match rest {
        [b'b' | b'c', b'r', ..] => 2,
        [b'r', ..] => 1,
        _ => return None,
    };
    let hashes = rest[after_prefix..].iter().take_while(|byte| **byte == b'#').count();
    (rest.get(after_prefix + hashes) == Some(&b'"')).then_some(hashes)
}

fn raw_string_end(raw: &[u8], at: usize) -> usize {
    let hashes = raw_string_hashes(&raw[at..]).unwrap_or(0);
    let mut close = vec![b'"'];
    close.resize(hashes + 1, b'#');
    let body = at + raw[at..].iter().position(|byte| *byte == b'"').unwrap_or(0) + 1;
    raw[body..]
        .windows(close.len())
        .position(|window| window == close)
        .map_or(raw.len(), |found| body + found + close.len())
}

/// The end of a character literal; `None` for a lifetime.
fn char_end(raw: &[u8], at: usize) -> Option<usize> {
    if raw.get(at + 1) == Some(&b'\\') {
        let close = raw[at + 3..].iter().position(|byte| *byte == b'\'')?;
        return Some(at + 3 + close + 1);
    }
    let text = std::str::from_utf8(raw.get(at + 1..(at + 5).min(raw.len()))?)
        .or_else(|error| std::str::from_utf8(&raw[at + 1..at + 1 + error.valid_up_to()]));
    let width = text.ok()?.chars().next()?.len_utf8();
    (raw.get(at + 1 + width) == Some(&b'\'')).then_some(at + 2 + width)
}

fn string_edges(raw: &[u8], at: usize, end: usize) -> (usize, usize) {
    let opening = at + raw[at..end].iter().position(|byte| *byte == b'"').unwrap_or(0) + 1;
    let closing = at + raw[at..end].iter().rposition(|byte| *byte == b'"').unwrap_or(0);
    (opening, closing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(raw: &str) -> Source {
        Source::new("crates/domain/src/sample.rs", raw.to_owned())
    }

    #[test]
    fn code_comments_and_strings_are_told_apart() {
        let sample =
            source("let a = \"// no\"; // yes \"quoted\"\nlet b = r#\"raw \" }\"#; /* x /* y */ z */ let c = '\"';");
        assert_eq!(
            sample.code.split_whitespace().collect::<Vec<_>>(),
            ["let", "a", "=", ";", "let", "b", "=", ";", "let", "c", "=", ";"]
        );
        assert!(sample.comments.contains("// yes \"quoted\"") && sample.comments.contains("z */"));
        assert!(sample.strings.contains("// no") && sample.strings.contains("raw \" }"));
    }

    #[test]
    fn lifetimes_and_characters_do_not_open_strings() {
        let sample = source("fn f<'a>(x: &'a str) -> char { if x == \"é\" { '\\'' } else { 'é' } }");
        assert!(sample.code.contains("fn f<'a>(x: &'a str) -> char {"));
        assert_eq!(closing(&sample.code, sample.code.find('{').expect("a body"), (b'{', b'}')), sample.code.len() - 1);
    }

    #[test]
    fn inline_tests_are_found_and_counted() {
        let sample = source("fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n");
        assert_eq!(sample.inline_test_lines(), 4);
        assert!(sample.is_test_at(sample.raw.find("fn b").expect("fn b")));
        assert!(!sample.is_test_at(sample.raw.find("fn c").expect("fn c")));
    }

    #[test]
    fn a_test_module_in_a_file_of_its_own_is_not_inline() {
        assert!(source("#[cfg(test)]\nmod tests;\nfn a() {}\n").inline_tests.is_empty());
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(words_at("now() renow() now_at()", "now").count(), 1);
        assert_eq!(words_at("Instant::now()", "Instant::now(").count(), 1);
    }
}
