//! Links to sheets: whatever goes in, nothing of it chooses another host.
//!
//! What comes out is a path of a sheet's export, made of an id of the plain alphabet and a number, or an error. The
//! host is found here in another way than the reader finds it: character by character, as a browser would.

#![no_main]

use carillon_domain::import::SheetLink;
use libfuzzer_sys::fuzz_target;

const BASE: &str = "https://docs.google.com";
const HOSTS: [&str; 2] = ["docs.google.com", "drive.google.com"];

fuzz_target!(|text: &str| {
    let Ok(link) = SheetLink::parse(text) else {
        return;
    };
    assert!(HOSTS.contains(&host(text).as_str()), "a link to {:?} was read", host(text));
    let path = link.export_path();
    check_path(&path, text);
    assert_eq!(link.export_url(BASE), format!("{BASE}{path}"));
    assert_eq!(SheetLink::parse(&link.to_string()).as_ref(), Ok(&link), "as it is kept, it reads back");
});

/// What stands between the scheme and the first character that ends a host, in small letters.
fn host(text: &str) -> String {
    let text = text.trim();
    let begin =
        text.find("://").filter(|at| text[..*at].bytes().all(|b| b.is_ascii_alphanumeric())).map_or(0, |at| at + 3);
    let rest = text[begin..].trim_start_matches(['/', '\\']);
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    rest[..end].to_ascii_lowercase()
}

/// `/spreadsheets/d/ID/export?format=csv&gid=N` or a published sheet's; the id stands in the link.
fn check_path(path: &str, text: &str) {
    let rest = path.strip_prefix("/spreadsheets/d/").expect("a path of sheets");
    let rest = rest.strip_prefix("e/").unwrap_or(rest);
    let (id, rest) = rest.split_once('/').expect("an id");
    assert!(id.len() >= 5 && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')), "id {id:?}");
    assert!(text.contains(id), "an id that nobody wrote: {id:?}");
    let ways = ["export?format=csv", "pub?output=csv&single=true", "pub?output=csv"];
    let tab = ways.iter().find_map(|way| rest.strip_prefix(way)).expect("an export as CSV");
    let gid = tab.strip_prefix("&gid=").unwrap_or(tab);
    assert!(tab.is_empty() || (!gid.is_empty() && gid.bytes().all(|b| b.is_ascii_digit())), "tab {tab:?}");
}
