//! Lists: the bytes of a file, from the guess of its encoding to its rows, and back.
//!
//! Whatever the bytes are, nothing panics, where the blocks end makes no difference, rows are bounded and numbered
//! upwards, and they are those of the common reader. Written as our export writes them, they come back.

#![no_main]

use carillon_domain::country_code::CountryCode;
use carillon_domain::custom_field::CustomFields;
use carillon_domain::import::{
    CELL_LENGTH_MAX, COLUMNS_MAX, Column, Cutter, DELIMITERS, EncodingGuess, Row, UnclosedQuote, check_header, guarded,
    guess_delimiter, suggest_mapping,
};
use encoding_rs::Encoding;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(encoding) = encoding(bytes, bytes.len().max(3)) else {
        return;
    };
    assert_eq!(Some(encoding), self::encoding(bytes, 5), "blocks change the encoding");
    let (text, ..) = encoding.decode(bytes);
    let guess = guess_delimiter(&text);
    assert!(DELIMITERS.contains(&guess.delimiter));
    let rows = cut(&text, guess.delimiter, text.len());
    assert_eq!(rows, cut(&text, guess.delimiter, 1), "blocks change the rows");
    assert_eq!(rows, cut(&text, guess.delimiter, 7), "blocks change the rows");
    let Ok(rows) = rows else {
        return;
    };
    check_rows(&rows);
    check_against_the_common_reader(&text, guess.delimiter, &rows);
    comes_back(&rows);
    if let Some(Ok(columns)) = rows.first().map(|row| check_header(&row.cells)) {
        let columns: Vec<_> = columns.into_iter().map(column).collect();
        let _ = suggest_mapping(&columns, &CustomFields::default(), &CountryCode::US);
    }
});

fn column(name: String) -> Column {
    Column { samples: vec![name.clone()], name }
}

fn encoding(bytes: &[u8], block: usize) -> Option<&'static Encoding> {
    let mut guess = EncodingGuess::default();
    bytes.chunks(block).try_for_each(|block| guess.feed(block)).ok()?;
    Some(Encoding::for_label(guess.finish().as_bytes()).expect("an encoding that can be read"))
}

fn cut(text: &str, delimiter: char, block: usize) -> Result<Vec<Row>, UnclosedQuote> {
    let mut cutter = Cutter::new(delimiter);
    let mut rows = Vec::new();
    for mut block in text.as_bytes().chunks(block.max(1)) {
        while !block.is_empty() {
            let (eaten, row) = cutter.eat(block)?;
            assert!(eaten > 0, "the cutter stands still");
            block = &block[eaten..];
            rows.extend(row);
        }
    }
    rows.extend(cutter.finish()?);
    Ok(rows)
}

fn check_rows(rows: &[Row]) {
    assert!(rows.is_sorted_by(|one, next| one.line < next.line), "rows are numbered upwards");
    for row in rows {
        assert!(row.line >= 1 && row.cells.len() <= COLUMNS_MAX + 1);
        assert!(row.cells.iter().all(|cell| cell.len() <= CELL_LENGTH_MAX + 3 && !cell.contains('\0')));
        assert!(row.cells.iter().any(|cell| !cell.trim().is_empty()), "a blank row is none");
    }
}

/// Within our bounds, and without what we leave out on purpose (NUL, our guards), both read the same.
fn check_against_the_common_reader(text: &str, delimiter: char, rows: &[Row]) {
    let is_bounded = rows
        .iter()
        .all(|row| row.cells.len() <= COLUMNS_MAX && row.cells.iter().all(|cell| cell.len() < CELL_LENGTH_MAX));
    if text.contains('\0') || !is_bounded {
        return;
    }
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(u8::try_from(delimiter).expect("ASCII"));
    let mut theirs = Vec::new();
    // The reader takes a mark away, which decoding has done: a second one is a character.
    let text = format!("\u{feff}{text}");
    for row in reader.from_reader(text.as_bytes()).records() {
        theirs.push(row.expect("text").iter().map(str::to_owned).collect::<Vec<_>>());
    }
    theirs.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    assert_eq!(rows.len(), theirs.len(), "the common reader reads other rows");
    for (row, theirs) in rows.iter().zip(theirs) {
        // Whether a row was guarded is decided for all its cells; a cell is theirs, or was guarded and is not now.
        let is_same = row.cells.iter().eq(&theirs);
        let was_guarded = row.cells.len() == theirs.len()
            && row.cells.iter().zip(&theirs).all(|(cell, theirs)| cell == theirs || guarded(cell) == theirs.as_str());
        assert!(is_same || was_guarded, "the common reader reads {theirs:?} where we read {:?}", row.cells);
    }
}

/// What we export for spreadsheets is, read by us, what it was.
fn comes_back(rows: &[Row]) {
    let mut writer =
        csv::WriterBuilder::new().flexible(true).quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.cells.iter().map(|cell| guarded(cell).into_owned())).expect("memory");
    }
    let written = String::from_utf8(writer.into_inner().expect("memory")).expect("text");
    let is_long = rows
        .iter()
        .any(|row| row.cells.len() > COLUMNS_MAX || row.cells.iter().any(|cell| cell.len() >= CELL_LENGTH_MAX));
    if !is_long {
        let back = cut(&written, ',', written.len()).expect("our own list");
        assert!(back.iter().map(|row| &row.cells).eq(rows.iter().map(|row| &row.cells)), "{written:?}");
    }
}
