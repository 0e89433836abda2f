//! A text with merge fields: `{{first_name}}` or, with a default, `{{first_name|there}}`.
//!
//! Values are data. They are put in once and never looked at again, so that a field or markup in a
//! contact's name is spoken as it stands. Whether a field exists is asked of [`MessageTemplate::fields`]
//! by whoever knows the custom ones.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::RENDERED_LENGTH_MAX;

/// The field that every campaign has.
pub const ORGANIZATION_NAME: &str = "organization_name";
/// The fields that every contact has, and the organization's name.
pub const CONTACT_FIELDS: &[&str] = &[
    "name",
    "first_name",
    "last_name",
    "phone",
    "email",
    "company",
    "language",
    "postal_code",
    "state",
    "timezone",
    ORGANIZATION_NAME,
];

/// A template may be longer than what it renders, by its field names.
const TEMPLATE_LENGTH_MAX: usize = 6_000;
const FIELD_NAME_LENGTH_MAX: usize = 64;
/// A longer value of a contact is cut, so that one row cannot fill the message.
const VALUE_LENGTH_MAX: usize = 500;

/// A message's text, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageTemplate {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Field { name: String, default: Option<String> },
}

/// What is wrong with a template, and at which character, counted from one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("the field that begins at character {position} is not closed with }}}}")]
    NotClosed { position: usize },
    #[error("the }}}} at character {position} closes nothing")]
    NotOpened { position: usize },
    #[error("a field within a field at character {position}")]
    Nested { position: usize },
    #[error("\"{name}\" at character {position} is not a field name; letters, digits and _ are wanted")]
    BadName { name: String, position: usize },
    #[error("longer than {max} characters")]
    TooLong { max: usize },
}

/// The values of one recipient, by field name. Frozen when the recipient is enrolled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MergeFields(BTreeMap<String, String>);

/// A message as one recipient hears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub text: String,
    /// Fields that had neither a value nor a default, each once.
    pub missing: Vec<String>,
    /// The text was longer than the carrier takes, and its end is gone.
    pub is_cut: bool,
}

impl MessageTemplate {
    /// Takes a text apart.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        if text.chars().count() > TEMPLATE_LENGTH_MAX {
            return Err(TemplateError::TooLong { max: TEMPLATE_LENGTH_MAX });
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let at = text.len() - rest.len();
            let (part, after) = if rest.starts_with("{{") { field(text, at)? } else { literal(text, at)? };
            parts.push(part);
            rest = after;
        }
        let template = Self { parts };
        if template.literal_length() > RENDERED_LENGTH_MAX {
            return Err(TemplateError::TooLong { max: RENDERED_LENGTH_MAX });
        }
        Ok(template)
    }

    /// The names of its fields, each once, in the order of their first use.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for part in &self.parts {
            if let Part::Field { name, .. } = part
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        }
        names
    }

    /// Whether every use of a field has a default, so that nobody hears a gap.
    #[must_use]
    pub fn has_default(&self, field: &str) -> bool {
        let bare = |part: &Part| matches!(part, Part::Field { name, default: None } if name == field);
        !self.parts.iter().any(bare)
    }

    /// The fields that are neither a contact's own nor among the custom ones.
    pub fn unknown_fields(&self, custom: impl Fn(&str) -> bool) -> Vec<&str> {
        self.fields().into_iter().filter(|name| !CONTACT_FIELDS.contains(name) && !custom(name)).collect()
    }

    /// Fills the fields in. An empty value counts as none.
    #[must_use]
    pub fn render(&self, fields: &MergeFields) -> Rendered {
        let mut text = String::new();
        let mut missing: Vec<String> = Vec::new();
        for part in &self.parts {
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Field { name, default } => match fields.get(name).or(default.as_deref()) {
                    Some(value) => text.extend(value.chars().take(VALUE_LENGTH_MAX)),
                    None if missing.contains(name) => {}
                    None => missing.push(name.clone()),
                },
            }
        }
        let speakable: String = text.chars().filter_map(speakable).collect();
        let (text, is_cut) = match speakable.char_indices().nth(RENDERED_LENGTH_MAX) {
            Some((end, _)) => (speakable[..end].to_owned(), true),
            None => (speakable, false),
        };
        Rendered { text, missing, is_cut }
    }

    fn literal_length(&self) -> usize {
        let lengths = self.parts.iter().map(|part| match part {
            Part::Text(literal) => literal.chars().count(),
            Part::Field { .. } => 0,
        });
        lengths.sum()
    }
}

/// Breaks of lines are breaths; other control characters and those that XML cannot hold are dropped.
fn speakable(character: char) -> Option<char> {
    match character {
        '\n' | '\r' | '\t' => Some(' '),
        '\u{fffe}' | '\u{ffff}' => None,
        other => (!other.is_control()).then_some(other),
    }
}

fn position(text: &str, at: usize) -> usize {
    text[..at].chars().count() + 1
}

fn literal(text: &str, at: usize) -> Result<(Part, &str), TemplateError> {
    let rest = &text[at..];
    let end = rest.find("{{").unwrap_or(rest.len());
    if let Some(close) = rest[..end].find("}}") {
        return Err(TemplateError::NotOpened { position: position(text, at + close) });
    }
    Ok((Part::Text(rest[..end].to_owned()), &rest[end..]))
}

