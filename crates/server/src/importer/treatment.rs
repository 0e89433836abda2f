//! How the rows of one import are treated: by a doctor who knows the list's habits, with what a person accepted.
//!
//! Habits are learnt from the first rows and kept with the import before its first row is written, so that whoever
//! goes on with it, or tells its rejected rows later, treats each row the same way.

use std::fs::File;

use carillon_domain::country_code::CountryCode;
use carillon_domain::import::{Accepted, Doctor, HABIT_ROWS_MAX, Habits, RowReader, SetAside, Treated};
use uuid::Uuid;

use super::{ImportError, Importer};
use crate::lists::{self, ListError, Row, Shape};
use crate::store::imports::{Import, Wish, work};
use crate::store::{Lane, StoreError};

/// The doctor of one list.
#[derive(Debug, Clone)]
pub(super) struct Treatment {
    doctor: Doctor,
    accepted: Accepted,
}

impl Treatment {
    /// Reads a row, or sets it aside.
    pub fn treat(&self, row: &Row) -> Result<Treated, SetAside> {
        self.doctor.treat_accepting(&row.cells, row.line, &self.accepted)
    }
}

impl Importer {
    /// The treatment of a list's rows; habits that are not kept are learnt and not kept now either.
    pub(super) async fn treatment(
        &self,
        import: &Import,
        reader: RowReader,
        accepted: Accepted,
    ) -> Result<Treatment, ImportError> {
        let habits = match &import.habits {
            Some(habits) => habits.clone(),
            None => self.learn(import, reader.default_country()).await?,
        };
        Ok(Treatment { doctor: Doctor::new(reader, habits), accepted })
    }

    /// The treatment of the rows of a running import, for all who work on it.
    pub(super) async fn settled_treatment(&self, import: &mut Import, wish: &Wish) -> Result<Treatment, ImportError> {
        if import.habits.is_none() {
            let habits = self.learn(import, wish.default_country).await?;
            self.keep_habits(import.id, habits.clone()).await?;
            import.habits = Some(habits);
        }
        let (_, shape) = self.list(import)?;
        let reader = wish.mapping.reader(&shape.header, wish.default_country);
        let reader = reader.map_err(|error| StoreError::Corrupt(format!("a running import: {error}")))?;
        let reader = reader.with_fields(wish.fields.clone());
        self.treatment(import, reader, wish.accepted.clone()).await
    }

    async fn keep_habits(&self, id: Uuid, habits: Habits) -> Result<(), StoreError> {
        self.store.write(Lane::Pages, move |tx| work::set_habits(tx, id, &habits)).await
    }

    async fn learn(&self, import: &Import, country: CountryCode) -> Result<Habits, ImportError> {
        let (mut file, shape) = self.list(import)?;
        let learnt = tokio::task::spawn_blocking(move || learn(&mut file, &shape, country)).await;
        let learnt = learnt.map_err(|_| ListError::Panicked)?;
        Ok(learnt?)
    }
}

/// What the columns of a list usually hold, by its first rows.
fn learn(file: &mut File, shape: &Shape, country: CountryCode) -> Result<Habits, ListError> {
    let mut habits = Habits::new(shape.header.len(), country, shape.delimiter);
    let mut rows = lists::rows(file, shape)?;
    for _ in 0..HABIT_ROWS_MAX {
        let Some(row) = rows.next_row()? else { break };
        habits.note(&row.cells);
    }
    Ok(habits)
}
