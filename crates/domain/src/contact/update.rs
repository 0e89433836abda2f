//! What a row of a list makes of a contact that is known already.
//!
//! A row says only what stands in its cells: an empty cell takes nothing away, and neither does a list that has
//! no such column. Tags come on top of those that are there, so that no list takes anybody off do-not-call.

use super::{Checks, Contact, ContactDraft, CustomValue, DO_NOT_CALL_TAG, TAGS_MAX};
use crate::field_error::FieldError;

/// Fields that many contacts may be given one value of. Who somebody is stands with each contact alone.
pub const SETTABLE: [&str; 6] = ["company", "notes", "timezone", "language", "postal_code", "state"];

impl Contact {
    /// This contact with what `row` says; the number stays.
    #[must_use]
    pub fn updated_by(mut self, row: Self) -> Self {
        if !row.name.is_empty() {
            (self.name, self.first_name, self.last_name) = (row.name, row.first_name, row.last_name);
        }
        let texts = [(&mut self.email, row.email), (&mut self.company, row.company), (&mut self.notes, row.notes)];
        for (known, said) in texts {
            if !said.is_empty() {
                *known = said;
            }
        }
        self.timezone = row.timezone.or(self.timezone);
        self.language = row.language.or(self.language);
        self.postal_code = row.postal_code.or(self.postal_code);
        self.state = row.state.or(self.state);
        self.custom.extend(row.custom);
        self.add_tags(&row.tags);
        self
    }

    /// This contact with another value in one field, or none: one of [`SETTABLE`], or `custom.KEY`.
    ///
    /// # Errors
    /// When the field is another, or the value does not fit.
    pub fn with_field(self, field: &str, value: Option<CustomValue>) -> Result<Self, FieldError> {
        let phone = self.phone;
        let mut draft = self.into_draft();
        let text = || value.as_ref().map(ToString::to_string);
        match (field, field.strip_prefix("custom.")) {
            ("company", _) => draft.company = text(),
            ("notes", _) => draft.notes = text(),
            ("timezone", _) => draft.timezone = text(),
            ("language", _) => draft.language = text(),
            ("postal_code", _) => draft.postal_code = text(),
            ("state", _) => draft.state = text(),
            (_, Some(key)) => {
                draft.custom.remove(key);
                draft.custom.extend(value.map(|value| (key.to_owned(), value)));
            }
            _ => return Err(FieldError::new(field, format!("must be one of {}, or custom.KEY", SETTABLE.join(", ")))),
        }
        let checked = draft.check_with_phone(Ok(phone));
        checked.map_err(|errors| errors.into_iter().next().unwrap_or_else(|| FieldError::new(field, "does not fit")))
    }

    fn into_draft(self) -> ContactDraft {
        ContactDraft {
            name: Some(self.name),
            first_name: Some(self.first_name),
            last_name: Some(self.last_name),
            phone: self.phone.to_string(),
            email: Some(self.email),
            company: Some(self.company),
            notes: Some(self.notes),
            tags: self.tags,
            timezone: self.timezone.map(|zone| zone.to_string()),
            language: self.language,
            postal_code: self.postal_code,
            state: self.state,
            custom: self.custom,
        }
    }

    /// Puts `to` where the tag `from` stands, or nothing; no tag comes twice. False: nothing has changed.
    pub fn replace_tag(&mut self, from: &str, to: Option<&str>) -> bool {
        let is = |tag: &String, other: &str| tag.to_lowercase() == other.to_lowercase();
        let Some(at) = self.tags.iter().position(|tag| is(tag, from)) else { return false };
        let was = self.tags.remove(at);
        match to {
            Some(to) if !self.tags.iter().any(|tag| is(tag, to)) => {
                self.tags.insert(at, to.to_owned());
                was != to
            }
            _ => true,
        }
    }

    /// Adds tags that are not there yet, as many as there is room for; do-not-call always finds room.
    pub fn add_tags(&mut self, tags: &[String]) {
        for tag in tags {
            let is_known = self.tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase());
            if is_known || (self.tags.len() >= TAGS_MAX && !tag.eq_ignore_ascii_case(DO_NOT_CALL_TAG)) {
                continue;
            }
            self.tags.truncate(TAGS_MAX - 1);
            self.tags.push(tag.clone());
        }
    }
}

