//! Rows, headers and mappings of lists as people make them.
//!
//! Files and encodings are not tested here, nor what the contact book says: the importer does both. The
//! guess of a delimiter and the counts have their tests beside them.

use super::*;
use crate::country_code::CountryCode;
use crate::custom_field::{CustomField, CustomFields, FieldKind};

fn owned(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn mapping(json: &str) -> Mapping {
    serde_json::from_str(json).expect("a mapping")
}

const HEADER: [&str; 5] = ["Name", "Phone", "E-Mail", "Labels", "Plan"];

fn reader() -> RowReader {
    let mapping =
        mapping(r#"{"phone":"Phone","name":"Name","email":"E-Mail","tags":"Labels","custom":{"plan":"Plan"}}"#);
    mapping.reader(&owned(&HEADER), CountryCode::US).expect("a reader")
}

#[test]
fn a_row_becomes_a_contact() {
    let row = owned(&["Ann Lee", "'(202) 555-0143", "ann@example.com", "VIP; dnc", " Gold "]);
    let imported = reader().row_to_contact(&row).expect("a contact");
    let contact = imported.contact;
    assert_eq!((contact.first_name.as_str(), contact.phone.as_str()), ("Ann", "+12025550143"));
    assert_eq!(contact.tags, ["VIP", "dnc"]);
    assert!(contact.is_do_not_call());
    assert_eq!(contact.merge_fields("").get("plan"), Some("Gold"));
    assert!(imported.phone_notes.is_empty());
}

#[test]
fn ragged_rows_are_read_as_far_as_they_go() {
    let short = reader().row_to_contact(&owned(&["Ann", "2025550143"])).expect("a contact").contact;
    assert_eq!((short.email.as_str(), short.tags.len(), short.custom.len()), ("", 0, 0));
    let long = owned(&["Ann", "2025550143", "", "", "", "more", "still more"]);
    assert!(reader().row_to_contact(&long).is_ok());
}

#[test]
fn a_bad_row_tells_column_value_and_reason() {
    let problem = |row: &[&str]| reader().row_to_contact(&owned(row)).expect_err("a bad row");
    let lost = problem(&["Ann", "1.20256E+10"]);
    assert_eq!((lost.column.as_str(), lost.value.as_str()), ("Phone", "1.20256E+10"));
    assert!(lost.problem.contains("format the column as text"), "{}", lost.problem);
    let email = problem(&["Ann", "2025550143", "ann"]);
    assert_eq!((email.column.as_str(), email.value.as_str()), ("E-Mail", "ann"));
    let custom = problem(&["Ann", "2025550143", "", "", &"x".repeat(6_000)]);
    assert_eq!((custom.column.as_str(), custom.value.len()), ("Plan", SHOWN_VALUE_LENGTH_MAX));
    assert_eq!(problem(&[]).problem, "there is no phone number");
    let huge = problem(&["Ann", "2025550143", "", "", "", &"x".repeat(CELL_LENGTH_MAX + 1)]);
    assert_eq!(huge.problem, "too long for a cell");
}

#[test]
fn a_mapping_must_fit_the_list() {
    let wrong =
        mapping(r#"{"phone":"Tel","state":"Land","custom":{"first name":"Plan","phone":"Plan","plan":"Gone"}}"#);
    let error = wrong.reader(&owned(&HEADER), CountryCode::US).expect_err("does not fit");
    let fields: Vec<String> = error.0.into_iter().map(|error| error.field).collect();
    let expected =
        ["mapping.phone", "mapping.state", "mapping.custom.plan", "mapping.custom.first name", "mapping.custom.phone"];
    assert_eq!(fields, expected);
    assert!(serde_json::from_str::<Mapping>(r#"{"phone":"Phone","nick":"Name"}"#).is_err());
}

#[test]
fn a_mapping_is_written_as_the_interface_says() {
    let json = r#"{"phone":"Phone","name":"Name","custom":{"plan":"Plan"}}"#;
    assert_eq!(serde_json::to_string(&mapping(json)).expect("json"), json);
}

fn suggested(columns: &[(&str, &[&str])]) -> String {
    suggested_with(&CustomFields::default(), columns)
}

fn suggested_with(fields: &CustomFields, columns: &[(&str, &[&str])]) -> String {
    let columns: Vec<Column> =
        columns.iter().map(|(name, samples)| Column { name: (*name).to_owned(), samples: owned(samples) }).collect();
    serde_json::to_string(&suggest_mapping(&columns, fields, &CountryCode::US)).expect("json")
}

#[test]
fn columns_are_recognized_by_their_names() {
    let english: &[(&str, &[&str])] = &[("Name", &[]), ("Phone", &[]), ("Plan", &[])];
    assert_eq!(suggested(english), r#"{"phone":"Phone","name":"Name"}"#);
    let crm: &[(&str, &[&str])] = &[
        ("First Name", &[]),
        ("LAST_NAME", &[]),
        ("Work number", &[]),
        ("Mobile Phone", &[]),
        ("E-mail", &[]),
        ("ZIP", &[]),
    ];
    let expected = r#"{"phone":"Mobile Phone","first_name":"First Name","last_name":"LAST_NAME","email":"E-mail","postal_code":"ZIP"}"#;
    assert_eq!(suggested(crm), expected);
    let german: &[(&str, &[&str])] = &[("Vorname", &[]), ("Nachname", &[]), ("Telefon", &[]), ("Firma", &[])];
    assert_eq!(
        suggested(german),
        r#"{"phone":"Telefon","first_name":"Vorname","last_name":"Nachname","company":"Firma"}"#
    );
    let two: &[(&str, &[&str])] = &[("Tel", &[]), ("Phone", &[])];
    assert_eq!(suggested(two), r#"{"phone":"Phone"}"#, "the likelier name wins wherever it stands");
}

#[test]
fn columns_are_recognized_by_the_key_and_the_label_of_custom_fields() {
    let field = |key: &str, label: &str, archived| CustomField {
        key: key.to_owned(),
        label: label.to_owned(),
        kind: FieldKind::ShortText,
        choices: Vec::new(),
        is_required: false,
        is_visible: true,
        archived,
    };
    let fields = CustomFields::new(vec![
        field("points", "Loyalty points", false),
        field("shoe_size", "Shoe size (EU)", false),
        field("plan", "Plan", true),
        field("home", "State", false),
    ]);
    let columns: &[(&str, &[&str])] =
        &[("Phone", &[]), ("LOYALTY-POINTS", &[]), ("Points", &[]), ("Shoe Size", &[]), ("Plan", &[]), ("State", &[])];
    let expected = r#"{"phone":"Phone","state":"State","custom":{"points":"LOYALTY-POINTS","shoe_size":"Shoe Size"}}"#;
    assert_eq!(suggested_with(&fields, columns), expected, "what every contact has comes first; archived fields never");
}

#[test]
fn a_column_of_numbers_is_recognized_without_a_name() {
    let nameless: &[(&str, &[&str])] =
        &[("Id", &["17", "18", "19"]), ("Reach", &["(202) 555-0143", "", "202-555-0144", "none"])];
    assert_eq!(suggested(nameless), r#"{"phone":"Reach"}"#);
    let nothing: &[(&str, &[&str])] = &[("Id", &["17"]), ("Reach", &["", ""])];
    assert_eq!(suggested(nothing), r#"{"phone":""}"#);
}

#[test]
fn a_header_names_its_columns_once() {
    let header = |cells: &[&str]| check_header(&owned(cells));
    assert_eq!(header(&["\u{feff}Name", " Phone ", ""]), Ok(owned(&["Name", "Phone", "Column 3"])));
    assert_eq!(header(&[]), Err(HeaderError::Empty));
    assert_eq!(header(&["", " "]), Err(HeaderError::Empty));
    assert_eq!(header(&["Ann Lee", "+12025550143"]), Err(HeaderError::LooksLikeARow));
    assert_eq!(header(&["Ann", "ann@example.com"]), Err(HeaderError::LooksLikeARow));
    assert_eq!(header(&["Phone", "Name", "Phone"]), Err(HeaderError::Twice("Phone".to_owned())));
    assert_eq!(header(&[&"x".repeat(201)]), Err(HeaderError::NameTooLong(1)));
    assert_eq!(check_header(&vec!["x".to_owned(); 257]), Err(HeaderError::TooManyColumns));
}

#[test]
fn policies_are_words() {
    assert_eq!(serde_json::from_str::<Duplicates>("\"update\"").expect("a word"), Duplicates::Update);
    assert_eq!(serde_json::from_str::<Mode>("\"strict\"").expect("a word"), Mode::Strict);
    assert!(serde_json::from_str::<Duplicates>("\"replace\"").is_err());
}
