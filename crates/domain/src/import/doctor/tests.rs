//! Damaged rows as spreadsheets make them, and what the doctor does about each.
//!
//! The numbers are of ranges that no one has, or of offices; what a phone cell may be at all is tested with
//! [`crate::phone_number`].

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::country_code::CountryCode;
use crate::import::Mapping;

const HEADER: [&str; 5] = ["Name", "Phone", "E-Mail", "Zip", "Account"];

fn owned(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn doctor_after(country: &str, rows: &[Vec<String>]) -> Doctor {
    let mapping =
        r#"{"phone":"Phone","name":"Name","email":"E-Mail","postal_code":"Zip","custom":{"account":"Account"}}"#;
    let mapping: Mapping = serde_json::from_str(mapping).expect("a mapping");
    let country = CountryCode::parse(country).expect("a country");
    let reader = mapping.reader(&owned(&HEADER), country).expect("a reader");
    let mut habits = Habits::new(HEADER.len(), country, ',');
    rows.iter().for_each(|row| habits.note(row));
    Doctor::new(reader, habits)
}

fn healthy(count: usize) -> Vec<Vec<String>> {
    (0..count)
        .map(|at| owned(&["Ann Lee", &format!("+1202555{:04}", 100 + at), "ann@example.com", "20001", "A1"]))
        .collect()
}

/// A doctor of a list from the United States in which a few numbers are British.
fn doctor() -> Doctor {
    let mut rows = healthy(20);
    rows.push(owned(&["Bo", "+447911123456", "bo@example.com", "", ""]));
    doctor_after("US", &rows)
}

fn british() -> Vec<Vec<String>> {
    (0..10).map(|at| owned(&["Bo", &format!("+4479111234{at:02}"), "bo@example.com", "", ""])).collect()
}

/// The findings in short, and the number that is imported or would be.
fn told(treated: &Result<Treated, SetAside>) -> (Vec<String>, Option<String>) {
    let (findings, phone) = match treated {
        Ok(treated) => (&treated.findings, Some(treated.imported.contact.phone.to_string())),
        Err(aside) => (&aside.findings, aside.proposed_row.as_ref().map(|row| format!("? {}", row[1]))),
    };
    (findings.iter().map(|finding| format!("{} {}", finding.certainty, finding.damage)).collect(), phone)
}

fn treat(phone: &str) -> (Vec<String>, Option<String>) {
    told(&doctor().treat(&owned(&["Ann", phone, "ann@example.com", "20001", "A1"])))
}

#[test]
fn phone_cells_are_mended_where_only_one_thing_can_be_meant() {
    for (cell, damage) in [
        ("12025550143", "plus_lost"),
        ("1.2025550143E+10", "exponent"),
        ("'+12025550143", "apostrophe"),
        ("'2025550143'", "apostrophe"),
        ("\u{201c}2025550143", ""),
        ("‘202-555-0143’", "apostrophe"),
        ("202-555-0143 / (202) 555-0143", "several_numbers"),
    ] {
        let expected = if damage.is_empty() {
            (vec![], None)
        } else {
            (vec![format!("certain {damage}")], Some("+12025550143".to_owned()))
        };
        assert_eq!(treat(cell), expected, "{cell}");
    }
    assert_eq!(treat("(202) 555-0143"), (vec![], Some("+12025550143".to_owned())), "nothing to mend");
}

#[test]
fn phone_cells_are_set_aside_where_a_guess_might_call_a_stranger() {
    for (cell, finding, proposal) in [
        ("1.20256E+10", "lost exponent", None),
        ("202-555-0143 / 0144", "likely several_numbers", Some("? +12025550143")),
        ("202-555-0143; 202-555-0144", "likely several_numbers", Some("? +12025550143")),
        ("202-555-0143 or 202-555-0144", "likely several_numbers", Some("? +12025550143")),
        ("202-555-0143 202-555-0144", "likely several_numbers", Some("? +12025550143")),
        ("none; 202-555-0144", "likely several_numbers", Some("? +12025550144")),
        ("447911123456", "likely plus_lost", Some("? +447911123456")),
    ] {
        assert_eq!(treat(cell), (vec![finding.to_owned()], proposal.map(str::to_owned)), "{cell}");
    }
    for cell in ["", "none", "#N/A", "2027-01-31", "911", "abc", "0000000000"] {
        assert_eq!(treat(cell), (vec![], None), "{cell}");
    }
}

#[test]
fn the_rest_of_the_list_makes_a_lost_plus_sign_certain() {
    let rows = [healthy(20), british()].concat();
    let doctor = doctor_after("US", &rows);
    let row = |phone| owned(&["Bo", phone, "bo@example.com", "", ""]);
    let found = (vec!["certain plus_lost".to_owned()], Some("+447911123456".to_owned()));
    assert_eq!(told(&doctor.treat(&row("447911123456"))), found);
    let proposed = (vec!["likely zero_lost".to_owned()], Some("? +447911123456".to_owned()));
    assert_eq!(told(&doctor.treat(&row("7911123456"))), proposed, "without its country it stays a guess");
    let london = told(&doctor_after("GB", &rows).treat(&row("7911123456")));
    assert_eq!(
        london,
        (vec!["certain zero_lost".to_owned()], Some("+447911123456".to_owned())),
        "in Britain it is certain"
    );
}

#[test]
fn edge_case_48_numbers_exported_for_spreadsheets_come_back() {
    for number in ["+12025550143", "+4915112345678"] {
        let (found, phone) = treat(&format!("'{number}"));
        assert_eq!((found, phone.as_deref()), (vec!["certain apostrophe".to_owned()], Some(number)));
    }
}

#[test]
fn edge_case_52_a_foreign_number_is_imported_as_it_is() {
    assert_eq!(treat("+4915112345678"), (vec![], Some("+4915112345678".to_owned())));
}

#[test]
fn a_text_that_nobody_quoted_is_put_together_again() {
    let row = owned(&["Lee", " Ann", "2025550143", "ann@example.com", "20001", "A1"]);
    let Ok(Treated { imported, findings }) = doctor().treat(&row) else { panic!("only the name can be meant") };
    let contact = imported.contact;
    assert_eq!((contact.phone.as_str(), contact.email.as_str()), ("+12025550143", "ann@example.com"));
    assert_eq!(findings[0].proposal.as_deref(), Some("Lee, Ann"));
    assert_eq!((findings[0].column.as_str(), findings[0].damage), ("Name", Damage::ShiftedColumns));
}

#[test]
fn a_row_that_lacks_a_cell_is_set_aside_with_a_proposal() {
    let row = owned(&["2025550143", "ann@example.com", "20001", "A1"]);
    let Err(SetAside { problem, findings, proposed_row }) = doctor().treat(&row) else { panic!("who is it?") };
    assert_eq!(findings[0].damage, Damage::ShiftedColumns);
    assert!(problem.problem.contains("missing"), "{}", problem.problem);
    assert_eq!(proposed_row, Some(owned(&["", "2025550143", "ann@example.com", "20001", "A1"])));
}

#[test]
fn a_row_with_a_cell_too_many_behind_its_number_is_mended_by_what_follows() {
    let mapping: Mapping =
        serde_json::from_str(r#"{"phone":"Phone","company":"Company","notes":"Notes","email":"E-Mail"}"#)
            .expect("a mapping");
    let header = owned(&["Phone", "Company", "Notes", "E-Mail"]);
    let reader = mapping.reader(&header, CountryCode::US).expect("a reader");
    let mut habits = Habits::new(4, CountryCode::US, ',');
    for at in 0..9 {
        habits.note(&owned(&[&format!("202555010{at}"), "Example", "-", "ann@example.com"]));
    }
    let row = owned(&["2025550143", "Example", " Inc", "-", "ann@example.com"]);
    let treatment = Doctor::new(reader, habits).treat(&row);
    let Err(SetAside { findings, proposed_row, .. }) = treatment else { panic!("company or notes?") };
    assert_eq!(findings[0].certainty, Certainty::Likely);
    assert_eq!(proposed_row, Some(owned(&["2025550143", "Example, Inc", "-", "ann@example.com"])));
}

#[test]
fn rows_that_are_ragged_and_not_shifted_are_read() {
    for row in
        [&["Ann", "2025550143"][..], &["Ann", "2025550143", "", "", "", "more"], &["", "2025550143", "ann@example.com"]]
    {
        let treatment = doctor().treat(&owned(row));
        assert!(matches!(&treatment, Ok(treated) if treated.findings.is_empty()), "{treatment:?}");
    }
}

#[test]
fn edge_case_51_rows_inside_a_cell_tell_of_a_quotation_mark_that_was_not_closed() {
    let swallowed =
        "Ann Lee,+12025550101,ann@example.com,20001,A1\nBo Ray,+12025550102,bo@example.com,20001,A2\nCy \"Ace";
    let row = owned(&["First", "2025550143", "", "", swallowed]);
    let Err(SetAside { problem, findings, proposed_row }) = doctor().treat(&row) else { panic!("rows are missing") };
    assert_eq!((findings[0].damage, findings[0].certainty), (Damage::UnclosedQuote, Certainty::Lost));
    assert_eq!((problem.column.as_str(), proposed_row), ("Account", None));
    let address = owned(&["Ann", "2025550143", "", "", "1 Main Street,\nWashington,\nDC 20001"]);
    assert!(doctor().treat(&address).is_ok(), "an address has lines and commas too");
}

#[test]
fn other_cells_are_mended_only_where_a_spreadsheet_surely_did_it() {
    let cells = |zip: &str, account: &str| {
        let treatment = doctor().treat(&owned(&["'t Hooft", "2025550143", "", zip, account]));
        let contact = |contact: &crate::contact::Contact| {
            (
                contact.postal_code.clone().unwrap_or_default(),
                contact.merge_fields("").get("account").unwrap_or_default().to_owned(),
            )
        };
        match &treatment {
            Ok(treated) => (told(&treatment).0, Some(contact(&treated.imported.contact))),
            Err(_) => (told(&treatment).0, None),
        }
    };
    let some = |zip: &str, account: &str| Some((zip.to_owned(), account.to_owned()));
    assert_eq!(cells("2134", "A1"), (vec!["certain zero_lost".to_owned()], some("02134", "A1")));
    assert_eq!(cells("'02134", "'0042"), (vec!["certain apostrophe".to_owned(); 2], some("02134", "0042")));
    assert_eq!(cells("", "1.234567E+06"), (vec!["certain exponent".to_owned()], some("", "1234567")));
    assert_eq!(cells("", "1.23457E+15"), (vec!["lost exponent".to_owned()], None));
    assert_eq!(cells("SW1A 1AA", "12E4"), (vec![], some("SW1A 1AA", "12E4")));
}

#[test]
fn several_damages_of_a_row_are_all_told() {
    let row = owned(&["Lee", " Ann", "202-555-0143; 202-555-0144", "ann@example.com", "2134", "A1"]);
    let (found, _) = told(&doctor().treat(&row));
    assert_eq!(found, Vec::<String>::new(), "two damages hide each other: it is rejected and not guessed");
    let row = owned(&["Ann", "202-555-0143; 202-555-0144", "ann@example.com", "2134", "'1"]);
    let (found, proposed) = told(&doctor().treat(&row));
    assert_eq!(found, ["likely several_numbers", "certain zero_lost", "certain apostrophe"]);
    assert_eq!(proposed.as_deref(), Some("? +12025550143"));
}

fn cells() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[0-9+' E.,/-]{1,24}",
        (2_000_000_000_u64..19_999_999_999).prop_map(|digits| digits.to_string()),
        (100_u32..1_000).prop_map(|line| format!("+1202555{line:04}")),
        Just("ann@example.com".to_owned()),
        Just(" Ann\nLee,+12025550101".to_owned()),
        ".{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    /// However few columns a list has and however many cells a row: each row is read or set aside, and nothing breaks.
    #[test]
    fn every_row_of_any_list_is_read_or_set_aside(
        columns in 1..5_usize,
        sound in prop::collection::vec(cells(), 0..40),
        row in prop::collection::vec(cells(), 0..8),
    ) {
        let header = &HEADER[..columns.max(2)];
        let mapping: Mapping = serde_json::from_str(r#"{"phone":"Phone","name":"Name"}"#).expect("a mapping");
        let mut habits = Habits::new(header.len(), CountryCode::US, ',');
        (0..6).for_each(|_| habits.note(&owned(&["Ann", "+12025550143", "ann@example.com", "20001"][..header.len().min(4)])));
        sound.chunks(header.len()).for_each(|row| habits.note(row));
        let doctor = Doctor::new(mapping.reader(&owned(header), CountryCode::US).expect("a reader"), habits);
        match doctor.treat(&row) {
            Ok(treated) => prop_assert!(treated.findings.iter().all(|finding| finding.proposal.is_some())),
            Err(aside) => prop_assert!(!aside.problem.problem.is_empty()),
        }
    }

    /// Whatever the row: what is read has certain findings alone, what is set aside was not certain, and a row as it was
    /// mended or proposed is read without anything more to mend in its number.
    #[test]
    fn nothing_uncertain_is_ever_read(row in prop::collection::vec(cells(), 0..8)) {
        static DOCTOR: LazyLock<Doctor> = LazyLock::new(doctor);
        let doctor = &*DOCTOR;
        match doctor.treat(&row) {
            Ok(Treated { findings, imported }) => {
                prop_assert!(findings.iter().all(|finding| finding.certainty == Certainty::Certain));
                let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                let national = imported.contact.phone.as_str().trim_start_matches("+1").trim_start_matches('+').to_owned();
                prop_assert!(row.iter().any(|cell| digits(cell).contains(&national)), "a number that nobody wrote");
            }
            Err(SetAside { proposed_row: Some(proposed), .. }) => {
                prop_assert!(doctor.reader.row_to_contact(&proposed).is_ok());
            }
            Err(SetAside { problem, proposed_row: None, .. }) => prop_assert!(!problem.problem.is_empty()),
        }
    }
}

#[test]
fn accepted_proposals_are_applied_by_kind_or_by_row() {
    let row = owned(&["Ann", "447911123456", "ann@example.com", "20001", "'1"]);
    let accept = |kinds: &[Damage], rows: &[u64]| {
        let accepted = Accepted::try_new(kinds, rows).expect("few rows");
        told(&doctor().treat_accepting(&row, 17, &accepted))
    };
    let found = vec!["likely plus_lost".to_owned(), "certain apostrophe".to_owned()];
    let aside = (found.clone(), Some("? +447911123456".to_owned()));
    let read = (found, Some("+447911123456".to_owned()));
    assert_eq!(accept(&[], &[]), aside);
    assert_eq!(accept(&[Damage::ZeroLost], &[16, 18]), aside);
    assert_eq!(accept(&[Damage::PlusLost], &[]), read);
    assert_eq!(accept(&[], &[17]), read);
}

#[test]
fn what_is_lost_cannot_be_accepted() {
    let row = owned(&["Ann", "1.20256E+10", "ann@example.com", "20001", "A1"]);
    let everything = Accepted::try_new(Damage::ALL, &[1]).expect("few rows");
    let Err(SetAside { problem, .. }) = doctor().treat_accepting(&row, 1, &everything) else {
        panic!("digits are lost")
    };
    assert!(problem.problem.contains("rounded"), "{}", problem.problem);
    let nobody = owned(&["Ann", "nonsense", "ann@example.com", "20001", "A1"]);
    assert!(doctor().treat_accepting(&nobody, 1, &everything).is_err());
}

#[test]
fn a_row_set_aside_says_the_proposal_in_words() {
    for (phone, words) in
        [("447911123456", "it is probably +447911123456"), ("202-555-0143 / 0144", "the first is +12025550143")]
    {
        let row = owned(&["Ann", phone, "ann@example.com", "20001", "A1"]);
        let Err(SetAside { problem, .. }) = doctor().treat(&row) else { panic!("{phone} is a guess") };
        assert!(problem.problem.ends_with(words), "{}", problem.problem);
    }
}

#[test]
fn names_that_begin_with_an_apostrophe_stay() {
    let row = owned(&["'90s Music", "2025550143", "", "", "'42nd Street"]);
    let Ok(Treated { imported, findings }) = doctor().treat(&row) else { panic!("nothing is wrong") };
    assert_eq!((imported.contact.name.as_str(), findings), ("'90s Music", vec![]));
}

#[test]
fn habits_that_were_kept_are_those_that_were_learnt() {
    let mut habits = Habits::new(HEADER.len(), CountryCode::US, ';');
    [healthy(20), british()].concat().iter().for_each(|row| habits.note(row));
    let kept = serde_json::to_string(&habits).expect("json");
    assert_eq!(serde_json::from_str::<Habits>(&kept).ok(), Some(habits));
}
