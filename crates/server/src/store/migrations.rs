//! The schema's history: numbered SQL files, embedded, forward only.
//!
//! A file serves both databases through a few tokens (`{{uuid}}`, `{{int}}` …) and sections. Each runs once, in the order
//! of its number, and its checksum is kept: a file that changed after it ran is an error, and so is a
//! database newer than this program. Beside the previous release: expand first, contract later.

use sha2::{Digest, Sha256};

use super::{Engine, StoreError, Tx};
use crate::params;

/// Every migration, oldest first. The name is the file's.
const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_heart", include_str!("migrations/0001_heart.sql")),
    ("0002_lists", include_str!("migrations/0002_lists.sql")),
    ("0003_second_factor", include_str!("migrations/0003_second_factor.sql")),
    ("0004_live_list", include_str!("migrations/0004_live_list.sql")),
    ("0005_nodes", include_str!("migrations/0005_nodes.sql")),
    ("0006_tags", include_str!("migrations/0006_tags.sql")),
    ("0007_reasons", include_str!("migrations/0007_reasons.sql")),
    ("0008_schedules", include_str!("migrations/0008_schedules.sql")),
    ("0009_import_doctor", include_str!("migrations/0009_import_doctor.sql")),
    ("0010_contact_filters", include_str!("migrations/0010_contact_filters.sql")),
    ("0011_search", include_str!("migrations/0011_search.sql")),
    ("0012_fresh_lists", include_str!("migrations/0012_fresh_lists.sql")),
    ("0013_alike", include_str!("migrations/0013_alike.sql")),
    ("0014_answers", include_str!("migrations/0014_answers.sql")),
    ("0015_clues", include_str!("migrations/0015_clues.sql")),
    ("0016_undo", include_str!("migrations/0016_undo.sql")),
    ("0017_parts_of_numbers", include_str!("migrations/0017_parts_of_numbers.sql")),
];

/// What a token stands for on SQLite and on PostgreSQL.
const TOKENS: &[(&str, &str, &str)] = &[
    ("{{uuid}}", "BLOB", "UUID"),
    ("{{int}}", "INTEGER", "BIGINT"),
    ("{{real}}", "REAL", "DOUBLE PRECISION"),
    ("{{bytes}}", "BLOB", "BYTEA"),
    ("{{identity}}", "INTEGER PRIMARY KEY AUTOINCREMENT", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    ("{{strict}}", "STRICT", ""),
    // Each value of a contact's custom fields as a row, written out as the program does.
    (
        "{{custom_values}}",
        "(SELECT f.key AS key, c.id AS contact_id, c.department_id,
            CASE f.type WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' ELSE CAST(f.value AS TEXT) END AS value
            FROM contacts c, json_each(c.custom) f)",
        "(SELECT f.key AS key, c.id AS contact_id, c.department_id,
            CASE json_typeof(f.value) WHEN 'boolean' THEN CASE f.value #>> '{}' WHEN 'true' THEN 'yes' ELSE 'no' END
                ELSE f.value #>> '{}' END AS value
            FROM contacts c, json_each(c.custom::json) AS f (key, value))",
    ),
    // Rows that change often keep room on their page, so that an update need not touch the indexes.
    ("{{hot}}", "STRICT", "WITH (fillfactor = 80)"),
];

/// Runs what has not run yet, inside the caller's transaction. Returns the names.
pub(super) fn run(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    let todo = missing(tx)?;
    for (name, text) in MIGRATIONS.iter().filter(|(name, _)| todo.iter().any(|missing| missing == name)) {
        tx.batch(&translate(text, tx.engine()))
            .map_err(|e| StoreError::Schema(format!("migration {name} failed: {e}")))?;
        tx.execute("INSERT INTO migrations (name, checksum) VALUES ($1, $2)", params![*name, checksum(text)])?;
    }
    Ok(todo)
}

/// The migrations that have not run.
pub(super) fn missing(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    tx.batch("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, checksum TEXT NOT NULL)")?;
    let ran = tx.query("SELECT name, checksum FROM migrations ORDER BY name", &[], |row| {
        Ok((row.get::<String>(0)?, row.get::<String>(1)?))
    })?;
    for (name, sum) in &ran {
        let Some((_, text)) = MIGRATIONS.iter().find(|(known, _)| known == name) else {
            return Err(StoreError::Schema(format!(
                "the database has migration {name}, which this program does not know; use a newer program"
            )));
        };
        if checksum(text) != *sum {
            return Err(StoreError::Schema(format!("migration {name} is not the one that ran on this database")));
        }
    }
    let is_missing = |name: &&str| !ran.iter().any(|(known, _)| known == name);
    Ok(MIGRATIONS.iter().map(|(name, _)| *name).filter(is_missing).map(str::to_owned).collect())
}

fn translate(text: &str, engine: Engine) -> String {
    TOKENS.iter().fold(of_engine(text, engine), |text, (token, sqlite, postgres)| {
        text.replace(token, if engine == Engine::Sqlite { sqlite } else { postgres })
    })
}

/// What the two have no common words for stands behind a line `{{sqlite}}` or `{{postgres}}`, up to a line `{{both}}`.
fn of_engine(text: &str, engine: Engine) -> String {
    let mut is_ours = true;
    let ours = text.lines().filter(|line| {
        let section = match line.trim() {
            "{{both}}" => Some(true),
            "{{sqlite}}" => Some(engine == Engine::Sqlite),
            "{{postgres}}" => Some(engine == Engine::Postgres),
            _ => None,
        };
        is_ours = section.unwrap_or(is_ours);
        section.is_none() && is_ours
    });
    ours.collect::<Vec<_>>().join("\n")
}

fn checksum(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        use std::fmt::Write;
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn migrations_are_numbered_from_one_without_a_gap_or_a_number_given_twice() {
        let expected = (1..=MIGRATIONS.len()).map(|number| format!("{number:04}"));
        let numbers =
            MIGRATIONS.iter().map(|(name, _)| name.chars().take_while(|&sign| sign != '_').collect::<String>());
        assert_eq!(numbers.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }

    #[test]
    fn every_file_of_the_schemas_history_is_listed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations");
        let files = fs::read_dir(folder).expect("the folder of migrations").map(|file| file.expect("a file").path());
        let names: BTreeSet<String> =
            files.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
        assert_eq!(names, MIGRATIONS.iter().map(|(name, _)| (*name).to_owned()).collect());
    }
}
