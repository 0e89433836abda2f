//! Which column of a list is which field of a contact, and reading rows by it.
//!
//! The places of the columns are looked up once, in a [`RowReader`], because a list may have a million
//! rows. A problem names the column as the list calls it, so that it can be mended there.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::tags::split_tags;
use super::{CELL_LENGTH_MAX, ImportedContact, RowProblem};
use crate::contact::{ContactDraft, CustomValue};
use crate::country_code::CountryCode;
use crate::custom_field::{CustomFields, Notation};
use crate::field_error::FieldError;
use crate::message::{CONTACT_FIELDS, is_field_name};
use crate::phone_number::parse_cell;

/// Column names by field of the contact. Only the phone number is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    pub phone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Columns by the name of the custom field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub custom: BTreeMap<String, String>,
}

/// What is wrong with a mapping, by field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the mapping does not fit the list")]
pub struct MappingError(pub Vec<FieldError>);

/// Reads rows of one list. Made once a list by [`Mapping::reader`].
#[derive(Debug, Clone)]
pub struct RowReader {
    header: Vec<String>,
    phone: usize,
    fields: Vec<(&'static str, usize)>,
    custom: Vec<(String, usize)>,
    /// By which values of custom fields are read; shared, since a reader is copied.
    defined: Arc<CustomFields>,
    default_country: CountryCode,
}

impl Mapping {
    /// Looks the columns up in the list's header, or says which are not there.
    pub fn reader(&self, header: &[String], default_country: CountryCode) -> Result<RowReader, MappingError> {
        let mut errors = Vec::new();
        let mut place = |field: &str, column: &str| {
            let found = header.iter().position(|name| name == column);
            if found.is_none() {
                errors
                    .push(FieldError::new(format!("mapping.{field}"), format!("the list has no column \"{column}\"")));
            }
            found
        };
        let phone = place("phone", &self.phone);
        let fields = self.optional_fields();
        let named = fields.into_iter().filter_map(|(field, column)| Some((field, column.as_deref()?)));
        let fields = named.filter_map(|(field, column)| Some((field, place(field, column)?))).collect();
        let custom = self.custom.iter();
        let custom =
            custom.filter_map(|(field, column)| Some((field.clone(), place(&format!("custom.{field}"), column)?)));
        let custom = custom.collect();
        errors.extend(self.custom.keys().filter(|field| !may_be_custom(field)).map(|field| {
            FieldError::new(
                format!("mapping.custom.{field}"),
                "must be named with letters, digits and _, not like another field",
            )
        }));
        match phone {
            Some(phone) if errors.is_empty() => {
                let defined = Arc::default();
                Ok(RowReader { header: header.to_vec(), phone, fields, custom, defined, default_country })
            }
            _ => Err(MappingError(errors)),
        }
    }

    /// Maps a field of a contact; unknown fields are left alone.
    pub(super) fn set(&mut self, field: &str, column: String) {
        let place = match field {
            "phone" => {
                self.phone = column;
                return;
            }
            "name" => &mut self.name,
            "first_name" => &mut self.first_name,
            "last_name" => &mut self.last_name,
            "email" => &mut self.email,
            "company" => &mut self.company,
            "notes" => &mut self.notes,
            "tags" => &mut self.tags,
            "timezone" => &mut self.timezone,
            "language" => &mut self.language,
            "postal_code" => &mut self.postal_code,
            "state" => &mut self.state,
            _ => return,
        };
        *place = Some(column);
    }

    /// The columns that it reads.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let fields = self.optional_fields().into_iter().filter_map(|(_, column)| column.as_deref());
        std::iter::once(self.phone.as_str()).chain(fields).chain(self.custom.values().map(String::as_str))
    }

