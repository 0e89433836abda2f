//! For whom a CSV file is: people with a spreadsheet, or programs.
//!
//! What makes a cell safe for a spreadsheet, and how it comes back, is `carillon_domain::import`'s business; lines are
//! made of cells in `csv_lines`.

use std::borrow::Cow;

use carillon_domain::import::guarded;
use serde::Deserialize;
use utoipa::ToSchema;

/// How the cells of a CSV file are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CellStyle {
    /// For people who open it in a spreadsheet: no cell is a formula.
    #[default]
    Spreadsheet,
    /// For programs: every cell as it is. It was called `machine` first, and that word still works.
    #[serde(alias = "machine")]
    Raw,
}

impl CellStyle {
    /// A cell as it is written in this style.
    #[must_use]
    pub fn cell(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Spreadsheet => guarded(text),
            Self::Raw => Cow::Borrowed(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_people_get_formulas_as_text() {
        assert_eq!(CellStyle::Spreadsheet.cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(CellStyle::Raw.cell("=HYPERLINK(\"x\")"), "=HYPERLINK(\"x\")");
    }
}
