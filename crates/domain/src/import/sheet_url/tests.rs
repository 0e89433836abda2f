//! Every form of link that is shared, every near miss, and that nothing of a link reaches further than it may.

use proptest::prelude::*;

use super::*;

const ID: &str = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms";
const PUBLISHED: &str = "2PACX-1vQ_x-7pJ5bKqY0uWcRzN3oTfS8hGdLmVtEaCiXyBjMrPwQk";

fn path(text: &str) -> Result<String, SheetLinkError> {
    let text = text.replace("{ID}", ID).replace("{PUB}", PUBLISHED);
    SheetLink::parse(&text).map(|link| link.export_path().replace(ID, "ID").replace(PUBLISHED, "PUB"))
}

#[test]
fn every_form_of_link_leads_to_its_tab() {
    for (link, expected) in [
        ("https://docs.google.com/spreadsheets/d/{ID}", ""),
        ("https://docs.google.com/spreadsheets/d/{ID}/", ""),
        ("  https://docs.google.com/spreadsheets/d/{ID}/edit?usp=sharing\n", ""),
        ("docs.google.com/spreadsheets/d/{ID}/edit", ""),
        ("HTTPS://Docs.Google.com/spreadsheets/d/{ID}/edit", ""),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit#gid=123", "&gid=123"),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit?gid=123#gid=123", "&gid=123"),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit?gid=1#gid=2", "&gid=2"),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit?gid=0", "&gid=0"),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit#gid=7&range=A1:B9", "&gid=7"),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit?pli=1&gid=5#gid=5", "&gid=5"),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit#gid=", ""),
        ("https://docs.google.com/spreadsheets/d/{ID}/view?usp=drive_link&ouid=1&rtpof=true&sd=true", ""),
        ("https://docs.google.com/spreadsheets/d/{ID}/copy", ""),
        ("https://docs.google.com/spreadsheets/d/{ID}/preview", ""),
        ("https://docs.google.com/spreadsheets/d/{ID}/htmlview?gid=9#gid=9", "&gid=9"),
        ("https://docs.google.com/spreadsheets/d/{ID}/htmlembed?single=true&gid=0", "&gid=0"),
        ("https://docs.google.com/spreadsheets/d/{ID}/template/preview", ""),
        ("https://docs.google.com/spreadsheets/u/0/d/{ID}/edit", ""),
        ("https://docs.google.com/spreadsheets/u/12/d/{ID}/edit#gid=3", "&gid=3"),
        ("https://docs.google.com/a/example.com/spreadsheets/d/{ID}/edit#gid=3", "&gid=3"),
        ("https://docs.google.com/spreadsheets/d/{ID}/export?format=csv&gid=11", "&gid=11"),
        ("https://docs.google.com/spreadsheets/d/{ID}/export?gid=11&format=xlsx", "&gid=11"),
        ("https://docs.google.com/spreadsheets/d/{ID}/export?gid=11&gid=11", "&gid=11"),
        ("https://docs.google.com/spreadsheets/d/{ID}/gviz/tq?tqx=out:csv&gid=4", "&gid=4"),
        ("https://docs.google.com/spreadsheets/d/{ID}/gviz/tq?tqx=out:csv&gid=4&sheet=List", "&gid=4"),
        ("https://drive.google.com/open?id={ID}", ""),
        ("https://drive.google.com/open?id={ID}&usp=drive_fs", ""),
    ] {
        assert_eq!(path(link), Ok(format!("/spreadsheets/d/ID/export?format=csv{expected}")), "{link}");
    }
}

