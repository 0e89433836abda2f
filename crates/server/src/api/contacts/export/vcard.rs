//! Contacts as vCards (RFC 6350, version 3.0 of which every address book reads).
//!
//! Values are escaped and long lines folded; what a vCard has no property for is left out.

use std::fmt::Write;

use bytes::Bytes;
use carillon_domain::contact::Contact;

use crate::store::contacts::Entry;

/// Octets of a line before it is folded.
const LINE_BYTES_MAX: usize = 75;

/// The cards of some contacts.
pub(super) fn cards(page: Vec<Entry>) -> Bytes {
    let mut text = String::new();
    for entry in page {
        card(&mut text, &entry.contact);
    }
    text.into()
}

fn card(text: &mut String, contact: &Contact) {
    line(text, "BEGIN:VCARD");
    line(text, "VERSION:3.0");
    let name = if contact.name.is_empty() { contact.phone.as_str() } else { &contact.name };
    line(text, &format!("FN:{}", escaped(name)));
    line(text, &format!("N:{};{};;;", escaped(&contact.last_name), escaped(&contact.first_name)));
    line(text, &format!("TEL:{}", contact.phone));
    let tags: Vec<String> = contact.tags.iter().map(|tag| escaped(tag)).collect();
    let timezone = contact.timezone.as_ref().map(ToString::to_string).unwrap_or_default();
    let others = [
        ("EMAIL", escaped(&contact.email)),
        ("ORG", escaped(&contact.company)),
        ("NOTE", escaped(&contact.notes)),
        ("CATEGORIES", tags.join(",")),
        ("TZ;VALUE=text", escaped(&timezone)),
    ];
    for (property, value) in others.into_iter().filter(|(_, value)| !value.is_empty()) {
        line(text, &format!("{property}:{value}"));
    }
    line(text, "END:VCARD");
}

fn escaped(value: &str) -> String {
    let signs = value.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    signs.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

/// A line, folded: a break and a blank between two parts mean nothing.
fn line(text: &mut String, content: &str) {
    let mut rest = content;
    let mut room = LINE_BYTES_MAX;
    while rest.len() > room {
        let (part, after) = rest.split_at(rest.floor_char_boundary(room));
        let _ = write!(text, "{part}\r\n ");
        // The blank counts.
        (rest, room) = (after, LINE_BYTES_MAX - 1);
    }
    text.push_str(rest);
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_break_out_of_their_line() {
        assert_eq!(escaped("a;b,c\\d\r\nTEL:1\n2"), "a\\;b\\,c\\\\d\\nTEL:1\\n2");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut text = String::new();
        line(&mut text, &format!("NOTE:{}", "é".repeat(100)));
        assert!(text.split("\r\n").all(|part| part.len() <= LINE_BYTES_MAX), "{text}");
        assert_eq!(text.replace("\r\n ", "").trim_end(), format!("NOTE:{}", "é".repeat(100)));
    }
}
