//! The walls between the rooms: who may import whom (the table in ARCHITECTURE.md).
//!
//! Reads every `crate::…`, `super::…` and crate name in code outside tests; groups in braces are taken apart.
//! What a room exports to which other room is the table [`DOORS`].

use super::{Finding, Source, at};
use crate::source::{closing, words_at};

const ROOMS: [&str; 4] = ["store", "telephony", "engine", "api"];

/// What of a room another room may use: the first name behind the room's. A pair that is not here may use nothing.
const DOORS: [(&str, &str, Door); 5] = [
    ("engine", "store", Door::All),
    ("engine", "telephony", Door::AllBut(&VENDOR)),
    ("api", "store", Door::All),
    (
        "api",
        "engine",
        Door::Only(&[
            "Engine",
            "EngineHandle",
            "Handle",
            "backlog",
            "control",
            "explain",
            "handle",
            "readiness",
            "scheduling",
        ]),
    ),
    (
        "api",
        "telephony",
        Door::Only(&[
            "Callback",
            "CallbackKind",
            "CallbackUrls",
            "CarrierProfile",
            "FlowUrls",
            "callback_urls",
            "callbacks",
            "public_url",
            "PublicUrl",
            "signature",
            "twiml",
        ]),
    ),
];
/// One vendor's client, the doors' business, and the scripted carrier of tests: the engine sees `Carrier` and its words.
const VENDOR: [&str; 9] = [
    "callbacks",
    "profile",
    "scripted",
    "signature",
    "twilio",
    "CarrierProfile",
    "ScriptedCarrier",
    "TwilioCarrier",
    "TwilioSettings",
];

enum Door {
    All,
    AllBut(&'static [&'static str]),
    Only(&'static [&'static str]),
}

impl Door {
    fn lets_through(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::AllBut(names) => !names.contains(&name),
            Self::Only(names) => names.contains(&name),
        }
    }
}

/// Crates of ours that a folder may not name.
const FOREIGN: [(&str, &[&str]); 6] = [
    ("crates/domain/src/", &["carillon", "carillon_simulator"]),
    ("crates/simulator/src/", &["carillon", "carillon_domain"]),
    ("crates/server/src/store", &["carillon_simulator"]),
    ("crates/server/src/telephony", &["carillon_simulator"]),
    ("crates/server/src/engine", &["carillon_simulator"]),
    ("crates/server/src/api", &["carillon_simulator"]),
];

pub fn imports(source: &Source) -> Vec<Finding> {
    let mut found = foreign_crates(source);
    if let Some(room) = room_of(&source.path) {
        found.extend(other_rooms(source, room));
    }
    found
}

fn foreign_crates(source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    for (folder, names) in FOREIGN {
        if !source.path.starts_with(folder) {
            continue;
        }
        for name in names {
            let text = format!("{folder} must not know `{name}`: pass what it needs as a value or through a trait");
            let path = format!("{name}::");
            let places = words_at(&source.code, &path).filter(|offset| !source.is_test_at(*offset));
            found.extend(places.map(|offset| at(source, offset, text.clone())));
        }
    }
    found
}

fn other_rooms(source: &Source, room: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (offset, path) in paths(source) {
        let Some((other, inside)) = path.split_once("::").or(Some((path.as_str(), ""))) else {
            continue;
        };
        if ROOMS.contains(&other) && other != room && !source.is_test_at(offset) && !may_use(room, other, inside) {
            let text = format!("`{room}` must not import `{path}`: see the table of rooms in ARCHITECTURE.md");
            found.push(at(source, offset, text));
        }
    }
    found
}

fn may_use(room: &str, other: &str, inside: &str) -> bool {
    let first = inside.split("::").next().unwrap_or_default();
    DOORS.iter().any(|(from, to, door)| (*from, *to) == (room, other) && door.lets_through(first))
}

fn room_of(path: &str) -> Option<&'static str> {
    let inside = path.strip_prefix("crates/server/src/")?;
    let first = inside.split('/').next()?.trim_end_matches(".rs");
    ROOMS.into_iter().find(|room| *room == first)
}

