//! American spelling in everything we write, and nothing that belongs to one machine.
//!
//! Methods of other crates keep the spelling they were given, and so do the standards of the web; German is German. The lists below are spelled in halves, so
//! that this file passes its own rules.

use super::{Finding, Source, at};

/// First half, second half, the American word.
const BRITISH: [(&str, &str, &str); 41] = [
    ("cance", "lled", "canceled"),
    ("cance", "lling", "canceling"),
    ("organ", "isation", "organization"),
    ("organ", "ise", "organize"),
    ("organ", "ising", "organizing"),
    ("dia", "lled", "dialed"),
    ("dia", "lling", "dialing"),
    ("redia", "lled", "redialed"),
    ("behav", "iour", "behavior"),
    ("col", "our", "color"),
    ("fav", "our", "favor"),
    ("hon", "our", "honor"),
    ("neighb", "our", "neighbor"),
    ("lab", "elled", "labeled"),
    ("trav", "elled", "traveled"),
    ("sign", "alling", "signaling"),
    ("mode", "lling", "modeling"),
    ("cent", "re", "center"),
    ("lice", "nce", "license"),
    ("defe", "nce", "defense"),
    ("anal", "yse", "analyze"),
    ("author", "ise", "authorize"),
    ("recogn", "ise", "recognize"),
    ("initial", "ise", "initialize"),
    ("serial", "ise", "serialize"),
    ("serial", "isation", "serialization"),
    ("normal", "ise", "normalize"),
    ("priorit", "ise", "prioritize"),
    ("minim", "ise", "minimize"),
    ("maxim", "ise", "maximize"),
    ("optim", "ise", "optimize"),
    ("summar", "ise", "summarize"),
    ("synchron", "ise", "synchronize"),
    ("custom", "ise", "customize"),
    ("categor", "ise", "categorize"),
    ("util", "ise", "utilize"),
    ("author", "isation", "authorization"),
    ("enro", "lment", "enrollment"),
    ("progra", "mme ", "program"),
    ("whi", "lst", "while"),
    ("art", "efact", "artifact"),
];

/// Texts that name one machine, one registry or one maker's workshop.
const PLACES: [(&str, &str); 11] = [
    ("/wo", "rk/"),
    ("/tm", "p/"),
    ("/ro", "ot/"),
    ("/ho", "me/"),
    ("static.crat", "es.io"),
    ("index.crat", "es.io"),
    ("registry.npm", "js.org"),
    ("python", "hosted.org"),
    ("pypi", ".org"),
    ("deb.deb", "ian.org"),
    ("proxy.gol", "ang.org"),
];

/// Words of other languages, whose spelling is theirs.
const FOREIGN: &str = "web/src/i18n/de/";
/// A standard's own word: the attribute that names what labels an element.
const STANDARD: &str = "aria-";

pub fn american(source: &Source) -> Vec<Finding> {
    if source.path.starts_with(FOREIGN) {
        return Vec::new();
    }
    let text = source.raw.to_ascii_lowercase();
    let mut found = Vec::new();
    for (head, tail, ours) in BRITISH {
        let word = format!("{head}{tail}");
        let places = text.match_indices(&word).map(|(offset, _)| offset);
        let ours_alone = places
            .filter(|offset| !is_foreign_method(source, *offset, word.len()) && !text[..*offset].ends_with(STANDARD));
        found.extend(ours_alone.map(|offset| at(source, offset, format!("American spelling: {ours}"))));
    }
    found
}

/// `.is_…()` and `.…()` in code: a method of another crate keeps its name.
fn is_foreign_method(source: &Source, offset: usize, width: usize) -> bool {
    let code = source.code.as_bytes();
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let start = code[..offset].iter().rposition(|byte| !is_part(*byte));
    let end = code[offset + width..].iter().position(|byte| !is_part(*byte));
    let (Some(start), Some(end)) = (start, end) else {
        return false;
    };
    code[start] == b'.' && code[offset + width + end] == b'('
}

pub fn places(source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    for (head, tail) in PLACES {
        let place = format!("{head}{tail}");
        let offsets = source.raw.match_indices(&place).map(|(offset, _)| offset);
        found.extend(
            offsets.map(|offset| {
                at(source, offset, format!("`{place}` belongs to one machine or registry: leave it out"))
            }),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::samples::{ENGINE, lines};

    fn british(at: usize) -> String {
        format!("{}{}", BRITISH[at].0, BRITISH[at].1)
    }

    #[test]
    fn every_british_word_is_found_in_code_strings_and_comments() {
        for at in 0..BRITISH.len() {
            let word = british(at);
            assert!(!lines(american, ENGINE, &format!("// {word}\n")).is_empty(), "{word}");
            assert!(!lines(american, "docs/operate.md", &format!("It is {word}.\n")).is_empty(), "{word}");
        }
        assert_eq!(lines(american, ENGINE, &format!("\nlet {} = 1;\n", british(0))), [2]);
    }

    #[test]
    fn methods_of_other_crates_keep_their_names() {
        let word = british(0);
        assert!(lines(american, ENGINE, &format!("stop.{word}().await; if stop.is_{word}() {{}}")).is_empty());
        assert_eq!(lines(american, ENGINE, &format!("fn is_{word}() {{}}")), [1]);
    }

    #[test]
    fn other_languages_and_the_standards_of_the_web_keep_their_words() {
        let (word, labeled) = (british(2), british(13));
        assert!(lines(american, "web/src/i18n/de/shell.ts", &format!("// {word}\n")).is_empty());
        assert_eq!(lines(american, "web/src/i18n/en/shell.ts", &format!("// {word}\n")), [1]);
        assert!(lines(american, "web/src/shared/panel.tsx", &format!("<p aria-{labeled}by={{id}}>\n")).is_empty());
    }

    #[test]
    fn american_words_pass() {
        assert!(
            lines(american, ENGINE, "// canceled, organization, optimistic, license, organism, dialed\n").is_empty()
        );
    }

    #[test]
    fn places_of_one_machine_are_found() {
        for (head, tail) in PLACES {
            assert_eq!(lines(places, "docs/operate.md", &format!("\nsee {head}{tail}\n")), [2], "{head}{tail}");
        }
        assert!(lines(places, "docs/operate.md", "see /var/lib/carillon and https://twilio.com\n").is_empty());
    }
}