fn field(text: &str, at: usize) -> Result<(Part, &str), TemplateError> {
    let inside = &text[at + 2..];
    let end = inside.find("}}").ok_or_else(|| TemplateError::NotClosed { position: position(text, at) })?;
    let (inside, after) = (&inside[..end], &inside[end + 2..]);
    if let Some(nested) = inside.find("{{") {
        return Err(TemplateError::Nested { position: position(text, at + 2 + nested) });
    }
    let (name, default) = match inside.split_once('|') {
        Some((name, default)) => (name.trim(), Some(default.trim().to_owned())),
        None => (inside.trim(), None),
    };
    if !is_field_name(name) {
        let shown = name.chars().take(FIELD_NAME_LENGTH_MAX).collect();
        return Err(TemplateError::BadName { name: shown, position: position(text, at) });
    }
    Ok((Part::Field { name: name.to_owned(), default }, after))
}

/// Whether a custom field may have this name, and a template name it.
#[must_use]
pub fn is_field_name(name: &str) -> bool {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let goes_on = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    starts_well && goes_on && name.len() <= FIELD_NAME_LENGTH_MAX
}

impl MergeFields {
    /// The value of a field; `None` when there is none or it is blank.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// Sets the value of a field.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), value.into());
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for MergeFields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        Self(fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn render(template: &str, fields: &[(&str, &str)]) -> Rendered {
        let template = MessageTemplate::parse(template).expect("a template");
        template.render(&fields.iter().copied().collect())
    }

    #[test]
    fn fields_are_filled_in_or_take_their_default() {
        let ann = [("first_name", "Ann"), ("plan", "Gold")];
        let cases = [
            ("Hello {{first_name}}.", "Hello Ann."),
            ("Hello {{ first_name | there }}.", "Hello Ann."),
            ("Hello {{last_name|there}}, your plan is {{plan}}", "Hello there, your plan is Gold"),
            ("{{plan}}{{plan}}", "GoldGold"),
            ("{one} brace } each {", "{one} brace } each {"),
            ("no field", "no field"),
        ];
        for (template, expected) in cases {
            let rendered = render(template, &ann);
            assert_eq!(rendered.text, expected);
            assert!(rendered.missing.is_empty() && !rendered.is_cut);
        }
    }

    #[test]
    fn missing_fields_are_named_once() {
        let rendered = render("{{a}} {{b|}} {{a}} {{c}}", &[("c", "  ")]);
        assert_eq!(rendered.missing, ["a", "c"]);
        assert_eq!(MessageTemplate::parse("{{a}} {{b}} {{a}}").expect("a template").fields(), ["a", "b"]);
    }

    #[test]
    fn a_field_has_a_default_when_every_use_of_it_has_one() {
        let template = MessageTemplate::parse("{{a|x}} {{b|}} {{a}} {{c|y}} {{c|z}}").expect("a template");
        assert_eq!(["a", "b", "c"].map(|field| template.has_default(field)), [false, true, true]);
    }

    #[test]
    fn unknown_fields_are_found() {
        let template = MessageTemplate::parse("{{first_name}} {{plan}} {{nonsense|x}} {{organization_name}}");
        assert_eq!(template.expect("a template").unknown_fields(|name| name == "plan"), ["nonsense"]);
    }

    #[test]
    fn values_are_data() {
        let hostile = "{{secret}} </Say><Dial>+19005550143</Dial> &#0; ]]>";
        let rendered = render("Hello {{name}}!", &[("name", hostile), ("secret", "no")]);
        assert_eq!(rendered.text, format!("Hello {hostile}!"), "spoken as it stands, and escaped at the edge");
        let rendered = render("Hi {{name}}", &[("name", "A\0nn\u{7}\u{ffff}\nLee")]);
        assert_eq!(rendered.text, "Hi Ann Lee");
    }

    #[test]
    fn errors_tell_the_place() {
        use TemplateError as E;
        let bad = |name: &str, position| E::BadName { name: name.to_owned(), position };
        let cases = [
            ("Hé {{name", E::NotClosed { position: 4 }),
            ("Hé name}}", E::NotOpened { position: 8 }),
            ("{{a {{b}}", E::Nested { position: 5 }),
            ("{{}}", bad("", 1)),
            ("x {{first name}}", bad("first name", 3)),
            ("{{1st}}", bad("1st", 1)),
            ("{{näme}}", bad("näme", 1)),
        ];
        for (text, error) in cases {
            assert_eq!(MessageTemplate::parse(text), Err(error), "{text}");
        }
        assert_eq!(
            MessageTemplate::parse("{{a").expect_err("open").to_string(),
            "the field that begins at character 1 is not closed with }}"
        );
    }

    #[test]
    fn lengths_are_bounded() {
        assert!(MessageTemplate::parse(&"é".repeat(3_000)).is_ok());
        assert_eq!(MessageTemplate::parse(&"é".repeat(3_001)), Err(TemplateError::TooLong { max: 3_000 }));
        let long = "x".repeat(100_000);
        let rendered = render("{{a}}", &[("a", &long)]);
        assert_eq!(rendered.text.len(), VALUE_LENGTH_MAX, "one value cannot fill the message");
        let rendered = render(&format!("{}{{{{a}}}}", "x".repeat(2_900)), &[("a", &long)]);
        assert!(rendered.is_cut && rendered.text.chars().count() == RENDERED_LENGTH_MAX);
    }

    proptest! {
        /// No text brings the parser down, and what it takes apart renders within bounds.
        #[test]
        fn any_text_is_refused_or_rendered(text in "([a-zé{}| ]|\\{\\{|\\}\\}){0,40}", value in any::<String>()) {
            if let Ok(template) = MessageTemplate::parse(&text) {
                let fields: MergeFields = template.fields().into_iter().map(|name| (name, value.as_str())).collect();
                let rendered = template.render(&fields);
                prop_assert!(!rendered.text.chars().any(char::is_control));
                prop_assert!(rendered.text.chars().count() <= RENDERED_LENGTH_MAX);
            }
        }
    }
}
