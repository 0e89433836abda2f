//! A small XML tree: elements, attributes, text.
//!
//! Stricter than a lenient parser where the carrier is: one root, no document type, no character that XML forbids, no
//! entity but the five of XML, bounded depth.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

const DEPTH_MAX: usize = 32;

/// One element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// All text inside, tags left out, white space as one blank.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.gather_text(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn gather_text(&self, into: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => into.push_str(text),
                Node::Element(element) => {
                    into.push(' ');
                    element.gather_text(into);
                    into.push(' ');
                }
            }
        }
    }
}

/// Reads a document; the error says what is not well-formed.
pub(crate) fn parse(text: &str) -> Result<Element, String> {
    if let Some(forbidden) = text.chars().find(|c| !is_allowed(*c)) {
        return Err(format!("character {forbidden:?} is not allowed in XML"));
    }
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(start) => {
                if open.len() > DEPTH_MAX {
                    return Err(format!("more than {DEPTH_MAX} elements inside one another"));
                }
                open.push(element(&start)?);
            }
            Event::Empty(start) => add(&mut open, Node::Element(element(&start)?)),
            Event::End(_) => {
                let closed = open.pop().ok_or("an end without a start")?;
                if open.is_empty() {
                    return Err("an end without a start".to_owned());
                }
                add(&mut open, Node::Element(closed));
            }
            Event::Text(text) => add(&mut open, Node::Text(text.xml10_content().into_owned())),
            Event::CData(data) => add(&mut open, Node::Text(data.xml10_content().into_owned())),
            Event::GeneralRef(reference) => {
                add(&mut open, Node::Text(resolved(&reference.xml10_content())?));
            }
            Event::DocType(_) => return Err("a document type is not accepted".to_owned()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return root(open),
        }
    }
}

fn root(mut open: Vec<Element>) -> Result<Element, String> {
    if open.len() > 1 {
        return Err(format!("<{}> is not closed", open.pop().map(|element| element.name).unwrap_or_default()));
    }
    let outside = open.pop().unwrap_or_default();
    let stray = outside.children.iter().any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty()));
    let mut elements = outside.children.into_iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    match (elements.next(), elements.next(), stray) {
        (Some(root), None, false) => Ok(root),
        _ => Err("not exactly one root element".to_owned()),
    }
}

fn add(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|error| error.to_string())?;
        if value.chars().any(|c| !is_allowed(c)) {
            return Err("an attribute holds a character not allowed in XML".to_owned());
        }
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element { name: start.name().as_ref().to_owned(), attributes, children: Vec::new() })
}

fn resolved(reference: &str) -> Result<String, String> {
    let text = quick_xml::escape::unescape(&format!("&{reference};")).map_err(|error| error.to_string())?.into_owned();
    if text.chars().any(|c| !is_allowed(c)) {
        return Err(format!("&{reference}; is a character not allowed in XML"));
    }
    Ok(text)
}

/// The characters of XML 1.0.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_comes_is_read_or_refused(text in "[<>/&;#x0-9a-zA-Z\"'= !\\[\\]?-]{0,80}|\\PC{0,40}") {
            let _ = parse(&text);
        }

        #[test]
        fn text_that_was_escaped_is_read_back(words in prop::collection::vec("[^\\s\\p{C}]{1,12}", 1..6)) {
            let text = words.join(" ");
            let escaped = quick_xml::escape::escape(&text);
            let root = parse(&format!("<R a=\"{escaped}\">{escaped}</R>")).unwrap();
            prop_assert_eq!(root.text(), text.as_str());
            prop_assert_eq!(root.attribute("a"), Some(text.as_str()));
        }
    }

    #[test]
    fn text_is_read_through_tags_entities_and_sections() {
        let root = parse(
            "<?xml version=\"1.0\"?><R><Say a=\"1 &amp; 2\">Tom &amp; <b>&lt;Jerry&#62;</b> <![CDATA[<x>]]></Say></R>",
        )
        .unwrap();
        let say = root.elements().next().unwrap();
        assert_eq!(say.attribute("a"), Some("1 & 2"));
        assert_eq!(say.text(), "Tom & <Jerry> <x>");
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for wrong in [
            "",
            "text",
            "<R>",
            "<R></S>",
            "</R>",
            "<R/><R/>",
            "<R/>tail",
            "<R>\u{1}</R>",
            "<R>&#0;</R>",
            "<R>&#x1b;</R>",
            "<R>&nbsp;</R>",
            "<R>a & b</R>",
            "<!DOCTYPE R [<!ENTITY x 'y'>]><R>&x;</R>",
            "<R a=1/>",
            "<R a='1' a='2'/>",
            "<R a='&bogus;'/>",
        ] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
        assert!(parse(&("<a>".repeat(40) + &"</a>".repeat(40))).is_err());
    }
}
