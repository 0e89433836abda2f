//! Several contacts become one: what the survivor says afterwards.
//!
//! Pure. The survivor's own words win, what it lacks is filled from the others in their order, and a person may choose
//! another's word field by field. Nothing is lost: tags are united, notes stand below each other, and a number that is
//! not kept is written down in the notes. History and the do-not-call list are the store's business.

use std::collections::BTreeMap;

use super::{CUSTOM_FIELDS_MAX, Contact, DO_NOT_CALL_TAG, NOTES_LENGTH_MAX, TAGS_MAX};
use crate::field_error::FieldError;
use crate::recipient::RecipientState;

/// Whose word is taken, by field: a place among the merged contacts, the survivor's behind the last. What is not named
/// is the survivor's if it has it.
pub type Choices = BTreeMap<String, usize>;

/// What a person may choose, beside `custom.NAME`.
const CHOOSABLE: [&str; 8] = ["name", "phone", "email", "company", "timezone", "language", "postal_code", "state"];

/// One of several recipients of a run who turn out to be the same person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SamePerson {
    /// Enrolled as the contact that stays.
    pub is_survivor: bool,
    pub state: RecipientState,
    pub was_called: bool,
}

/// Which of a run's recipients need no call, since they are one person: those not yet called when another one was, else
/// all but one of them, of whom the survivor is preferred.
#[must_use]
pub fn superfluous(of_run: &[SamePerson]) -> Vec<usize> {
    let waits = |at: &usize| of_run[*at].state == RecipientState::Pending && !of_run[*at].was_called;
    let waiting: Vec<usize> = (0..of_run.len()).filter(waits).collect();
    if of_run.iter().any(|person| person.was_called || person.state == RecipientState::Dialing) {
        return waiting;
    }
    let stays = waiting.iter().copied().find(|at| of_run[*at].is_survivor).or(waiting.first().copied());
    waiting.into_iter().filter(|at| Some(*at) != stays).collect()
}

impl Contact {
    /// This contact after `others` were merged into it.
    ///
    /// # Errors
    /// When a choice names no field, or everything together does not fit in one contact.
    pub fn merged_with(&self, others: &[Self], choices: &Choices) -> Result<Self, Vec<FieldError>> {
        let mut merged = self.clone();
        let mut errors = Vec::new();
        for other in others {
            merged.fill_from(other);
        }
        for (field, place) in choices {
            let chosen = others.get(*place).or_else(|| (*place == others.len()).then_some(self));
            let known = chosen.is_some_and(|chosen| merged.choose(field, chosen));
            if !known {
                errors.push(FieldError::new(format!("fields.{field}"), "is no field that can be chosen"));
            }
        }
        merged.unite_tags(others, &mut errors);
        merged.join_notes(std::iter::once(self).chain(others), &mut errors);
        if merged.custom.len() > CUSTOM_FIELDS_MAX {
            let message = format!("would have more than {CUSTOM_FIELDS_MAX} fields together");
            errors.push(FieldError::new("from", message));
        }
        if errors.is_empty() { Ok(merged) } else { Err(errors) }
    }

    fn fill_from(&mut self, other: &Self) {
        if self.name.is_empty() {
            self.take_name(other);
        }
        for (own, theirs) in [(&mut self.email, &other.email), (&mut self.company, &other.company)] {
            if own.is_empty() {
                own.clone_from(theirs);
            }
        }
        let fill = |own: &mut Option<String>, theirs: &Option<String>| {
            if own.is_none() {
                own.clone_from(theirs);
            }
        };
        fill(&mut self.language, &other.language);
        fill(&mut self.postal_code, &other.postal_code);
        fill(&mut self.state, &other.state);
        self.timezone = self.timezone.take().or_else(|| other.timezone.clone());
        for (name, value) in &other.custom {
            self.custom.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }

    fn take_name(&mut self, other: &Self) {
        self.name.clone_from(&other.name);
        self.first_name.clone_from(&other.first_name);
        self.last_name.clone_from(&other.last_name);
    }

    /// Takes another's word for a field. False: there is no such field.
    fn choose(&mut self, field: &str, chosen: &Self) -> bool {
        if let Some(name) = field.strip_prefix("custom.") {
            match chosen.custom.get(name) {
                Some(value) => self.custom.insert(name.to_owned(), value.clone()),
                None => self.custom.remove(name),
            };
            return true;
        }
        match field {
            "name" => self.take_name(chosen),
            "phone" => self.phone = chosen.phone,
            "email" => self.email.clone_from(&chosen.email),
            "company" => self.company.clone_from(&chosen.company),
            "timezone" => self.timezone.clone_from(&chosen.timezone),
            "language" => self.language.clone_from(&chosen.language),
            "postal_code" => self.postal_code.clone_from(&chosen.postal_code),
            "state" => self.state.clone_from(&chosen.state),
            _ => return false,
        }
        debug_assert!(CHOOSABLE.contains(&field), "the list and the moves are the same");
        true
    }

    fn unite_tags(&mut self, others: &[Self], errors: &mut Vec<FieldError>) {
        for tag in others.iter().flat_map(|other| &other.tags) {
            let is_known = self.tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase());
            // Do-not-call comes first, so that it is seen.
            match tag.eq_ignore_ascii_case(DO_NOT_CALL_TAG) {
                _ if is_known => {}
                true => self.tags.insert(0, tag.clone()),
                false => self.tags.push(tag.clone()),
            }
        }
        if self.tags.len() > TAGS_MAX {
            errors.push(FieldError::new("from", format!("would have more than {TAGS_MAX} tags together")));
        }
    }

