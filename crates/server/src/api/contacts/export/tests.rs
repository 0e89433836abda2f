//! What leaves comes back: the book exported in either style and imported again is the same book.

use carillon_domain::contact::{ContactDraft, CustomValue};
use carillon_domain::country_code::CountryCode;
use carillon_domain::custom_field::CustomFields;
use carillon_domain::import::suggest_mapping;
use proptest::prelude::*;

use super::*;
use crate::export::CsvLines;
use crate::lists;

/// Beginnings, letters and line ends that spreadsheets, readers and people make something of.
const NASTY: &str = "[=+@'\"\\-\t\n\r,; a0é📞\u{202e}\u{5d0}\u{1}\u{feff}]{0,8}";

fn contact() -> impl Strategy<Value = Contact> {
    let texts = proptest::collection::vec(NASTY, 6);
    let tags = proptest::collection::vec(NASTY, 0..4);
    let custom = proptest::collection::vec(NASTY, 2);
    (texts, tags, custom, 0_u32..10_000).prop_map(|(texts, tags, custom, number)| {
        let text = |n: usize| Some(texts[n].clone());
        let filled = |text: &String| {
            let text = text.trim();
            (!text.is_empty()).then(|| CustomValue::Text(text.to_owned()))
        };
        let named = ["plan", "code"].into_iter().zip(&custom);
        let draft = ContactDraft {
            name: text(0),
            first_name: text(1),
            last_name: text(2),
            phone: format!("+1202555{number:04}"),
            company: text(3),
            notes: text(4),
            postal_code: text(5),
            tags,
            custom: named.filter_map(|(name, value)| Some((name.to_owned(), filled(value)?))).collect(),
            ..ContactDraft::default()
        };
        draft.check(&CountryCode::US).expect("a contact")
    })
}

/// A book as a file, read again as any list.
fn round_trip(book: &[Contact], style: CellStyle) -> Vec<Contact> {
    let custom = ["code", "plan"].map(str::to_owned);
    let header: Vec<String> = COLUMNS.into_iter().map(str::to_owned).chain(custom.clone()).collect();
    let lines = CsvLines::new(style);
    let rows: Vec<Vec<String>> = book.iter().map(|contact| row(contact, &custom)).collect();
    let bytes = [lines.header(&header), lines.lines(&rows)].concat();
    let mut file = tempfile::tempfile().expect("a file");
    std::io::Write::write_all(&mut file, &bytes).expect("written");
    let shape = lists::inspect(&mut file, 1_000).expect("a list");
    let mut rows = lists::rows(&mut file, &shape).expect("rows");
    let mut mapping = suggest_mapping(&shape.columns(), &CustomFields::default(), &CountryCode::US);
    mapping.custom = custom.into_iter().map(|name| (name.clone(), name)).collect();
    let reader = mapping.reader(&header, CountryCode::US).expect("every column");
    std::iter::from_fn(|| rows.next_row().expect("a row"))
        .map(|row| reader.row_to_contact(&row.cells).expect("a contact").contact)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_book_that_left_and_came_back_is_the_same(book in proptest::collection::vec(contact(), 1..5)) {
        for style in [CellStyle::Spreadsheet, CellStyle::Raw] {
            prop_assert_eq!(&round_trip(&book, style), &book, "{:?}", style);
        }
    }
}
