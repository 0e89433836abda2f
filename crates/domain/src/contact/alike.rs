//! When two contacts may be the same person: the keys by which a contact book is searched for duplicates.
//!
//! A key is the same text for all who may be one person, and can be explained to people: no score, no guess. What is
//! done about them is decided by a person, in [`super::merge`].

use super::Contact;

/// Words without which a name says too little: half a town is called Ann.
const NAME_WORDS_MIN: usize = 2;
/// Bytes of a key that are kept; longer ones are as good as equal.
const KEY_BYTES_MAX: usize = 200;

crate::words! {
    /// By what contacts are alike.
    pub enum Likeness {
        /// The same e-mail address, whatever the capitals, in one department.
        Email = "email",
        /// The same name in one department, whatever its capitals, accents, signs and order of words.
        Name = "name",
        /// The same number in several departments.
        Phone = "phone",
    }
}

impl Likeness {
    /// The key of a contact; `None`: it is like nobody.
    #[must_use]
    pub fn key(self, contact: &Contact) -> Option<String> {
        match self {
            Self::Email => bounded(contact.email.to_lowercase()),
            Self::Name => name_key(&contact.name),
            Self::Phone => Some(contact.phone.to_string()),
        }
    }
}

/// A name's words without accents and signs, in alphabetical order.
fn name_key(name: &str) -> Option<String> {
    let mut plain = String::with_capacity(name.len());
    for c in name.to_lowercase().chars().filter(|c| !is_within_a_word(*c)) {
        match plain_letters(c) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(c),
        }
    }
    let mut words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    (words.len() >= NAME_WORDS_MIN).then(|| words.join(" ")).and_then(bounded)
}

fn bounded(mut key: String) -> Option<String> {
    key.truncate(key.floor_char_boundary(KEY_BYTES_MAX));
    (!key.is_empty()).then_some(key)
}

/// Apostrophes, and accents that are characters of their own: O'Brien is OBrien.
const fn is_within_a_word(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{300}'..='\u{36f}')
}

/// A small letter of the Latin alphabet without its accent; `None`: it has none.
const fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        '\0'..='\u{7f}' => return None,
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ǒ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_whatever_their_capitals_accents_signs_and_order() {
        for (one, other) in [
            ("Ann Lee", "LEE, ann"),
            ("José Núñez", "jose nunez"),
            ("José Núñez", "Jose\u{301} Nun\u{303}ez"),
            ("Mary O'Brien", "Mary OBrien"),
            ("Anne-Marie Groß", "Gross Anne Marie"),
            ("Søren  Ærø", "aeroe soren".replace("aeroe", "aero").as_str()),
            ("Łukasz Żak", "lukasz zak"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one}, {other}");
            assert!(name_key(one).is_some());
        }
        for (one, other) in [("Ann Lee", "Anna Lee"), ("Ann Lee", "Ann B. Lee"), ("李 明", "李 红")] {
            assert_ne!(name_key(one), name_key(other), "{one}, {other}");
        }
    }

    #[test]
    fn one_word_is_no_name_to_tell_people_by() {
        for name in ["", "Ann", "  ann ", "...", "O'Brien"] {
            assert_eq!(name_key(name), None, "{name}");
        }
    }

    #[test]
    fn keys_are_bounded() {
        assert_eq!(name_key(&"é x ".repeat(500)).map(|key| key.len()), Some(KEY_BYTES_MAX));
    }
}
