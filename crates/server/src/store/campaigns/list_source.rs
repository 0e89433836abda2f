//! Where a campaign's list came from, and how it was read: enough to fetch and read it again.
//!
//! Kept with the campaign when the import of a sheet is committed into it. What is done with it is decided in
//! `crate::engine::refreshing`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Campaign;
use crate::params;
use crate::store::imports::{Import, Wish};
use crate::store::{StoreError, Tx};

/// The sheet of a campaign's list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListSource {
    /// The link as it was given.
    pub url: String,
    /// The tab; `None`: the first.
    pub tab: Option<u64>,
    /// The newest list that came whole.
    pub import: Uuid,
    pub imported_at: Timestamp,
    pub rows: i64,
    /// How it is read, and what becomes of its rows.
    pub wish: Wish,
    /// Rows of a list that was refused because it lost so many; who resumes the campaign takes it.
    pub refused_rows: Option<i64>,
    /// The run that was prepared with the newest list; `None`: a draft's.
    pub run: Option<Uuid>,
}

impl ListSource {
    /// Of an import that is committed into a campaign; `None`: its list came from elsewhere.
    #[must_use]
    pub fn of(import: &Import, wish: &Wish, tab: Option<u64>, now: Timestamp) -> Option<Self> {
        let url = import.sheet_url.clone()?;
        let (import, rows) = (import.id, import.rows);
        let wish = Wish { accepted: wish.accepted.clone().of_every_list(), ..wish.clone() };
        Some(Self { url, tab, import, imported_at: now, rows, wish, refused_rows: None, run: None })
    }
}

impl ListSource {
    /// Of a copy of its campaign.
    #[must_use]
    pub fn of_copy(self) -> Self {
        Self { refused_rows: None, run: None, ..self }
    }
}

pub(super) fn text(campaign: &Campaign) -> Option<String> {
    let source = campaign.list_source.as_ref();
    source.map(|source| serde_json::to_string(source).expect("a source is plain data"))
}

/// Keeps the source of a locked campaign's list. It is no edit: whoever edits meanwhile loses nothing by it.
///
/// # Errors
/// When the database fails.
pub fn keep(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE campaigns SET list_source = $2 WHERE id = $1";
    tx.execute(UPDATE, params![campaign.id, text(campaign)]).map(drop)
}
