//! Links to Google Sheets, in every form in which people share them.
//!
//! A link is taken apart into a document and a tab, and a path for the sheet's own export is made of these alone: no
//! host, no other parameter and no odd character of the link goes any further, so nothing that a user writes chooses
//! what is asked where. Fetching, and what the answer may be, is the server's business.

use std::fmt;

use crate::field_error::FieldError;

/// The only host whose links are read.
const SHEET_HOST: &str = "docs.google.com";
/// Links to a document by its id alone (`open?id=`).
const DRIVE_HOST: &str = "drive.google.com";
/// Links are a few hundred characters long at most.
const LINK_LENGTH_MAX: usize = 2_000;
/// Ids have 44 characters, published ones about 90; older ones are shorter.
const ID_LENGTH: std::ops::RangeInclusive<usize> = 5..=200;
/// Tabs have numbers of up to ten digits.
const GID_LENGTH_MAX: usize = 15;
/// Segments of a path that stand where an id is missing.
const NO_IDS: [&str; 9] =
    ["create", "export", "htmlembed", "htmlview", "mobilebasic", "preview", "pubhtml", "template", "viewer"];
/// Parameters that pick rows. To leave them out would call people whom the link leaves out.
const ROW_PICKERS: [&str; 2] = ["tq", "range"];

/// A sheet to fetch: which document, and which of its tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLink {
    document: Document,
    /// The tab; `None`: the first.
    gid: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Document {
    /// Shared by its own id.
    Shared(String),
    /// Published to the web under its own id.
    PublishedShared(String),
    /// Published to the web under an id of its own, `2PACX-…`.
    Published(String),
}

/// Why a text is no link to a sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetLinkError {
    #[error("paste the link of a Google Sheet: Share, then Copy link")]
    Empty,
    #[error("is longer than {LINK_LENGTH_MAX} characters: paste only the link of the sheet")]
    TooLong,
    #[error("has a character that no link has: {}", .0.escape_default())]
    ForbiddenCharacter(char),
    #[error("must begin with https://{SHEET_HOST}/spreadsheets/")]
    NotHttps,
    #[error("is not a link to Google Sheets: it must begin with https://{SHEET_HOST}/spreadsheets/")]
    OtherHost,
    #[error("is a link to {0}, not to a sheet: open the sheet and copy its own link")]
    NotASheet(&'static str),
    #[error("is a link to a folder: open the sheet in it and copy its own link")]
    Folder,
    #[error("is a link to a file in Drive: open it with Google Sheets and copy that link, or upload the file here")]
    DriveFile,
    #[error("does not say which sheet: open the sheet and copy the whole link")]
    NoId,
    #[error("names the tab \"gid\" with something other than a number")]
    BadGid,
    #[error("names two different tabs: open the one you want and copy the link again")]
    TwoGids,
    #[error("names its tab by name, and names change: open the tab and copy the link from the address bar")]
    TabByName,
    #[error("picks rows of the sheet (\"{0}\"), which an import cannot: put them on a tab of their own")]
    PicksRows(&'static str),
}

impl SheetLink {
    /// Reads a link as people paste it.
    pub fn parse(text: &str) -> Result<Self, SheetLinkError> {
        let link = text.trim();
        check_characters(link)?;
        let (rest, fragment) = link.split_once('#').unwrap_or((link, ""));
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = split_host(place)?;
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let document = match host {
            Host::Sheets => read_document(&segments)?,
            Host::Drive => read_drive(&segments, query)?,
        };
        if let Some(picker) = ROW_PICKERS.into_iter().find(|name| values(query, name).next().is_some()) {
            return Err(SheetLinkError::PicksRows(picker));
        }
        let gid = read_gid(query, fragment)?;
        if gid.is_none() && values(query, "sheet").next().is_some() {
            return Err(SheetLinkError::TabByName);
        }
        Ok(Self { document, gid })
    }

    /// Where the sheet is exported as CSV, below the base that the program was given: a path and a query of letters,
    /// digits and `/?=&-_` alone.
    #[must_use]
    pub fn export_path(&self) -> String {
        let gid = self.gid.map(|gid| format!("&gid={gid}")).unwrap_or_default();
        let single = if self.gid.is_some() { "&single=true" } else { "" };
        match &self.document {
            Document::Shared(id) => format!("/spreadsheets/d/{id}/export?format=csv{gid}"),
            Document::PublishedShared(id) => format!("/spreadsheets/d/{id}/pub?output=csv{single}{gid}"),
            Document::Published(id) => format!("/spreadsheets/d/e/{id}/pub?output=csv{single}{gid}"),
        }
    }

    /// The whole address below a base such as `https://docs.google.com`.
    #[must_use]
    pub fn export_url(&self, base: &str) -> String {
        format!("{}{}", base.trim_end_matches('/'), self.export_path())
    }

    /// The number of the tab, when the link says one.
    #[must_use]
    pub const fn gid(&self) -> Option<u64> {
        self.gid
    }
}

/// The link as it is shown to people and kept: equal links are written alike, and read back as they were.
impl fmt::Display for SheetLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (place, id, way) = match &self.document {
            Document::Shared(id) => ("d", id, "edit"),
            Document::PublishedShared(id) => ("d", id, "pubhtml"),
            Document::Published(id) => ("d/e", id, "pubhtml"),
        };
        write!(f, "https://{SHEET_HOST}/spreadsheets/{place}/{id}/{way}")?;
        self.gid.map_or(Ok(()), |gid| write!(f, "#gid={gid}"))
    }
}

