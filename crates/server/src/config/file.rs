//! Reading the TOML file, and what can be wrong with a configuration.
//!
//! Errors say which setting, in which file, and what would be right; the file's values are not repeated, since
//! one of them may be a secret.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use jiff::SignedDuration;

use super::{Given, Seconds};

/// The file that is read when none is named and it is there.
const DEFAULT_FILE: &str = "carillon.toml";

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read {path}: {error}")]
    Unreadable { path: PathBuf, error: std::io::Error },
    #[error("{path}: {message}")]
    File { path: PathBuf, message: String },
    #[error("{name}: {message}")]
    Value { name: &'static str, message: String },
}

impl ConfigError {
    pub(super) fn value(name: &'static str, message: impl Display) -> Self {
        Self::Value { name, message: message.to_string() }
    }
}

/// The settings of the file; none when no file is named and the usual one is absent.
pub(super) fn read(file: Option<&Path>) -> Result<Given, ConfigError> {
    let path = file.unwrap_or(Path::new(DEFAULT_FILE));
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => return Ok(Given::default()),
        Err(error) => return Err(ConfigError::Unreadable { path: path.to_owned(), error }),
    };
    parse(&text).map_err(|message| ConfigError::File { path: path.to_owned(), message })
}

/// Settings from the text of a file; the error names the line, never a value.
pub(super) fn parse(text: &str) -> Result<Given, String> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| 1 + text[..span.start].matches('\n').count());
        let message = error.message().trim();
        line.map_or_else(|| message.to_owned(), |line| format!("line {line}: {message}"))
    })
}

/// A limit, or its default; a limit of none would switch off what it bounds.
pub(super) fn at_least_one(name: &'static str, given: Option<u32>, default: u32) -> Result<u32, ConfigError> {
    match given.unwrap_or(default) {
        0 => Err(ConfigError::value(name, "must be at least 1")),
        limit => Ok(limit),
    }
}

/// A duration of a setting, or its default, at most `max_s` seconds.
pub(super) fn at_most(
    max_s: i64,
    name: &'static str,
    given: Option<Seconds>,
    default_s: i64,
) -> Result<SignedDuration, ConfigError> {
    let duration = given.map_or(SignedDuration::from_secs(default_s), Seconds::duration);
    if duration > SignedDuration::from_secs(max_s) {
        return Err(ConfigError::value(name, format!("must be at most {max_s} seconds")));
    }
    Ok(duration)
}
