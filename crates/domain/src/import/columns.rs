//! The header of a list, and which column is probably what.
//!
//! A suggestion looks at the names first, in the languages of our users, then at the cells. It is only
//! ever a suggestion: a person confirms it before anything is imported.

use serde::Serialize;

use super::Mapping;
use crate::country_code::CountryCode;
use crate::custom_field::CustomFields;
use crate::phone_number::parse_cell;

/// More columns than people make by hand.
pub const COLUMNS_MAX: usize = 256;
const COLUMN_NAME_LENGTH_MAX: usize = 200;
/// Of the cells with something in them, so many in a hundred must be numbers to call a column one of phones.
const PHONE_CELLS_PERCENT_MIN: usize = 60;

/// A column of a list with some of its cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    pub name: String,
    pub samples: Vec<String>,
}

/// Why a first line is no header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    #[error("the list is empty")]
    Empty,
    #[error("the first line names no columns; it looks like a row: a header like \"Name, Phone\" is wanted")]
    LooksLikeARow,
    #[error("more than {COLUMNS_MAX} columns")]
    TooManyColumns,
    #[error("the column name at place {0} is longer than {COLUMN_NAME_LENGTH_MAX} characters")]
    NameTooLong(usize),
    #[error("two columns are named \"{0}\"")]
    Twice(String),
}

/// Tidies the names of a header. Columns without a name get their place as one.
pub fn check_header(cells: &[String]) -> Result<Vec<String>, HeaderError> {
    let names: Vec<String> = cells.iter().map(|cell| cell.trim_matches(['\u{feff}', ' ', '\t']).to_owned()).collect();
    if names.iter().all(String::is_empty) {
        return Err(HeaderError::Empty);
    }
    if names.len() > COLUMNS_MAX {
        return Err(HeaderError::TooManyColumns);
    }
    if names.iter().any(|name| is_phone(name, &CountryCode::US) || looks_like_an_address(name)) {
        return Err(HeaderError::LooksLikeARow);
    }
    let mut header: Vec<String> = Vec::with_capacity(names.len());
    for (at, name) in names.into_iter().enumerate() {
        let name = if name.is_empty() { format!("Column {}", at + 1) } else { name };
        if name.chars().count() > COLUMN_NAME_LENGTH_MAX {
            return Err(HeaderError::NameTooLong(at + 1));
        }
        if header.contains(&name) {
            return Err(HeaderError::Twice(name));
        }
        header.push(name);
    }
    Ok(header)
}

pub(super) fn looks_like_an_address(name: &str) -> bool {
    name.split_once('@').is_some_and(|(_, domain)| domain.contains('.')) && !name.contains(' ')
}

/// What columns of a field are called, without case, spaces and signs. The likeliest name comes first.
const NAMES: &[(&str, &[&str])] = &[
    (
        "phone",
        &[
            "phone",
            "phonenumber",
            "mobile",
            "mobilephone",
            "cell",
            "cellphone",
            "mobilenumber",
            "telephone",
            "tel",
            "contactnumber",
            "number",
            "phone1",
            "primaryphone",
            "telefon",
            "handy",
            "mobil",
            "telefono",
            "teléfono",
            "celular",
            "móvil",
            "movil",
            "téléphone",
            "portable",
        ],
    ),
    ("first_name", &["firstname", "givenname", "forename", "first", "vorname", "nombre", "prénom", "prenom"]),
    ("last_name", &["lastname", "surname", "familyname", "last", "nachname", "apellido", "apellidos", "nomdefamille"]),
    ("name", &["name", "fullname", "contactname", "contact", "customername", "customer", "nombrecompleto", "nom"]),
    ("email", &["email", "emailaddress", "mail", "correo", "correoelectronico", "courriel"]),
    ("company", &["company", "companyname", "organization", "employer", "firma", "empresa", "société"]),
    ("notes", &["notes", "note", "comment", "comments", "remarks", "notizen", "notas"]),
    ("tags", &["tags", "tag", "labels", "groups"]),
    ("timezone", &["timezone", "tz", "zeitzone", "zonahoraria", "fuseauhoraire"]),
    ("language", &["language", "lang", "locale", "sprache", "idioma", "langue"]),
    ("postal_code", &["postalcode", "zip", "zipcode", "postcode", "plz", "codigopostal", "códigopostal", "codepostal"]),
    ("state", &["state", "province", "region", "bundesland", "estado", "provincia"]),
];

/// Which column is probably what: a field that every contact has, or a custom field that it is named after. Every column
/// is suggested for one field at most, and the other way round.
#[must_use]
pub fn suggest_mapping(columns: &[Column], fields: &CustomFields, default_country: &CountryCode) -> Mapping {
    let mut mapping = Mapping::default();
    let mut free: Vec<(&Column, String)> = columns.iter().map(|column| (column, folded(&column.name))).collect();
    for (field, names) in NAMES {
        let place = |(_, name): &(&Column, String)| names.iter().position(|known| known == name);
        let best = (0..free.len()).filter_map(|at| place(&free[at]).map(|rank| (rank, at))).min();
        if let Some((_, at)) = best {
            mapping.set(field, free.remove(at).0.name.clone());
        }
    }
    for field in fields.offered() {
        let names = [folded(&field.key), folded(&field.label)];
        if let Some(at) = free.iter().position(|(_, name)| !name.is_empty() && names.contains(name)) {
            mapping.custom.insert(field.key.clone(), free.remove(at).0.name.clone());
        }
    }
    if mapping.phone.is_empty()
        && let Some((column, _)) = free.iter().find(|(column, _)| holds_phones(column, default_country))
    {
        mapping.phone.clone_from(&column.name);
    }
    mapping
}

/// Without case, spaces and signs, and in American spelling.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|character| character.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect::<String>().replace("isation", "ization")
}

fn holds_phones(column: &Column, default_country: &CountryCode) -> bool {
    let filled: Vec<&String> = column.samples.iter().filter(|sample| !sample.trim().is_empty()).collect();
    let phones = filled.iter().filter(|sample| is_phone(sample, default_country)).count();
    phones > 0 && phones * 100 >= filled.len() * PHONE_CELLS_PERCENT_MIN
}

fn is_phone(cell: &str, default_country: &CountryCode) -> bool {
    parse_cell(cell, default_country).is_ok()
}