impl SheetLinkError {
    /// The error beside the field of the API.
    #[must_use]
    pub fn field_error(&self) -> FieldError {
        FieldError::new("google_sheet_url", self.to_string())
    }
}

#[derive(Clone, Copy)]
enum Host {
    Sheets,
    Drive,
}

fn check_characters(link: &str) -> Result<(), SheetLinkError> {
    if link.is_empty() {
        return Err(SheetLinkError::Empty);
    }
    if link.len() > LINK_LENGTH_MAX {
        return Err(SheetLinkError::TooLong);
    }
    let forbidden = |character: &char| character.is_control() || character.is_whitespace() || *character == '\\';
    link.chars().find(forbidden).map_or(Ok(()), |character| Err(SheetLinkError::ForbiddenCharacter(character)))
}

/// The host must be ours to the letter: no user, no port, no dot at its end. The scheme may be left out.
fn split_host(place: &str) -> Result<(Host, &str), SheetLinkError> {
    let rest = match place.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => rest,
        Some(_) => return Err(SheetLinkError::NotHttps),
        None => place,
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if host.eq_ignore_ascii_case(SHEET_HOST) {
        Ok((Host::Sheets, path))
    } else if host.eq_ignore_ascii_case(DRIVE_HOST) {
        Ok((Host::Drive, path))
    } else {
        Err(SheetLinkError::OtherHost)
    }
}

/// `spreadsheets/d/ID/…`, also `a/DOMAIN/spreadsheets/…`, `spreadsheets/u/0/d/ID/…` and `spreadsheets/d/e/ID/pub`.
fn read_document(segments: &[&str]) -> Result<Document, SheetLinkError> {
    let segments = match segments {
        ["a", _, rest @ ..] | ["u", _, rest @ ..] => rest,
        all => all,
    };
    let segments = match segments {
        ["spreadsheets", "u" | "a", _, rest @ ..] | ["spreadsheets", rest @ ..] => rest,
        ["document", ..] => return Err(SheetLinkError::NotASheet("a Google Doc")),
        ["presentation", ..] => return Err(SheetLinkError::NotASheet("Google Slides")),
        ["forms", ..] => return Err(SheetLinkError::NotASheet("a Google Form")),
        ["drawings", ..] => return Err(SheetLinkError::NotASheet("a Google Drawing")),
        _ => return Err(SheetLinkError::NoId),
    };
    match segments {
        ["d", "e", id, ..] => Ok(Document::Published(read_id(id)?)),
        ["d", id, "pub" | "pubhtml", ..] => Ok(Document::PublishedShared(read_id(id)?)),
        ["d", id, ..] => Ok(Document::Shared(read_id(id)?)),
        _ => Err(SheetLinkError::NoId),
    }
}

/// Drive's `open?id=ID` leads to whatever has the id; a path says what it is.
fn read_drive(segments: &[&str], query: &str) -> Result<Document, SheetLinkError> {
    if segments.contains(&"folders") {
        return Err(SheetLinkError::Folder);
    }
    match segments.last() {
        Some(&"open") => {
            let mut ids = values(query, "id");
            let id = ids.next().ok_or(SheetLinkError::NoId)?;
            if ids.any(|other| other != id) { Err(SheetLinkError::NoId) } else { read_id(id).map(Document::Shared) }
        }
        Some(&"uc") => Err(SheetLinkError::DriveFile),
        _ if segments.contains(&"file") => Err(SheetLinkError::DriveFile),
        _ => Err(SheetLinkError::NoId),
    }
}

fn read_id(text: &str) -> Result<String, SheetLinkError> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let is_id = is_plain && ID_LENGTH.contains(&text.len()) && !NO_IDS.contains(&text);
    if is_id { Ok(text.to_owned()) } else { Err(SheetLinkError::NoId) }
}

/// The tab that the address bar shows stands behind `#`; there it wins over the query, which may be of an older tab.
fn read_gid(query: &str, fragment: &str) -> Result<Option<u64>, SheetLinkError> {
    for part in [fragment, query] {
        let mut gids = values(part, "gid").map(read_number);
        let Some(gid) = gids.next().transpose()? else {
            continue;
        };
        for other in gids {
            if other? != gid {
                return Err(SheetLinkError::TwoGids);
            }
        }
        return Ok(Some(gid));
    }
    Ok(None)
}

fn read_number(text: &str) -> Result<u64, SheetLinkError> {
    let is_number = text.len() <= GID_LENGTH_MAX && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number).ok_or(SheetLinkError::BadGid)
}

/// The values of a parameter in a query or in a fragment. An empty one says nothing.
fn values<'a>(query: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(move |(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value)
}

#[cfg(test)]
mod tests;
