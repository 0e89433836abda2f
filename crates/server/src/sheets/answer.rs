//! What the host of sheets said: rows, another address to ask, or why there is no sheet.
//!
//! Hosts answer with a page, and often with success, where a sheet is not shared; so the type and the first bytes
//! count, and a redirect to a log-in is told before it is followed. Nothing of an answer is shown to anybody but the
//! sheet's name.

use hyper::StatusCode;
use hyper::header::{self, HeaderMap, HeaderName};
use url::Url;

use super::SheetError;

/// Where Google asks people who they are.
const LOGIN_HOST: &str = "accounts.google.com";
/// A part of the path of log-ins.
const LOGIN_PATH: &str = "ServiceLogin";
/// Types of rows. A host that says none is judged by the first bytes.
const CSV_TYPES: [&str; 4] = ["text/csv", "application/csv", "text/plain", "application/octet-stream"];
const PAGE_TYPES: [&str; 2] = ["text/html", "application/xhtml+xml"];
/// Bytes of a name; longer ones are no names.
const NAME_BYTES_MAX: usize = 1_000;

/// What is to be done with an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Rows,
    Redirect(Url),
}

/// What an answer to a request of `url` means.
pub(super) fn next(status: StatusCode, headers: &HeaderMap, url: &Url) -> Result<Next, SheetError> {
    match status.as_u16() {
        200 => check_type(headers).map(|()| Next::Rows),
        301 | 302 | 303 | 307 | 308 => redirect(headers, url).map(Next::Redirect),
        400 => Err(SheetError::NoSuchTab),
        401 | 403 => Err(SheetError::NotShared),
        404 | 410 => Err(SheetError::NotFound),
        429 => Err(SheetError::TooManyRequests),
        other => {
            tracing::warn!(status = other, "the host of sheets answered strangely");
            Err(SheetError::Unreachable)
        }
    }
}

fn redirect(headers: &HeaderMap, url: &Url) -> Result<Url, SheetError> {
    let mut to = text(headers, header::LOCATION).and_then(|to| url.join(to).ok()).ok_or(SheetError::LeadsAway)?;
    to.set_fragment(None);
    let is_login = to.host_str() == Some(LOGIN_HOST) || to.path().contains(LOGIN_PATH);
    if is_login { Err(SheetError::NotShared) } else { Ok(to) }
}

