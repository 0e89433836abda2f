//! What the doctor found in a list, for the person who looks at it: how much of what, and the first repairs.
//!
//! Rows that cannot be mended are none of this; they are among the problems.

use std::collections::BTreeMap;

use carillon_domain::import::{Certainty, Damage, Finding, PROBLEMS_SHOWN_MAX};

use super::reading::LookedAt;

/// What was mended, and what would be if somebody accepted it.
#[derive(Debug, Clone, Default)]
pub struct Repairs {
    /// Rows that were mended.
    pub rows: u64,
    pub kinds: BTreeMap<Damage, KindCount>,
    /// The first ones that were applied and the first that were not, in the list's order.
    pub shown: Vec<Repair>,
    shown_applied: usize,
    shown_proposed: usize,
}

/// How often a kind of damage was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KindCount {
    /// Rows mended of it.
    pub repaired: u64,
    /// Rows set aside that could be accepted.
    pub proposed: u64,
}

/// A repair of one cell.
#[derive(Debug, Clone)]
pub struct Repair {
    /// The line its row begins on, from 1.
    pub line: u64,
    pub finding: Finding,
    /// Whether it was applied, certain or accepted.
    pub is_applied: bool,
}

impl Repairs {
    /// Notes what was found in a row.
    pub(super) fn note(&mut self, row: &LookedAt) {
        match &row.result {
            Ok(treated) => {
                self.rows += u64::from(!treated.findings.is_empty());
                self.note_all(row.row.line, &treated.findings, true);
            }
            Err(aside) if aside.proposed_row.is_some() => self.note_all(row.row.line, &aside.findings, false),
            Err(_) => {}
        }
    }

    fn note_all(&mut self, line: u64, findings: &[Finding], is_applied: bool) {
        let mut counted: Vec<Damage> = Vec::new();
        for finding in findings {
            if !counted.contains(&finding.damage) && (is_applied || finding.certainty != Certainty::Certain) {
                counted.push(finding.damage);
                let count = self.kinds.entry(finding.damage).or_default();
                count.repaired += u64::from(is_applied);
                count.proposed += u64::from(!is_applied);
            }
            let shown = if is_applied { &mut self.shown_applied } else { &mut self.shown_proposed };
            if *shown < PROBLEMS_SHOWN_MAX {
                *shown += 1;
                self.shown.push(Repair { line, finding: finding.clone(), is_applied });
            }
        }
    }
}
