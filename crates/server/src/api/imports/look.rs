//! What a look at a list tells.
//!
//! Cells are shown as they stand in the list, their beginnings at most; only who may import it sees them.

use carillon_domain::import::{Certainty, ValidationCounts};
use serde::Serialize;
use utoipa::ToSchema;

use crate::importer::{Look, Repair, Repairs, RowTrouble};

/// What a list holds; the five counts add up to `rows`.
#[derive(Debug, Serialize, ToSchema)]
pub struct LookView {
    rows: u64,
    valid: u64,
    duplicates_in_file: u64,
    duplicates_existing: u64,
    invalid: u64,
    do_not_call: u64,
    /// Rows that were mended; each is also in one of the counts above but `invalid`.
    repaired: u64,
    /// The first 100.
    problems: Vec<ProblemView>,
    /// The first 100 that are applied, and the first 100 that are proposed, in the list's order.
    repairs: Vec<RepairView>,
    /// How much of each kind there is, the rows not shown included.
    kinds: Vec<KindView>,
}

/// What is wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemView {
    /// The line of the file on which it begins, from 1.
    row: u64,
    column: String,
    value: String,
    problem: String,
}

/// A cell that is mended, or would be if somebody accepted it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RepairView {
    /// The line of the file on which its row begins, from 1.
    row: u64,
    column: String,
    before: String,
    after: String,
    /// The kind of damage, as in `accept`: `exponent`, `plus_lost`, `zero_lost`, `apostrophe`, `several_numbers` or
    /// `shifted_columns`.
    what: String,
    /// What happened, in words.
    reason: String,
    /// Only one thing can have been meant.
    is_certain: bool,
    /// It is certain, or was accepted, and so is everything else in the row; else the row is set aside.
    is_applied: bool,
}

/// How much of a kind of damage there is.
#[derive(Debug, Serialize, ToSchema)]
pub struct KindView {
    /// As in `accept`.
    what: String,
    /// Rows mended of it.
    repaired: u64,
    /// Rows set aside that `accept` would bring in, unless another kind stands in the way.
    proposed: u64,
}

impl From<Look> for LookView {
    fn from(look: Look) -> Self {
        let ValidationCounts { rows, valid, duplicates_in_file, duplicates_existing, invalid, do_not_call } =
            look.counts;
        let Repairs { rows: repaired, kinds, shown, .. } = look.repairs;
        let kinds = kinds.into_iter().map(|(damage, count)| KindView {
            what: damage.to_string(),
            repaired: count.repaired,
            proposed: count.proposed,
        });
        Self {
            rows,
            valid,
            duplicates_in_file,
            duplicates_existing,
            invalid,
            do_not_call,
            repaired,
            problems: look.problems.into_iter().map(ProblemView::from).collect(),
            repairs: shown.into_iter().map(RepairView::from).collect(),
            kinds: kinds.collect(),
        }
    }
}

impl From<RowTrouble> for ProblemView {
    fn from(RowTrouble { line, problem }: RowTrouble) -> Self {
        Self { row: line, column: problem.column, value: problem.value, problem: problem.problem }
    }
}

impl From<Repair> for RepairView {
    fn from(Repair { line, finding, is_applied }: Repair) -> Self {
        Self {
            row: line,
            column: finding.column,
            before: finding.value,
            after: finding.proposal.unwrap_or_default(),
            what: finding.damage.to_string(),
            reason: finding.reason,
            is_certain: finding.certainty == Certainty::Certain,
            is_applied,
        }
    }
}