/// Tidies tags that are given to a whole list.
///
/// # Errors
/// When one is too long or there are too many.
pub fn check_tags(tags: &[String]) -> Result<Vec<String>, Vec<FieldError>> {
    let mut checks = Checks::default();
    let tags = checks.tags(tags);
    if checks.errors.is_empty() { Ok(tags) } else { Err(checks.errors) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country_code::CountryCode;

    fn contact(change: impl FnOnce(&mut ContactDraft)) -> Contact {
        let mut draft = ContactDraft { phone: "+12025550143".to_owned(), ..ContactDraft::default() };
        change(&mut draft);
        draft.check(&CountryCode::US).expect("a contact")
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_row_replaces_what_it_says_and_nothing_else() {
        let known = contact(|draft| {
            draft.name = some("Ann Lee");
            draft.company = some("Old Mill");
            draft.email = some("ann@example.com");
            draft.custom.insert("plan".to_owned(), CustomValue::Text("Gold".to_owned()));
        });
        let row = contact(|draft| {
            draft.first_name = some("Anna");
            draft.company = some("New Mill");
            draft.custom.insert("age".to_owned(), CustomValue::Text("40".to_owned()));
        });
        let updated = known.updated_by(row);
        assert_eq!(
            (updated.name.as_str(), updated.first_name.as_str(), updated.last_name.as_str()),
            ("Anna", "Anna", "")
        );
        assert_eq!((updated.company.as_str(), updated.email.as_str()), ("New Mill", "ann@example.com"));
        assert_eq!(updated.custom.len(), 2);
    }

    #[test]
    fn tags_only_grow_and_do_not_call_always_finds_room() {
        let mut full = contact(|draft| draft.tags = (0..TAGS_MAX).map(|n| format!("t{n}")).collect());
        full.add_tags(&["T1".to_owned(), "new".to_owned()]);
        assert_eq!(full.tags.len(), TAGS_MAX);
        assert!(!full.tags.contains(&"new".to_owned()) && !full.is_do_not_call());
        full.add_tags(&["dnc".to_owned()]);
        assert!(full.is_do_not_call() && full.tags.len() == TAGS_MAX);
        let row = contact(|draft| draft.tags = vec!["VIP".to_owned()]);
        assert_eq!(contact(|draft| draft.tags = vec!["DNC".to_owned()]).updated_by(row).tags, ["DNC", "VIP"]);
    }

    #[test]
    fn a_tag_gives_way_to_another_in_its_place_and_none_comes_twice() {
        let replaced = |tags: &[&str], from: &str, to: Option<&str>| {
            let mut contact = contact(|draft| draft.tags = tags.iter().map(|tag| (*tag).to_owned()).collect());
            let changed = contact.replace_tag(from, to);
            (contact.tags.join(","), changed)
        };
        assert_eq!(replaced(&["a", "VIP", "c"], "vip", Some("Best")), ("a,Best,c".to_owned(), true));
        assert_eq!(replaced(&["a", "VIP", "c"], "vip", Some("A")), ("a,c".to_owned(), true));
        assert_eq!(replaced(&["a", "vip"], "VIP", None), ("a".to_owned(), true));
        assert_eq!(replaced(&["vip"], "VIP", Some("Vip")), ("Vip".to_owned(), true));
        assert_eq!(replaced(&["vip"], "VIP", Some("vip")), ("vip".to_owned(), false));
        assert_eq!(replaced(&["a"], "vip", Some("b")), ("a".to_owned(), false));
    }

    #[test]
    fn one_field_is_set_or_emptied_and_the_rest_stays() {
        let known = contact(|draft| {
            draft.name = some("Ann Lee");
            draft.company = some("Old Mill");
            draft.custom.insert("plan".to_owned(), CustomValue::Text("Gold".to_owned()));
        });
        let set = |field: &str, value: Option<&str>| {
            known.clone().with_field(field, value.map(|text| CustomValue::Text(text.to_owned())))
        };
        let moved = set("company", Some("New Mill")).expect("a contact");
        assert_eq!((moved.company.as_str(), moved.name.as_str(), moved.custom.len()), ("New Mill", "Ann Lee", 1));
        assert_eq!(set("company", None).expect("a contact").company, "");
        assert!(set("custom.plan", None).expect("a contact").custom.is_empty());
        assert_eq!(set("custom.color", Some("red")).expect("a contact").custom.len(), 2);
        for (field, value) in
            [("phone", "1"), ("name", "x"), ("timezone", "Mars"), ("custom.email", "x"), ("custom.a b", "x")]
        {
            assert!(set(field, Some(value)).is_err(), "{field}");
        }
    }

    #[test]
    fn tags_for_a_whole_list_have_bounds() {
        assert_eq!(check_tags(&["  spring ".to_owned(), "Spring".to_owned()]), Ok(vec!["spring".to_owned()]));
        assert!(check_tags(&["x".repeat(51)]).is_err());
    }
}