fn check_type(headers: &HeaderMap) -> Result<(), SheetError> {
    if text(headers, header::CONTENT_ENCODING).is_some_and(|how| !how.eq_ignore_ascii_case("identity")) {
        return Err(SheetError::NotCsv);
    }
    let Some(given) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let given = given.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match given.as_str() {
        csv if CSV_TYPES.contains(&csv) => Ok(()),
        page if PAGE_TYPES.contains(&page) => Err(SheetError::Page),
        _ => Err(SheetError::NotCsv),
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// What a body begins with, however it was cut on the way.
#[derive(Debug, Default)]
pub(super) struct Beginning {
    seen: Seen,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// A mark of UTF-8 and blanks at most.
    #[default]
    Blank,
    Text,
}

impl Beginning {
    /// Takes the next bytes; refuses a page by its first.
    pub(super) fn check(&mut self, chunk: &[u8]) -> Result<(), SheetError> {
        if self.seen == Seen::Text {
            return Ok(());
        }
        let is_mark = |byte: &u8| byte.is_ascii_whitespace() || b"\xef\xbb\xbf".contains(byte);
        match chunk.iter().find(|byte| !is_mark(byte)) {
            Some(b'<') => return Err(SheetError::Page),
            Some(_) => self.seen = Seen::Text,
            None => {}
        }
        Ok(())
    }

    /// Whether nothing came that could be a row.
    pub(super) fn is_blank(&self) -> bool {
        self.seen == Seen::Blank
    }
}

/// The name that an answer gives to its file (RFC 6266), as it came.
pub(super) fn name(headers: &HeaderMap) -> Option<String> {
    let given = text(headers, header::CONTENT_DISPOSITION).filter(|given| given.len() <= NAME_BYTES_MAX)?;
    let name = encoded_name(given).or_else(|| plain_name(given))?;
    Some(name).filter(|name| !name.trim().is_empty())
}

/// `filename*=UTF-8''People%20-%20Sheet1.csv`
fn encoded_name(given: &str) -> Option<String> {
    let (_, rest) = given.split_once("filename*=UTF-8''").or_else(|| given.split_once("filename*=utf-8''"))?;
    percent_decoded(rest.split(';').next()?.trim())
}

/// `filename="People-Sheet1.csv"`
fn plain_name(given: &str) -> Option<String> {
    let (_, rest) = given.split_once("filename=")?;
    let name = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split(';').next()?.trim(),
    };
    Some(name.to_owned())
}

fn percent_decoded(text: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'%' => hex(rest.next()?)? * 16 + hex(rest.next()?)?,
            plain => plain,
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), value.parse().expect("a value"))).collect()
    }

    fn told(status: u16, pairs: &[(HeaderName, &str)]) -> Result<Next, SheetError> {
        let url = Url::parse("https://docs.google.com/spreadsheets/d/x/export").expect("an address");
        next(StatusCode::from_u16(status).expect("a status"), &headers(pairs), &url)
    }

    #[test]
    fn each_status_has_its_meaning() {
        for (status, meaning) in [
            (400, "no such tab"),
            (401, "not shared"),
            (403, "not shared"),
            (404, "no sheet"),
            (410, "no sheet"),
            (429, "fewer requests"),
            (500, "try again"),
            (503, "try again"),
            (204, "try again"),
            (206, "try again"),
            (304, "try again"),
            (302, "away"),
        ] {
            let words = told(status, &[]).expect_err("no sheet").to_string();
            assert!(words.contains(meaning), "{status}: {words}");
        }
    }

    #[test]
    fn a_redirect_to_a_log_in_says_that_the_sheet_is_not_shared() {
        for to in [
            "https://accounts.google.com/v3/signin/identifier?continue=x",
            "https://docs.google.com/ServiceLogin?service=wise",
            "/a/acme.example/ServiceLogin",
        ] {
            assert!(matches!(told(307, &[(header::LOCATION, to)]), Err(SheetError::NotShared)), "{to}");
        }
        let to = told(307, &[(header::LOCATION, "/other?x=1#y")]).expect("another address");
        assert_eq!(to, Next::Redirect(Url::parse("https://docs.google.com/other?x=1").expect("an address")));
        assert!(matches!(told(302, &[(header::LOCATION, "http://[")]), Err(SheetError::LeadsAway)));
    }

    #[test]
    fn rows_are_told_by_their_type() {
        for fine in ["text/csv", "text/csv; charset=utf-8", "TEXT/CSV", "text/plain"] {
            assert!(matches!(told(200, &[(header::CONTENT_TYPE, fine)]), Ok(Next::Rows)), "{fine}");
        }
        assert!(matches!(told(200, &[]), Ok(Next::Rows)));
        assert!(matches!(told(200, &[(header::CONTENT_TYPE, "text/html; charset=utf-8")]), Err(SheetError::Page)));
        assert!(matches!(told(200, &[(header::CONTENT_TYPE, "application/pdf")]), Err(SheetError::NotCsv)));
        assert!(matches!(told(200, &[(header::CONTENT_ENCODING, "gzip")]), Err(SheetError::NotCsv)));
    }

    #[test]
    fn a_page_is_told_by_its_first_bytes_however_they_are_cut() {
        for chunks in [vec!["<html>"], vec!["\u{feff}<!DOCTYPE"], vec![" \n", "", "\t<"], vec!["\u{feff}", " ", "<x"]] {
            let mut beginning = Beginning::default();
            let told: Result<(), SheetError> = chunks.iter().try_for_each(|chunk| beginning.check(chunk.as_bytes()));
            assert!(matches!(told, Err(SheetError::Page)), "{chunks:?}");
        }
        let mut beginning = Beginning::default();
        beginning.check("\u{feff} \r\n".as_bytes()).expect("blank");
        assert!(beginning.is_blank());
        beginning.check(b"Name,<b>\n").expect("a text");
        beginning.check(b"<x").expect("within a text");
        assert!(!beginning.is_blank());
    }

    #[test]
    fn a_sheet_has_the_name_that_its_host_says() {
        for (given, expected) in [
            (
                "attachment; filename=\"People-Sheet1.csv\"; filename*=UTF-8''Z%C3%BCrich%20-%20A%26B.csv",
                "Zürich - A&B.csv",
            ),
            ("attachment; filename=\"People-Sheet1.csv\"", "People-Sheet1.csv"),
            ("attachment; filename=People.csv; size=4", "People.csv"),
            ("attachment; filename=\"p.csv\"; filename*=UTF-8''%E9%ZZ", "p.csv"),
            ("attachment; filename*=UTF-8''a+b.csv", "a+b.csv"),
        ] {
            let found = name(&headers(&[(header::CONTENT_DISPOSITION, given)]));
            assert_eq!(found.as_deref(), Some(expected), "{given}");
        }
        for given in ["attachment", "attachment; filename=\"\"", &format!("attachment; filename={}", "x".repeat(2_000))]
        {
            assert_eq!(name(&headers(&[(header::CONTENT_DISPOSITION, given)])), None, "{given}");
        }
    }
}
