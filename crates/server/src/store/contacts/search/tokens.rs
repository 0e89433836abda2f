//! What of a contact is looked up in the index: parts of its words, its tags, its department and organization.
//!
//! A token is a number of 31 bits; the rare two that share one cost a look at a contact in vain, no more. Both
//! databases keep the same tokens, so what they mean may only change with a migration that indexes everybody anew.

use std::collections::BTreeSet;

use uuid::Uuid;

/// Tokens that one search is looked up by; the contact itself is looked at for the rest.
const TOKENS_PER_SEARCH_MAX: usize = 24;
/// Characters of a part of a word.
const PART_CHARS: usize = 3;
/// Digits of a part of a number: of three there are only a thousand, and a number has ten of them.
const PART_DIGITS: usize = 4;

/// How large chunks of documents are: 16,384 and more.
pub const CHUNK_BITS: [u8; 3] = [14, 18, 22];

/// What a search may be looked up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token(u32);

/// The kinds of what tokens are made from, so that a tag is no word.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Part = 1,
    Beginning = 2,
    Tag = 3,
    Department = 4,
    Organization = 5,
    Chunk = 6,
    Digits = 7,
}

impl Token {
    /// FNV-1a, which is the same everywhere and for ever.
    fn of(kind: Kind, bytes: impl IntoIterator<Item = u8>) -> Self {
        let hash = std::iter::once(kind as u8)
            .chain(bytes)
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Self(hash >> 1)
    }

    fn of_chars(kind: Kind, chars: &[char]) -> Self {
        Self::of(kind, chars.iter().flat_map(|c| u32::from(*c).to_le_bytes()))
    }

    pub fn of_tag(tag: &str) -> Self {
        Self::of(Kind::Tag, tag.to_lowercase().bytes())
    }

    pub fn of_department(id: Uuid) -> Self {
        Self::of(Kind::Department, id.into_bytes())
    }

    pub fn of_organization(id: Uuid) -> Self {
        Self::of(Kind::Organization, id.into_bytes())
    }

    /// Documents of one chunk have numbers that differ in their last bits only, one of [`CHUNK_BITS`].
    pub fn of_chunk(bits: u8, doc: i64) -> Self {
        Self::of(Kind::Chunk, std::iter::once(bits).chain((doc >> bits).to_le_bytes()))
    }

    /// As it is stored.
    pub const fn number(self) -> i64 {
        self.0 as i64
    }
}

/// A contact as it is indexed.
#[derive(Debug, Clone)]
pub struct Indexed {
    pub organization: Uuid,
    pub department: Uuid,
    /// The folded text.
    pub search: String,
    pub tags: Vec<String>,
}

impl Indexed {
    /// Adds what the contact can be looked up by.
    pub fn add_to(&self, tokens: &mut BTreeSet<Token>) {
        tokens.insert(Token::of_organization(self.organization));
        tokens.insert(Token::of_department(self.department));
        tokens.extend(self.tags.iter().map(|tag| Token::of_tag(tag)));
        for word in self.search.split_whitespace() {
            let chars: Vec<char> = word.chars().collect();
            tokens.extend(parts(&chars));
            tokens.extend(parts_of_numbers(&chars));
            let short = 1..PART_CHARS.min(chars.len() + 1);
            tokens.extend(short.map(|length| Token::of_chars(Kind::Beginning, &chars[..length])));
        }
    }
}

fn parts(word: &[char]) -> impl Iterator<Item = Token> {
    word.windows(PART_CHARS).map(|part| Token::of_chars(Kind::Part, part))
}

fn parts_of_numbers(word: &[char]) -> impl Iterator<Item = Token> {
    let digits = word.windows(PART_DIGITS).filter(|part| part.iter().all(char::is_ascii_digit));
    digits.map(|part| Token::of_chars(Kind::Digits, part))
}

/// Where in a text a typed word must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    Anywhere,
    /// At the beginning of a word.
    Beginning,
}

impl Where {
    /// One or two letters stand somewhere in nearly every contact; one or two digits are taken for a part of a number.
    pub fn of_word(word: &str) -> Self {
        let is_short = word.chars().count() < PART_CHARS;
        if is_short && !word.chars().all(|c| c.is_ascii_digit()) { Self::Beginning } else { Self::Anywhere }
    }
}

/// What every contact has in which these words stand.
pub fn of_words(words: &[String]) -> Vec<Token> {
    let mut tokens = BTreeSet::new();
    for word in words {
        let chars: Vec<char> = word.chars().collect();
        match Where::of_word(word) {
            Where::Beginning => tokens.extend([Token::of_chars(Kind::Beginning, &chars)]),
            Where::Anywhere => {
                // Parts of three digits would only make the lookup of a longer number slower.
                let is_number = chars.len() >= PART_DIGITS && chars.iter().all(char::is_ascii_digit);
                tokens.extend(parts_of_numbers(&chars));
                tokens.extend(parts(&chars).filter(|_| !is_number));
            }
        }
    }
    tokens.into_iter().take(TOKENS_PER_SEARCH_MAX).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The index may find too much, never too little.
        #[test]
        fn a_contact_has_the_tokens_of_each_word_in_it(text in "[a-cé0-2 .]{0,20}", word in "[a-c]{0,2}[é0-2.]{1,5}") {
            let spaced = format!(" {text}");
            let is_there = match Where::of_word(&word) {
                Where::Anywhere => spaced.contains(&word),
                Where::Beginning => spaced.contains(&format!(" {word}")),
            };
            let mut tokens = BTreeSet::new();
            let (organization, department) = (Uuid::nil(), Uuid::nil());
            Indexed { organization, department, search: text, tags: Vec::new() }.add_to(&mut tokens);
            let has_all = of_words(&[word]).iter().all(|token| tokens.contains(token));
            prop_assert!(has_all || !is_there);
        }
    }

    #[test]
    fn kinds_do_not_mix() {
        assert_ne!(Token::of_tag("ann"), Token::of_chars(Kind::Part, &['a', 'n', 'n']));
        assert_eq!(Token::of_tag("VIP"), Token::of_tag("vip"));
        assert_eq!(of_words(&["12".to_owned()]), [], "two digits stand anywhere: nothing to look up");
        assert_eq!(of_words(&["li".to_owned()]).len(), 1);
        assert_eq!(of_words(&["555".to_owned()]), [Token::of_chars(Kind::Part, &['5', '5', '5'])]);
        assert_eq!(of_words(&["5555".to_owned()]), [Token::of_chars(Kind::Digits, &['5', '5', '5', '5'])]);
    }
}
