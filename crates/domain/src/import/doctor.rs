//! The import doctor: what spreadsheets and careless exports did to a row, and what can be undone.
//!
//! A [`Doctor`] reads rows as [`RowReader`] does. What is damaged it mends where only one thing can have been meant,
//! and else sets the row aside with the reason and, where there is one, a proposal: a guess calls a stranger. It knows
//! the habits of the list's columns ([`Habits`]), which one row does not tell. A proposal that a person accepted
//! ([`Accepted`]) is applied like a certain repair. Keeping the row as it was, and asking, is the caller's business.

mod accepted;
mod cells;
mod habits;
mod phone;
mod quotes;
mod shifted;

use serde::{Deserialize, Serialize};

pub use accepted::{ACCEPTED_ROWS_MAX, Accepted};
pub use habits::{HABIT_ROWS_MAX, Habits};

use super::{ImportedContact, RowProblem, RowReader, shown};

crate::words! {
    /// What happened to a cell or a row.
    pub enum Damage {
        /// A long number was written with an exponent.
        Exponent = "exponent",
        /// The plus sign before a calling code is gone.
        PlusLost = "plus_lost",
        /// A zero at the beginning is gone.
        ZeroLost = "zero_lost",
        /// An apostrophe or quotation marks that made a cell text are part of it.
        Apostrophe = "apostrophe",
        /// Several numbers stand in one cell.
        SeveralNumbers = "several_numbers",
        /// Cells stand under their neighbors' names.
        ShiftedColumns = "shifted_columns",
        /// A quotation mark was not closed, and rows behind it were read as part of this one, which is set aside.
        UnclosedQuote = "unclosed_quote",
    }
}

crate::words! {
    /// How sure the doctor is of a repair.
    pub enum Certainty {
        /// Only one thing can have been meant: the repair is applied.
        Certain = "certain",
        /// The proposal is probably right; a person decides.
        Likely = "likely",
        /// What stood there cannot be known.
        Lost = "lost",
    }
}

/// One damage, where it is and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub damage: Damage,
    pub certainty: Certainty,
    /// The column's name in the list.
    pub column: String,
    /// What stood there, its beginning at most.
    pub value: String,
    /// What it becomes, or would, its beginning at most; `None` when nothing is known.
    pub proposal: Option<String>,
    /// What happened, in words.
    pub reason: String,
}

/// A row that is a contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Treated {
    pub imported: ImportedContact,
    /// What was mended: certain, or accepted by a person.
    pub findings: Vec<Finding>,
}

/// A row that is none, or not surely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    pub problem: RowProblem,
    pub findings: Vec<Finding>,
    /// The whole row as it would be read, when every damage has a proposal and nothing else is wrong.
    pub proposed_row: Option<Vec<String>>,
}

/// Reads and mends the rows of one list.
#[derive(Debug, Clone)]
pub struct Doctor {
    reader: RowReader,
    habits: Habits,
}

/// A repair of one cell, before it is known in which column.
struct Repair {
    damage: Damage,
    certainty: Certainty,
    proposal: Option<String>,
    reason: String,
}

/// A row under treatment: as it is so far, and what was found.
struct Patient {
    row: Vec<String>,
    findings: Vec<Finding>,
}

impl Doctor {
    /// For a list whose columns have these habits.
    #[must_use]
    pub const fn new(reader: RowReader, habits: Habits) -> Self {
        Self { reader, habits }
    }

    /// Reads a row, mends it where that is certain, or sets it aside. Healthy rows cost hardly more than reading them.
    pub fn treat(&self, row: &[String]) -> Result<Treated, SetAside> {
        match self.reader.row_to_contact(row) {
            Ok(imported) if !self.looks_damaged(row) => {
                let at = self.reader.phone_column();
                let mended = phone::mended(&imported.phone_notes, imported.contact.phone);
                let findings = mended.map(|repair| repair.found(&self.reader, row, at)).into_iter().collect();
                Ok(Treated { imported, findings })
            }
            _ => self.examine(row),
        }
    }

    /// As [`Self::treat`], with what a person accepted for the row that begins on a line.
    pub fn treat_accepting(&self, row: &[String], line: u64, accepted: &Accepted) -> Result<Treated, SetAside> {
        let aside = match self.treat(row) {
            Err(aside) if accepted.covers(line, &aside.findings) => aside,
            treated => return treated,
        };
        let read = aside.proposed_row.as_ref().and_then(|row| self.reader.row_to_contact(row).ok());
        match read {
            Some(imported) => Ok(Treated { imported, findings: aside.findings }),
            None => Err(aside),
        }
    }

