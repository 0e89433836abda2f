//! Proposals that a person accepted: all of one kind, or those of single rows.
//!
//! Belongs to one list and is kept with its import, so that every reading of it treats each row the same way.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Certainty, Damage, Finding};
use crate::field_error::FieldError;

/// Rows that are accepted one by one; for more there are the kinds.
pub const ACCEPTED_ROWS_MAX: usize = 1_000;

/// What of the doctor's proposals is accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Accepted {
    kinds: BTreeSet<Damage>,
    /// Rows by the line they begin on.
    rows: BTreeSet<u64>,
}

impl Accepted {
    /// All proposals of some kinds, and those of some rows; too many rows are refused.
    pub fn try_new(kinds: &[Damage], rows: &[u64]) -> Result<Self, FieldError> {
        if rows.len() > ACCEPTED_ROWS_MAX {
            let words =
                format!("at most {ACCEPTED_ROWS_MAX} rows are accepted one by one; accept a whole kind instead");
            return Err(FieldError::new("accept_rows", words));
        }
        Ok(Self { kinds: kinds.iter().copied().collect(), rows: rows.iter().copied().collect() })
    }

    /// What of it holds for another list like this: kinds, but no rows, which stand elsewhere there.
    #[must_use]
    pub fn of_every_list(self) -> Self {
        Self { kinds: self.kinds, rows: BTreeSet::new() }
    }

    /// Whether everything uncertain about a row is accepted.
    pub(super) fn covers(&self, line: u64, findings: &[Finding]) -> bool {
        let mut uncertain = findings.iter().filter(|finding| finding.certainty != Certainty::Certain);
        self.rows.contains(&line) || uncertain.all(|finding| self.kinds.contains(&finding.damage))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_accepted_one_by_one_are_bounded() {
        let rows: Vec<u64> = (0..=ACCEPTED_ROWS_MAX as u64).collect();
        assert!(Accepted::try_new(&[], &rows[1..]).is_ok());
        let error = Accepted::try_new(&[], &rows).expect_err("too many");
        assert_eq!(error.field, "accept_rows");
    }

    #[test]
    fn what_is_accepted_is_kept_as_words() {
        let accepted = Accepted::try_new(&[Damage::PlusLost], &[17]).expect("few rows");
        let kept = serde_json::to_string(&accepted).expect("json");
        assert_eq!(kept, r#"{"kinds":["plus_lost"],"rows":[17]}"#);
        assert_eq!(serde_json::from_str::<Accepted>(&kept).ok(), Some(accepted));
        assert_eq!(serde_json::from_str::<Accepted>("{}").ok(), Some(Accepted::default()));
    }
}
