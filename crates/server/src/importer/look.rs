//! Looking at a list with a mapping: how many rows are what, and what is wrong with the first bad ones.
//!
//! Writes nothing. The answer is of the moment: the contact book and the do-not-call list may change until the commit,
//! which decides again.

use std::collections::HashSet;

use bytes::Bytes;
use carillon_domain::contact::Contact;
use carillon_domain::import::{
    Accepted, PROBLEM_COLUMN, PROBLEMS_SHOWN_MAX, RowFate, RowProblem, RowReader, ValidationCounts,
};
use futures_util::{Stream, StreamExt, stream};

use super::reading::{LookedAt, blocks};
use super::repairs::Repairs;
use super::treatment::Treatment;
use super::{ImportError, Importer};
use crate::export::{CellStyle, CsvLines};
use crate::store::StoreError;
use crate::store::imports::Import;
use crate::store::imports::rows::known;

/// What a list holds.
#[derive(Debug, Clone, Default)]
pub struct Look {
    pub counts: ValidationCounts,
    /// The first ones.
    pub problems: Vec<RowTrouble>,
    pub repairs: Repairs,
}

/// A bad row.
#[derive(Debug, Clone)]
pub struct RowTrouble {
    /// The line it begins on, from 1.
    pub line: u64,
    pub problem: RowProblem,
}

impl Importer {
    /// Looks at every row of a list.
    ///
    /// # Errors
    /// When the database or the disk fails, or the list is not here.
    pub async fn look(&self, import: &Import, reader: RowReader, accepted: Accepted) -> Result<Look, ImportError> {
        let _place = self.looks.acquire().await.expect("the semaphore is never closed");
        let treatment = self.treatment(import, reader, accepted).await?;
        let (file, shape) = self.list(import)?;
        let mut blocks = blocks(file, shape, treatment, 0);
        let (mut look, mut seen) = (Look::default(), Seen::default());
        while let Some(block) = blocks.next().await {
            let block = block?;
            let phones: Vec<String> = block
                .iter()
                .filter_map(|row| row.result.as_ref().ok())
                .map(|treated| treated.imported.contact.phone.to_string())
                .collect();
            let (organization, department) = (import.organization, import.department);
            let found = self.store.read(move |tx| known(tx, organization, department, &phones)).await;
            let (in_book, forbidden) = found.map_err(|error: StoreError| error)?;
            let (in_book, forbidden) = (in_book.into_iter().collect(), forbidden.into_iter().collect());
            look.count(block, &mut seen, &in_book, &forbidden);
        }
        Ok(look)
    }

    /// How many rows of a list are bad, without asking the contact book.
    pub(super) async fn count_bad(&self, import: &Import, treatment: Treatment) -> Result<u64, ImportError> {
        let (file, shape) = self.list(import)?;
        let mut blocks = blocks(file, shape, treatment, 0);
        let mut bad = 0;
        while let Some(block) = blocks.next().await {
            bad += block?.iter().filter(|row| row.result.is_err()).count() as u64;
            self.renew(import.id).await?;
        }
        Ok(bad)
    }

    /// The rows of a list that were rejected, as lines of a CSV file: every cell as it came, and what is wrong. Of the good rows
    /// of an import that failed, those behind the ones that were written are rejected, too.
    ///
    /// # Errors
    /// When the disk fails, or the list is not here.
    pub async fn rejects(
        &self,
        import: &Import,
        (reader, accepted): (RowReader, Accepted),
        style: CellStyle,
    ) -> Result<impl Stream<Item = Result<Bytes, ImportError>> + Send + use<>, ImportError> {
        let treatment = self.treatment(import, reader, accepted).await?;
        let (file, shape) = self.list(import)?;
        let columns = Columns::new(&shape.header);
        let lines = CsvLines::new(style);
        let header = lines.header(&columns.header);
        let mut written = import.fates.done() - import.fates.rejected;
        let reason = format!("not imported: {}", import.note.as_deref().unwrap_or("the import failed"));
        let rest = blocks(file, shape, treatment, 0).map(move |block| {
            let rejected = |row: LookedAt| match row.result {
                Err(aside) => Some(columns.line(row.row.cells, &in_words(&aside.problem))),
                Ok(_) if written > 0 => {
                    written -= 1;
                    None
                }
                Ok(_) => Some(columns.line(row.row.cells, &reason)),
            };
            let rows: Vec<Vec<String>> = block?.into_iter().filter_map(rejected).collect();
            Ok(lines.lines(&rows))
        });
        Ok(stream::once(async move { Ok(header) }).chain(rest))
    }
}

fn in_words(problem: &RowProblem) -> String {
    if problem.column.is_empty() { problem.problem.clone() } else { format!("{}: {}", problem.column, problem.problem) }
}

/// The columns of rejected rows.
#[derive(Clone)]
struct Columns {
    header: Vec<String>,
    /// Where the problem stands: at the end, or where an earlier file of rejected rows had it.
    problem_at: usize,
    /// Whether it stands there already.
    is_known: bool,
}

impl Columns {
    fn new(header: &[String]) -> Self {
        let known = header.iter().position(|name| name == PROBLEM_COLUMN);
        let mut header = header.to_vec();
        let problem_at = known.unwrap_or(header.len());
        if known.is_none() {
            header.push(PROBLEM_COLUMN.to_owned());
        }
        Self { header, problem_at, is_known: known.is_some() }
    }

    /// Cells beyond the header stay behind the problem.
    fn line(&self, mut cells: Vec<String>, problem: &str) -> Vec<String> {
        let columns = self.header.len() - usize::from(!self.is_known);
        cells.resize(columns.max(cells.len()), String::new());
        match self.is_known {
            true => problem.clone_into(&mut cells[self.problem_at]),
            false => cells.insert(self.problem_at, problem.to_owned()),
        }
        cells
    }
}

/// Numbers of a list so far, eight bytes each.
#[derive(Default)]
struct Seen(HashSet<u64>);

impl Seen {
    /// Notes a number. True: it was there already.
    fn had(&mut self, contact: &Contact) -> bool {
        let digits = contact.phone.as_str().trim_start_matches('+').parse();
        !self.0.insert(digits.expect("15 digits fit in 64 bits"))
    }
}

impl Look {
    fn count(&mut self, block: Vec<LookedAt>, seen: &mut Seen, in_book: &HashSet<String>, forbidden: &HashSet<String>) {
        for row in block {
            self.repairs.note(&row);
            match row.result {
                Ok(treated) => {
                    let contact = treated.imported.contact;
                    let phone = contact.phone.as_str();
                    let is_do_not_call = contact.is_do_not_call() || forbidden.contains(phone);
                    let fate = RowFate::of_known(seen.had(&contact), is_do_not_call, in_book.contains(phone));
                    self.counts.count(fate);
                }
                Err(aside) => {
                    self.counts.count(RowFate::Invalid);
                    if self.problems.len() < PROBLEMS_SHOWN_MAX {
                        self.problems.push(RowTrouble { line: row.row.line, problem: aside.problem });
                    }
                }
            }
        }
    }
}