    fn looks_damaged(&self, row: &[String]) -> bool {
        let is_odd = |cell: &String| cells::looks_damaged(cell) || cell.contains(['\n', '\r']);
        row.len() > self.reader.header().len()
            || row.iter().any(is_odd)
            || row.get(self.reader.phone_column()).is_some_and(|phone| phone.starts_with('\''))
            || cells::is_short_postal_code(&self.reader, row)
    }

    fn examine(&self, row: &[String]) -> Result<Treated, SetAside> {
        let mut patient = Patient { row: row.to_vec(), findings: Vec::new() };
        if let Some((at, repair)) = quotes::unclosed(&self.habits, row) {
            patient.note(&self.reader, at, repair);
            return self.finish(patient);
        }
        if let Some(shift) = shifted::find(&self.reader, &self.habits, row) {
            patient.note(&self.reader, shift.at, shift.repair);
            patient.row = shift.row;
        }
        let phone_at = self.reader.phone_column();
        if let Some(repair) = phone::repair(patient.cell(phone_at), self.reader.default_country(), &self.habits) {
            patient.apply(&self.reader, phone_at, repair);
        }
        for at in self.reader.other_columns() {
            if let Some(repair) = cells::repair(&self.reader, &patient.row, at) {
                patient.apply(&self.reader, at, repair);
            }
        }
        self.finish(patient)
    }

    fn finish(&self, patient: Patient) -> Result<Treated, SetAside> {
        let Patient { row, findings } = patient;
        let read = self.reader.row_to_contact(&row);
        let open = findings.iter().find(|finding| finding.certainty != Certainty::Certain);
        match (read, open) {
            (Ok(imported), None) => Ok(Treated { imported, findings }),
            (Ok(_), Some(open)) => {
                let problem = open.problem();
                let is_known = findings.iter().all(|finding| finding.proposal.is_some());
                Err(SetAside { problem, proposed_row: is_known.then_some(row), findings })
            }
            (Err(problem), open) => {
                let problem = open.map_or(problem, Finding::problem);
                Err(SetAside { problem, findings, proposed_row: None })
            }
        }
    }
}

impl Finding {
    fn problem(&self) -> RowProblem {
        let reason = &self.reason;
        match &self.proposal {
            Some(proposal) if !reason.contains(proposal) => {
                RowProblem::new(&self.column, &self.value, format!("{reason}; it is probably {proposal}"))
            }
            _ => RowProblem::new(&self.column, &self.value, reason),
        }
    }
}

impl Repair {
    fn certain(damage: Damage, proposal: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { damage, certainty: Certainty::Certain, proposal: Some(proposal.into()), reason: reason.into() }
    }

    fn likely(damage: Damage, proposal: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { certainty: Certainty::Likely, ..Self::certain(damage, proposal, reason) }
    }

    fn lost(damage: Damage, reason: impl Into<String>) -> Self {
        Self { damage, certainty: Certainty::Lost, proposal: None, reason: reason.into() }
    }

    /// The repair of the cell at a place, as it is told.
    fn found(self, reader: &RowReader, row: &[String], at: usize) -> Finding {
        let Self { damage, certainty, proposal, reason } = self;
        let value = row.get(at).map_or("", String::as_str);
        let RowProblem { column, value, problem: reason } = RowProblem::new(reader.column(at), value, reason);
        let proposal = proposal.map(|proposal| shown(&proposal));
        Finding { damage, certainty, column, value, proposal, reason }
    }
}

impl Patient {
    fn cell(&self, at: usize) -> &str {
        self.row.get(at).map_or("", String::as_str)
    }

    fn note(&mut self, reader: &RowReader, at: usize, repair: Repair) {
        self.findings.push(repair.found(reader, &self.row, at));
    }

    /// Puts the proposal into the cell, certain or not: the row so far is the one proposed.
    fn apply(&mut self, reader: &RowReader, at: usize, repair: Repair) {
        let proposal = repair.proposal.clone();
        self.note(reader, at, repair);
        if let (Some(proposal), Some(cell)) = (proposal, self.row.get_mut(at)) {
            *cell = proposal;
        }
    }
}

#[cfg(test)]
mod tests;
