//! Names in code: suffixes that say nothing, and words the glossary has replaced.
//!
//! Only names that a file defines are read; what other crates call their things is their business. The glossary
//! itself stands in CONTRIBUTING.md.

use super::{Finding, Source, at};
use crate::items;

const EMPTY_SUFFIXES: [&str; 5] = ["Manager", "Handler", "Processor", "Data", "Info"];
const TYPE_KINDS: [&str; 4] = ["struct", "enum", "trait", "type"];

/// A word that no name of ours contains, and the one to use.
const REPLACED: [(&str, &str); 12] = [
    ("autodial", "dialing mode, or agentless"),
    ("beneficiary", "contact"),
    ("blacklist", "do_not_call"),
    ("blocklist", "do_not_call"),
    ("callout", "campaign"),
    ("campaign_contact", "recipient"),
    ("keypress", "dtmf, or key"),
    ("participant", "recipient"),
    ("redial_rule", "retry policy"),
    ("unsubscribe", "opt_out"),
    ("voicemail_detection", "answering_machine, or amd"),
    ("whitelist", "allowed"),
];

pub fn type_names(source: &Source) -> Vec<Finding> {
    let types = items::definitions(source).into_iter().filter(|definition| TYPE_KINDS.contains(&definition.kind));
    let named_emptily =
        types.filter(|definition| EMPTY_SUFFIXES.iter().any(|suffix| definition.name.ends_with(suffix)));
    named_emptily
        .map(|definition| {
            at(
                source,
                definition.at,
                format!("`{}`: say what it does; services are agent nouns (Dialer, Reaper)", definition.name),
            )
        })
        .collect()
}

pub fn glossary(source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    for definition in items::definitions(source) {
        let name = snake_case(&definition.name);
        for (word, ours) in REPLACED {
            if contains_words(&name, word) {
                found.push(at(source, definition.at, format!("`{}`: the glossary says {ours}", definition.name)));
            }
        }
    }
    found
}

fn contains_words(name: &str, word: &str) -> bool {
    format!("_{name}_").contains(&format!("_{word}_")) || format!("_{name}_").contains(&format!("_{word}s_"))
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (at, c) in name.char_indices() {
        if c.is_uppercase() && at > 0 && !name[..at].ends_with('_') && !name[..at].ends_with(char::is_uppercase) {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::samples::{ENGINE, lines};

    #[test]
    fn empty_suffixes_are_found_in_definitions_alone() {
        assert_eq!(lines(type_names, ENGINE, "struct CallManager;\nenum RowData {}\nlet a: Manager = b;\n"), [1, 2]);
        assert!(lines(type_names, ENGINE, "struct Dialer;\nfn handler() {}\n").is_empty());
    }

    #[test]
    fn replaced_words_are_found() {
        assert_eq!(
            lines(glossary, ENGINE, "struct CampaignContact;\nfn blacklist() {}\nconst PARTICIPANTS_MAX: u8 = 1;\n"),
            [1, 2, 3]
        );
        assert!(lines(glossary, ENGINE, "struct Recipient;\nfn contacts_of_campaign() {}\n").is_empty());
    }
}