#[test]
fn published_sheets_are_asked_where_they_are_published() {
    for (link, expected) in [
        ("https://docs.google.com/spreadsheets/d/e/{PUB}/pubhtml", "e/PUB/pub?output=csv"),
        ("https://docs.google.com/spreadsheets/d/e/{PUB}/pub?output=csv", "e/PUB/pub?output=csv"),
        (
            "https://docs.google.com/spreadsheets/d/e/{PUB}/pub?gid=5&single=true&output=csv",
            "e/PUB/pub?output=csv&single=true&gid=5",
        ),
        (
            "https://docs.google.com/spreadsheets/d/e/{PUB}/pubhtml?gid=5&single=true&widget=true&headers=false",
            "e/PUB/pub?output=csv&single=true&gid=5",
        ),
        ("https://docs.google.com/spreadsheets/d/{ID}/pubhtml", "ID/pub?output=csv"),
        ("https://docs.google.com/spreadsheets/d/{ID}/pub?output=html&gid=2", "ID/pub?output=csv&single=true&gid=2"),
    ] {
        assert_eq!(path(link), Ok(format!("/spreadsheets/d/{expected}")), "{link}");
    }
}

#[test]
fn what_is_no_sheet_is_told_so() {
    use SheetLinkError as E;
    for (link, expected) in [
        ("", E::Empty),
        ("   ", E::Empty),
        ("https://docs.google.com/document/d/{ID}/edit", E::NotASheet("a Google Doc")),
        ("https://docs.google.com/document/u/0/d/{ID}/edit", E::NotASheet("a Google Doc")),
        ("https://docs.google.com/presentation/d/{ID}/edit", E::NotASheet("Google Slides")),
        ("https://docs.google.com/forms/d/e/{ID}/viewform", E::NotASheet("a Google Form")),
        ("https://drive.google.com/drive/folders/{ID}?usp=sharing", E::Folder),
        ("https://drive.google.com/drive/u/0/folders/{ID}", E::Folder),
        ("https://drive.google.com/file/d/{ID}/view", E::DriveFile),
        ("https://drive.google.com/uc?export=download&id={ID}", E::DriveFile),
        ("https://drive.google.com/open", E::NoId),
        ("https://drive.google.com/open?id={ID}&id=other_id", E::NoId),
        ("https://docs.google.com/", E::NoId),
        ("https://docs.google.com/spreadsheets/", E::NoId),
        ("https://docs.google.com/spreadsheets/u/0/", E::NoId),
        ("https://docs.google.com/spreadsheets/d/", E::NoId),
        ("https://docs.google.com/spreadsheets/d/edit", E::NoId),
        ("https://docs.google.com/spreadsheets/d/htmlview", E::NoId),
        ("https://docs.google.com/spreadsheets/d/e/pubhtml", E::NoId),
        ("https://docs.google.com/spreadsheets/d/../../x", E::NoId),
        ("https://docs.google.com/spreadsheets/d/%2e%2e%2f%2e%2e", E::NoId),
        ("https://docs.google.com/spreadsheets/d/{ID}@evil.example/edit", E::NoId),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit#gid=first", E::BadGid),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit#gid=-1", E::BadGid),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit#gid=1%26x", E::BadGid),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit#gid=1234567890123456", E::BadGid),
        ("https://docs.google.com/spreadsheets/d/{ID}/export?gid=1&gid=2", E::TwoGids),
        ("https://docs.google.com/spreadsheets/d/{ID}/gviz/tq?tqx=out:csv&sheet=List", E::TabByName),
        ("https://docs.google.com/spreadsheets/d/{ID}/gviz/tq?tqx=out:csv&tq=select%20A", E::PicksRows("tq")),
        ("https://docs.google.com/spreadsheets/d/{ID}/export?format=csv&range=A1:B2", E::PicksRows("range")),
    ] {
        assert_eq!(path(link), Err(expected), "{link}");
    }
    assert_eq!(path(&format!("https://docs.google.com/{}", "x".repeat(2_000))), Err(E::TooLong));
}

