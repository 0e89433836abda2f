//! Workbooks that are made to hurt: each is an error in words, and the server does not feel it.

use super::zips::{Zip, workbook};
use super::*;

/// A sheet that is half a gigabyte of blanks.
const BLANKS: u64 = 520_000_000;
/// What the server may need more than before, whatever is brought.
const MORE_KB_MAX: u64 = 96 * 1_024;

/// The most memory that this process ever had.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the system tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

fn sheet(rows: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn with_sheet(sheet: &str) -> Zip {
    workbook().part("xl/worksheets/sheet1.xml", sheet.as_bytes())
}

fn inline(text: &str) -> String {
    format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// Many cells that share one long text.
fn shared(cells: usize) -> Vec<u8> {
    let strings = format!(r#"<sst uniqueCount="1"><si><t>{}</t></si></sst>"#, "x".repeat(32_000));
    let row = format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(100));
    with_sheet(&sheet(&row.repeat(cells / 100))).part("xl/sharedStrings.xml", strings.as_bytes()).bytes()
}

/// Texts that expand each other, ten times at every step.
fn laughs() -> Vec<u8> {
    let steps: String =
        (1..10).map(|n| format!(r#"<!ENTITY l{n} "{}">"#, format!("&l{};", n - 1).repeat(10))).collect();
    let rows = format!("<row>{}</row>", inline("&l9;"));
    with_sheet(&format!(r#"<!DOCTYPE x [<!ENTITY l0 "ha">{steps}]>{}"#, sheet(&rows))).bytes()
}

#[tokio::test]
async fn a_workbook_that_is_made_to_hurt_is_an_error_in_words_and_nothing_else() {
    let world = World::on(carillon::store::Engine::Sqlite).await;
    let header = format!("<row>{}{}</row>", inline("Name"), inline("Phone"));
    let columns = format!("<row>{}</row>", r#"<c><v>1</v></c>"#.repeat(1_000_000));
    let far = r#"<row><c r="XFD1" t="inlineStr"><is><t>far</t></is></c></row><row><c r="A2"><v>1</v></c></row>"#;
    let files = [
        ("honest bomb", workbook().blanks("xl/worksheets/sheet1.xml", BLANKS, BLANKS + 1).bytes(), "unpacks to more"),
        ("lying bomb", workbook().blanks("xl/worksheets/sheet1.xml", BLANKS, 1_000).bytes(), "damaged"),
        ("columns", with_sheet(&sheet(&format!("{columns}<row><c><v>1</v></c></row>"))).bytes(), "256 columns"),
        ("far column", with_sheet(&sheet(far)).bytes(), "256 columns"),
        (
            "out of the sheet",
            with_sheet(&sheet(&format!(r#"{header}<row r="9999999"><c r="A9999999"><v>1</v></c></row>"#))).bytes(),
            "damaged",
        ),
        ("shared text", shared(10_000), "unpacks to more"),
        (
            "promised strings",
            with_sheet(&sheet(&header))
                .part("xl/sharedStrings.xml", br#"<sst uniqueCount="99999999999"></sst>"#)
                .bytes(),
            "limits",
        ),
        ("entities", laughs(), "damaged"),
        (
            "outside",
            with_sheet(&format!(
                r#"<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>{}"#,
                sheet(&format!("<row>{}</row>", inline("&f;")))
            ))
            .bytes(),
            "damaged",
        ),
        (
            "parts",
            (0..10_001).fold(Zip::default(), |zip, n| zip.part(&format!("x{n}"), b"")).bytes(),
            "unpacks to more",
        ),
    ];
    assert!(files[0].1.len() < 600_000, "a small file: {}", files[0].1.len());
    let before = peak_kb();
    for (name, file, words) in files {
        let (field, told) = refused(&world, file, &[]).await;
        assert!(field == "file" && told.contains(words), "{name}: {field}: {told}");
        assert!(!told.contains("root:"), "{told}");
    }
    let more = peak_kb() - before;
    assert!(more < MORE_KB_MAX, "the server needed {more} KB more");
    assert_eq!(files_kept(&world), 0);
}

#[tokio::test]
async fn a_reader_that_dies_or_talks_nonsense_refuses_the_workbook() {
    use carillon::workbooks::{WorkbookError, Workbooks};
    let file = || tempfile::tempfile().expect("a file");
    for program in ["/bin/true", "/bin/false", "/bin/cat"] {
        let error = Workbooks::by(program.into()).read(file(), file(), None).await.expect_err("no verdict");
        assert!(matches!(&error, WorkbookError::Refused(words) if words.contains("limits")), "{program}: {error}");
    }
    let error = Workbooks::by("/nowhere/carillon".into()).read(file(), file(), None).await.expect_err("no program");
    assert!(matches!(error, WorkbookError::Start(_)), "{error}");
}