    fn join_notes<'c>(&mut self, all: impl Iterator<Item = &'c Self>, errors: &mut Vec<FieldError>) {
        let mut notes: Vec<String> = Vec::new();
        for contact in all {
            let gone = (contact.phone != self.phone).then(|| format!("Other number: {}", contact.phone));
            let said = Some(contact.notes.clone()).filter(|text| !text.is_empty());
            for text in said.into_iter().chain(gone) {
                if !notes.contains(&text) {
                    notes.push(text);
                }
            }
        }
        self.notes = notes.join("\n\n");
        if self.notes.chars().count() > NOTES_LENGTH_MAX {
            let message = format!("would have notes of more than {NOTES_LENGTH_MAX} characters together");
            errors.push(FieldError::new("from", message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::{ContactDraft, CustomValue};
    use crate::country_code::CountryCode;

    fn contact(number: u8, change: impl FnOnce(&mut ContactDraft)) -> Contact {
        let mut draft = ContactDraft { phone: format!("+1202555010{number}"), ..ContactDraft::default() };
        change(&mut draft);
        draft.check(&CountryCode::US).expect("a contact")
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn text(text: &str) -> CustomValue {
        CustomValue::Text(text.to_owned())
    }

    #[test]
    fn the_survivors_word_wins_and_what_it_lacks_is_filled() {
        let ann = contact(1, |draft| {
            draft.name = some("Ann Lee");
            draft.notes = some("kind");
            draft.tags = vec!["vip".to_owned()];
            draft.custom.insert("plan".to_owned(), text("Gold"));
        });
        let anna = contact(2, |draft| {
            draft.name = some("Anna Lee");
            draft.email = some("ann@example.com");
            draft.notes = some("calls back");
            draft.tags = vec!["VIP".to_owned(), "new".to_owned(), "DNC".to_owned()];
            draft.custom.insert("plan".to_owned(), text("Silver"));
            draft.custom.insert("age".to_owned(), text("40"));
        });
        let merged = ann.merged_with(std::slice::from_ref(&anna), &Choices::new()).expect("one contact");
        assert_eq!((merged.name.as_str(), merged.email.as_str()), ("Ann Lee", "ann@example.com"));
        assert_eq!(merged.phone, ann.phone);
        assert_eq!(merged.notes, "kind\n\ncalls back\n\nOther number: +12025550102");
        assert_eq!(merged.tags, ["DNC", "vip", "new"]);
        assert_eq!((&merged.custom["plan"], &merged.custom["age"]), (&text("Gold"), &text("40")));
    }

    #[test]
    fn a_person_may_choose_anothers_word() {
        let ann = contact(1, |draft| draft.name = some("Ann Lee"));
        let anna = contact(2, |draft| draft.name = some("Anna Li"));
        let choices = Choices::from([("name".to_owned(), 0), ("phone".to_owned(), 0)]);
        let merged = ann.merged_with(std::slice::from_ref(&anna), &choices).expect("one contact");
        assert_eq!((merged.last_name.as_str(), &merged.phone), ("Li", &anna.phone));
        assert_eq!(merged.notes, "Other number: +12025550101", "no number is lost");
        for field in CHOOSABLE {
            let choice = Choices::from([(field.to_owned(), 0)]);
            assert!(ann.merged_with(std::slice::from_ref(&anna), &choice).is_ok(), "{field}");
        }
        let nonsense = Choices::from([("fax".to_owned(), 0), ("email".to_owned(), 7)]);
        let fields: Vec<String> =
            ann.merged_with(&[anna], &nonsense).expect_err("two errors").into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["fields.email", "fields.fax"]);
    }

    #[test]
    fn one_person_is_called_once_in_a_run() {
        use RecipientState::{Completed, Dialing, Pending, Suppressed};
        let person = |is_survivor, state| SamePerson { is_survivor, state, was_called: matches!(state, Completed) };
        for (of_run, rest) in [
            (vec![person(false, Pending), person(true, Pending)], vec![0]),
            (vec![person(false, Pending), person(false, Pending)], vec![1]),
            (vec![person(false, Completed), person(true, Pending)], vec![1]),
            (vec![person(true, Completed), person(false, Pending), person(false, Pending)], vec![1, 2]),
            (vec![person(true, Dialing), person(false, Pending)], vec![1]),
            (vec![person(true, Suppressed), person(false, Pending)], vec![]),
            (vec![person(false, Pending)], vec![]),
            (vec![], vec![]),
        ] {
            assert_eq!(superfluous(&of_run), rest, "{of_run:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_and_not_cut() {
        let long = |number| {
            contact(number, |draft| {
                draft.notes = Some(number.to_string().repeat(6_000));
                draft.tags = (0..30).map(|n| format!("t{number}-{n}")).collect();
            })
        };
        let errors = long(1).merged_with(&[long(2)], &Choices::new()).expect_err("too much");
        assert_eq!(errors.len(), 2, "{errors:?}");
    }
}
