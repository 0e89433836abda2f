//! Effects stay where they belong: time and chance in one file each, SQL in the store, nothing in the domain.
//!
//! Clippy refuses the same clock reads by type; this reads names, so it also sees macros and `cfg`d code.

use super::{Finding, Source, at};
use crate::source::words_at;

const CLOCK_READS: [&str; 7] = [
    "SystemTime::now(",
    "Instant::now(",
    "Timestamp::now(",
    "Zoned::now(",
    "Utc::now(",
    "Local::now(",
    "clock_gettime(",
];
const CHANCE_READS: [&str; 8] =
    ["thread_rng(", "rand::rng(", "rand::random", "OsRng", "SysRng", "getrandom", "Uuid::new_v4(", "now_v7("];
const SLEEPS: [&str; 4] = ["thread::sleep(", "time::sleep(", "time::sleep_until(", "park_timeout("];
const SQL_OPENINGS: [&str; 9] = [
    "select ",
    "insert into ",
    "insert or ",
    "update ",
    "delete from ",
    "create table ",
    "create index ",
    "alter table ",
    "with ",
];
const SQL_MARKS: [&str; 6] = [" from ", " set ", " values", " where ", "(", "select "];
const DATABASE_CRATES: [&str; 4] = ["rusqlite::", "postgres::", "tokio_postgres::", "libsqlite3_sys::"];
const IMPURE: [&str; 17] = [
    "async ",
    ".await",
    "std::fs",
    "std::net",
    "std::io",
    "std::env",
    "std::process",
    "std::thread",
    "tokio::",
    "tracing::",
    "log::",
    "println!",
    "eprintln!",
    "axum::",
    "hyper::",
    "reqwest::",
    "rand::",
];

/// The only files that may read the clock.
fn is_clock(source: &Source) -> bool {
    source.path.ends_with("/clock.rs")
}

/// The only files that may draw a random number.
fn is_chance(source: &Source) -> bool {
    is_clock(source) || source.path.ends_with("/chance.rs")
}

fn is_product(source: &Source) -> bool {
    source.is_rust() && is_ours(source)
}

fn is_ours(source: &Source) -> bool {
    source.path.starts_with("crates/") && !source.path.starts_with("crates/xtask/")
}

fn in_store(source: &Source) -> bool {
    source.path.starts_with("crates/server/src/store/") || source.path == "crates/server/src/store.rs"
}

/// Every place in code, outside tests, where one of `words` stands.
fn in_code(source: &Source, words: &[&str], what_to_do: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for word in words {
        for offset in words_at(&source.code, word).filter(|offset| !source.is_test_at(*offset)) {
            found.push(at(source, offset, format!("`{}`: {what_to_do}", word.trim_end_matches('('))));
        }
    }
    found
}

pub fn clock(source: &Source) -> Vec<Finding> {
    if !is_product(source) || is_clock(source) {
        return Vec::new();
    }
    in_code(source, &CLOCK_READS, "only clock.rs reads the clock; take `now` as a parameter")
}

pub fn chance(source: &Source) -> Vec<Finding> {
    if !is_product(source) || is_chance(source) {
        return Vec::new();
    }
    in_code(source, &CHANCE_READS, "only chance.rs and clock.rs draw at random; take the source as a parameter")
}

pub fn sleep(source: &Source) -> Vec<Finding> {
    if !source.is_rust() || source.path.starts_with("bench/") {
        return Vec::new();
    }
    let tests = |offset: &usize| source.is_test_at(*offset);
    let places = SLEEPS.iter().flat_map(|word| words_at(&source.code, word)).filter(tests);
    places.map(|offset| at(source, offset, "a test never sleeps: step the clock or wait for the event")).collect()
}

pub fn unwrap(source: &Source) -> Vec<Finding> {
    if !source.is_rust() {
        return Vec::new();
    }
    in_code(
        source,
        &[".unwrap()", ".unwrap_unchecked()"],
        "return the error, or `expect` the invariant that rules it out",
    )
}

/// SQL text and database crates outside the store. Benchmarks and tests keep schemas of their own.
pub fn sql(source: &Source) -> Vec<Finding> {
    if !is_product(source) || in_store(source) {
        return Vec::new();
    }
    let mut found = in_code(source, &DATABASE_CRATES, "the database is spoken to in crates/server/src/store only");
    let mut offset = 0;
    for text in source.strings.split_inclusive('\n') {
        if looks_like_sql(text) && !source.is_test_at(offset) {
            found.push(at(source, offset, "SQL stands in crates/server/src/store only"));
        }
        offset += text.len();
    }
    found
}