#[test]
fn edge_case_50_no_other_host_is_ever_asked() {
    use SheetLinkError as E;
    for (link, expected) in [
        ("https://docs.google.com@169.254.169.254/", E::OtherHost),
        ("https://docs.google.com:pass@evil.example/spreadsheets/d/{ID}/edit", E::OtherHost),
        ("http://docs.google.com/spreadsheets/d/{ID}/edit", E::NotHttps),
        ("file:///etc/passwd", E::NotHttps),
        ("gopher://docs.google.com/spreadsheets/d/{ID}", E::NotHttps),
        ("https://169.254.169.254/spreadsheets/d/{ID}/edit", E::OtherHost),
        ("https://[::1]/spreadsheets/d/{ID}/edit", E::OtherHost),
        ("https://docs.google.com.evil.example/spreadsheets/d/{ID}/edit", E::OtherHost),
        ("https://docs.google.com./spreadsheets/d/{ID}/edit", E::OtherHost),
        ("https://docs.google.com:8443/spreadsheets/d/{ID}/edit", E::OtherHost),
        ("https://evil.example/https://docs.google.com/spreadsheets/d/{ID}/edit", E::OtherHost),
        ("https://evil.example/?u=https://docs.google.com/spreadsheets/d/{ID}/edit", E::OtherHost),
        ("//docs.google.com/spreadsheets/d/{ID}/edit", E::OtherHost),
        ("https:docs.google.com/spreadsheets/d/{ID}/edit", E::OtherHost),
        ("https://docs.google.com\\@evil.example/spreadsheets/d/{ID}", E::ForbiddenCharacter('\\')),
        ("https://docs.google.com/spreadsheets/d/{ID}/edit\r\nHost: x", E::ForbiddenCharacter('\r')),
        ("https://docs.google.com/spreadsheets/d/{ID} and more", E::ForbiddenCharacter(' ')),
        ("https://dоcs.google.com/spreadsheets/d/{ID}/edit", E::OtherHost),
        ("https://www.google.com/url?q=https://docs.google.com/spreadsheets/d/{ID}", E::OtherHost),
        ("https://forms.gle/abcdefgh", E::OtherHost),
    ] {
        assert_eq!(path(link), Err(expected), "{link}");
    }
}

#[test]
fn the_base_is_the_programs_own() {
    let link = SheetLink::parse(&format!("https://docs.google.com/spreadsheets/d/{ID}/edit#gid=4")).expect("a link");
    assert_eq!(link.gid(), Some(4));
    for base in ["http://127.0.0.1:9000", "http://127.0.0.1:9000/"] {
        let expected = format!("http://127.0.0.1:9000/spreadsheets/d/{ID}/export?format=csv&gid=4");
        assert_eq!(link.export_url(base), expected);
    }
    let error = SheetLink::parse("").expect_err("empty").field_error();
    assert_eq!(error.field, "google_sheet_url");
}

/// Texts made of the pieces of links, put together in any way.
fn pieces() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "https://",
        "http://",
        "docs.google.com",
        "drive.google.com",
        "/",
        "?",
        "#",
        "&",
        "=",
        "spreadsheets",
        "d",
        "e",
        "u",
        "0",
        "a",
        "edit",
        "pubhtml",
        "pub",
        "export",
        "gviz/tq",
        "open",
        "id",
        "gid",
        "gid=1",
        "format=csv",
        "tq",
        "sheet",
        "..",
        "%2f",
        "@",
        ":",
        "\\",
        "evil.example",
        ID,
        PUBLISHED,
    ]);
    let piece = prop_oneof![4 => known.prop_map(str::to_owned), 1 => ".{0,6}"];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn near_links() -> impl Strategy<Value = String> {
    pieces().prop_map(|rest| format!("https://docs.google.com/spreadsheets/d/{rest}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// Whatever is pasted: an answer, and a path of plain characters below the sheets of one document.
    #[test]
    fn only_plain_paths_come_out(text in prop_oneof![".{0,80}", pieces(), near_links()]) {
        if let Ok(link) = SheetLink::parse(&text) {
            let path = link.export_path();
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/?=&-_".contains(&byte);
            prop_assert!(path.bytes().all(plain), "{path}");
            prop_assert!(path.starts_with("/spreadsheets/d/") && !path.contains("//"), "{path}");
            prop_assert_eq!(path.matches("gid=").count(), usize::from(link.gid().is_some()));
            prop_assert_eq!(SheetLink::parse(&link.to_string()), Ok(link));
        }
    }
}