/// Every path below the crate that the file names, from the crate's root on.
fn paths(source: &Source) -> Vec<(usize, String)> {
    let code = &source.code;
    let from_root = words_at(code, "crate::")
        .flat_map(|offset| expand(code, offset + "crate::".len(), "").into_iter().map(move |path| (offset, path)));
    let depth = source.path.trim_start_matches("crates/server/src/").trim_end_matches("/mod.rs").split('/').count();
    let chain = "super::".repeat(depth);
    let from_above = words_at(code, "super::")
        .filter(|offset| !code[..*offset].ends_with("super::") && code[*offset..].starts_with(&chain));
    let from_above = from_above
        .flat_map(|offset| expand(code, offset + chain.len(), "").into_iter().map(move |path| (offset, path)));
    from_root.chain(from_above).collect()
}

/// The paths of a use tree that begins at `offset`: `a::{b, c::D}` is `a::b` and `a::c::D`.
fn expand(code: &str, offset: usize, prefix: &str) -> Vec<String> {
    let rest = &code[offset..];
    let plain = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
    let head = format!("{prefix}{}", &rest[..plain]);
    if !rest[plain..].starts_with('{') || !(plain == 0 || rest[..plain].ends_with("::")) {
        return vec![head.trim_end_matches("::").to_owned()];
    }
    let end = closing(code, offset + plain, (b'{', b'}'));
    let mut found = Vec::new();
    let (mut depth, mut start) = (0, offset + plain + 1);
    for (at, byte) in code.bytes().enumerate().take(end + 1).skip(offset + plain + 1) {
        match byte {
            b'{' => depth += 1,
            b'}' if at != end => depth -= 1,
            b',' | b'}' if depth == 0 => {
                let trimmed = start + code[start..at].len() - code[start..at].trim_start().len();
                if trimmed < at {
                    found.extend(expand(code, trimmed, &head));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::samples::{API, DOMAIN, ENGINE, STORE, TELEPHONY, lines};

    #[test]
    fn the_store_imports_no_room() {
        assert_eq!(lines(imports, STORE, "\nuse crate::engine::Dialer;\n"), [2]);
        assert_eq!(lines(imports, STORE, "use crate::{clock::Clock, api::ApiError};\n"), [1]);
        assert!(lines(imports, STORE, "use crate::store::Tx;\nuse carillon_domain::Attempt;\n").is_empty());
    }

    #[test]
    fn telephony_imports_no_room() {
        assert_eq!(lines(imports, TELEPHONY, "fn a() { crate::store::write(); }"), [1]);
    }

    #[test]
    fn the_engine_sees_the_store_and_the_carrier_alone() {
        let raw = "use crate::store::{self, Tx};\nuse crate::telephony::Carrier;\nuse crate::telephony::twilio::Client;\nuse crate::api::App;\n";
        assert_eq!(lines(imports, ENGINE, raw), [3, 4]);
    }

    #[test]
    fn the_api_sees_the_engine_through_its_handle() {
        let raw = "use crate::engine::Handle;\nuse crate::engine::dialer::tick;\nuse crate::telephony::{callbacks::parse, twilio::Client};\n";
        assert_eq!(lines(imports, API, raw), [2, 3]);
    }

    #[test]
    fn a_way_over_the_roof_is_a_way() {
        assert_eq!(lines(imports, "crates/server/src/store/attempts.rs", "use super::super::api::App;"), [1]);
        assert!(lines(imports, "crates/server/src/store/attempts.rs", "use super::api::App;").is_empty());
    }

    #[test]
    fn crates_keep_apart() {
        assert_eq!(lines(imports, DOMAIN, "use carillon_simulator::Ledger;"), [1]);
        assert_eq!(lines(imports, "crates/simulator/src/lib.rs", "use carillon_domain::Outcome;"), [1]);
        assert_eq!(lines(imports, ENGINE, "use carillon_simulator::Ledger;"), [1]);
        assert!(lines(imports, "crates/server/src/demo.rs", "use carillon_simulator::Ledger;").is_empty());
    }

    #[test]
    fn groups_are_taken_apart() {
        assert_eq!(expand("a::{b, c::{D, e::*}};", 0, ""), ["a::b", "a::c::D", "a::c::e"]);
    }
}