/// Keywords of the store's SQL are in capitals.
pub fn sql_capitals(source: &Source) -> Vec<Finding> {
    let text = match source.path.rsplit_once('.') {
        Some((_, "rs")) if in_store(source) => &source.strings,
        Some((_, "sql")) if is_ours(source) => &source.raw,
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let opens_small = line.trim_start().starts_with(|c: char| c.is_ascii_lowercase());
        if opens_small && looks_like_sql(line) {
            found.push(at(source, offset, "SQL keywords are in capitals"));
        }
        offset += line.len();
    }
    found
}

fn looks_like_sql(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let opening = SQL_OPENINGS.iter().find(|opening| text.starts_with(**opening));
    opening.is_some_and(|opening| SQL_MARKS.iter().any(|mark| text[opening.len() - 1..].contains(mark)))
        && !text.ends_with('.')
}

pub fn pure_domain(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("crates/domain/src/") {
        return Vec::new();
    }
    in_code(source, &IMPURE, "the domain is pure and synchronous; give it values, let the engine act")
}

pub fn unbounded(source: &Source) -> Vec<Finding> {
    if !is_product(source) {
        return Vec::new();
    }
    in_code(source, &["unbounded_channel(", "mpsc::channel()", "unbounded("], "every queue has a limit with a name")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::samples::{API, DOMAIN, ENGINE, STORE, STORY, lines};

    #[test]
    fn the_clock_is_read_in_its_own_file_alone() {
        let raw = "\nlet now = Timestamp::now();\n";
        assert_eq!(lines(clock, ENGINE, raw), [2]);
        assert!(lines(clock, "crates/server/src/clock.rs", raw).is_empty());
        assert!(lines(clock, ENGINE, "// Timestamp::now() is read elsewhere\n").is_empty());
    }

    #[test]
    fn chance_is_handed_in() {
        assert_eq!(lines(chance, ENGINE, "let id = Uuid::new_v4();"), [1]);
        assert!(lines(chance, "crates/server/src/chance.rs", "let id = Uuid::new_v4();").is_empty());
    }

    #[test]
    fn a_test_never_sleeps() {
        let raw = "#[cfg(test)]\nmod tests {\n    fn a() { tokio::time::sleep(D).await; }\n}\n";
        assert_eq!(lines(sleep, ENGINE, raw), [3]);
        assert_eq!(lines(sleep, STORY, "std::thread::sleep(D);"), [1]);
    }

    #[test]
    fn unwrap_is_for_tests() {
        assert_eq!(lines(unwrap, ENGINE, "a.unwrap();\n#[cfg(test)]\nmod tests { fn a() { b.unwrap(); } }"), [1]);
        assert!(lines(unwrap, ENGINE, "a.unwrap_or(1); // never .unwrap()").is_empty());
    }

    #[test]
    fn sql_stands_in_the_store() {
        assert_eq!(lines(sql, API, "\ntx.all(\"SELECT id FROM campaigns\");"), [2]);
        assert_eq!(lines(sql, API, "tx.all(\"\n  update campaigns set name = $1\n\");"), [2]);
        assert_eq!(lines(sql, API, "use rusqlite::Connection;"), [1]);
        assert!(lines(sql, STORE, "tx.all(\"SELECT id FROM campaigns\");").is_empty());
        assert!(lines(sql, API, "let hint = \"select a file\"; let help = \"update your settings\";").is_empty());
    }

    #[test]
    fn sql_is_written_in_capitals() {
        assert_eq!(lines(sql_capitals, STORE, "tx.all(\"select id from campaigns\");"), [1]);
        assert_eq!(
            lines(sql_capitals, "crates/server/src/store/migrations/0001.sql", "\ncreate table a (b TEXT);\n"),
            [2]
        );
        assert!(lines(sql_capitals, STORE, "tx.all(\"SELECT id FROM campaigns\");").is_empty());
    }

    #[test]
    fn the_domain_is_pure() {
        assert_eq!(lines(pure_domain, DOMAIN, "pub async fn plan() {}\nuse std::fs;\n"), [1, 2]);
        assert!(lines(pure_domain, ENGINE, "pub async fn plan() {}").is_empty());
    }

    #[test]
    fn every_queue_has_a_limit() {
        assert_eq!(lines(unbounded, ENGINE, "let (a, b) = mpsc::unbounded_channel();"), [1]);
        assert!(lines(unbounded, ENGINE, "let (a, b) = mpsc::channel(EVENTS_MAX);").is_empty());
    }
}