    fn optional_fields(&self) -> [(&'static str, &Option<String>); 11] {
        [
            ("name", &self.name),
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("email", &self.email),
            ("company", &self.company),
            ("notes", &self.notes),
            ("tags", &self.tags),
            ("timezone", &self.timezone),
            ("language", &self.language),
            ("postal_code", &self.postal_code),
            ("state", &self.state),
        ]
    }
}

fn may_be_custom(field: &str) -> bool {
    is_field_name(field) && !CONTACT_FIELDS.contains(&field)
}

impl RowReader {
    /// Reads values of custom fields by their definitions; without any they are texts.
    #[must_use]
    pub fn with_fields(mut self, defined: CustomFields) -> Self {
        self.defined = Arc::new(defined);
        self
    }

    /// Makes a contact of a row, or says what is wrong with its first bad cell. A short row lacks its
    /// last cells; cells beyond the header are nobody's.
    pub fn row_to_contact(&self, row: &[String]) -> Result<ImportedContact, RowProblem> {
        let cell = |at: usize| row.get(at).map_or("", String::as_str);
        if let Some(at) = row.iter().position(|cell| cell.len() > CELL_LENGTH_MAX) {
            return Err(RowProblem::new(self.column(at), cell(at), "too long for a cell"));
        }
        let phone = parse_cell(cell(self.phone), &self.default_country)
            .map_err(|error| RowProblem::new(self.column(self.phone), cell(self.phone), error.to_string()))?;
        let mut draft = ContactDraft::default();
        for (field, at) in &self.fields {
            fill(&mut draft, field, cell(*at));
        }
        let custom =
            self.custom.iter().map(|(field, at)| (field, cell(*at).trim())).filter(|(_, text)| !text.is_empty());
        draft.custom = custom.map(|(field, text)| (field.clone(), CustomValue::Text(text.to_owned()))).collect();
        let unfit = self.defined.read(&mut draft.custom, Notation::of(&self.default_country));
        if !unfit.is_empty() {
            return Err(self.problem(&unfit, row));
        }
        let contact = draft.check_with_phone(Ok(phone.phone)).map_err(|errors| self.problem(&errors, row))?;
        Ok(ImportedContact { contact, phone_notes: phone.notes })
    }

    /// The first error, told in the list's own words.
    fn problem(&self, errors: &[FieldError], row: &[String]) -> RowProblem {
        let Some(error) = errors.first() else {
            return RowProblem::new("", "", "cannot be read");
        };
        let own = self.fields.iter().find(|(field, _)| *field == error.field).map(|(_, at)| *at);
        let custom = || {
            let field = error.field.strip_prefix("custom.")?;
            self.custom.iter().find(|(name, _)| name == field).map(|(_, at)| *at)
        };
        match own.or_else(custom) {
            Some(at) => RowProblem::new(self.column(at), row.get(at).map_or("", String::as_str), &error.message),
            None => RowProblem::new(&error.field, "", &error.message),
        }
    }

    /// The name of the column at a place.
    pub(super) fn column(&self, at: usize) -> &str {
        self.header.get(at).map_or("", String::as_str)
    }

    /// The names of all columns.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// Where the phone number stands.
    pub(super) const fn phone_column(&self) -> usize {
        self.phone
    }

    /// Where the other fields stand that are read.
    pub(super) fn other_columns(&self) -> impl Iterator<Item = usize> {
        let custom = self.custom.iter().map(|(_, at)| *at);
        self.fields.iter().map(|(_, at)| *at).chain(custom).filter(|at| *at != self.phone)
    }

    /// Where a field of the contact stands, if it is read.
    pub(super) fn place_of(&self, field: &str) -> Option<usize> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, at)| *at)
    }

    /// In which numbers without a calling code are read.
    #[must_use]
    pub const fn default_country(&self) -> CountryCode {
        self.default_country
    }
}

fn fill(draft: &mut ContactDraft, field: &str, cell: &str) {
    let text = Some(cell.to_owned());
    match field {
        "name" => draft.name = text,
        "first_name" => draft.first_name = text,
        "last_name" => draft.last_name = text,
        "email" => draft.email = text,
        "company" => draft.company = text,
        "notes" => draft.notes = text,
        "tags" => draft.tags = split_tags(cell),
        "timezone" => draft.timezone = text,
        "language" => draft.language = text,
        "postal_code" => draft.postal_code = text,
        "state" => draft.state = text,
        _ => {}
    }
}
