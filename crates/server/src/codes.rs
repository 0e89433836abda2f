//! Codes that people copy by hand: drawn at random, read back whatever their case, dashes and blanks.
//!
//! 80 random bits in letters and digits that are not mistaken for each other. At that strength a hash without salt is
//! enough to keep one. What a code opens is its owner's business; the six digits of an app are [`crate::totp`]'s.

use subtle::ConstantTimeEq as _;

use crate::chance::Chance;
use crate::secrets::{Secret, token_hash};

/// Random bytes of a code.
const CODE_BYTES: usize = 10;
/// Characters between two dashes.
const GROUP_CHARS: usize = 4;
/// Crockford's letters: without I, L, O and U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new code, in groups of four.
#[must_use]
pub fn draw(chance: &Chance) -> Secret {
    let letters = in_letters(&chance.bytes::<CODE_BYTES>(), LETTERS);
    let groups: Vec<&str> = (0..letters.len()).step_by(GROUP_CHARS).map(|at| &letters[at..at + GROUP_CHARS]).collect();
    Secret::new(groups.join("-"))
}

/// What is stored of a code, and what is looked up when somebody types it.
#[must_use]
pub fn code_hash(typed: &str) -> Vec<u8> {
    token_hash(&plain(typed))
}

/// Whether somebody typed this code; takes the same time wherever the two differ.
#[must_use]
pub fn is_code(typed: &str, code: &Secret) -> bool {
    code_hash(typed).ct_eq(&code_hash(code.reveal())).into()
}

/// As it was drawn: without dashes and blanks, in capitals, and with digits for the letters taken for them.
fn plain(typed: &str) -> String {
    let kept = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let capital = kept.map(|c| c.to_ascii_uppercase());
    capital
        .map(|c| {
            if c == 'O' {
                '0'
            } else if matches!(c, 'I' | 'L') {
                '1'
            } else {
                c
            }
        })
        .collect()
}

/// Five bits a letter. Only for whole groups of five bytes: others would need padding.
#[must_use]
pub fn in_letters(bytes: &[u8], letters: &[u8; 32]) -> String {
    let (groups, rest) = bytes.as_chunks::<5>();
    debug_assert!(rest.is_empty(), "whole groups of five bytes");
    let number = |group: &[u8; 5]| group.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let letter = |number: u64, at: u32| char::from(letters[usize::try_from(number >> (35 - 5 * at) & 31).unwrap_or(0)]);
    groups.iter().map(number).flat_map(|number| (0..8).map(move |at| letter(number, at))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = draw(&Chance::seeded(1));
        assert_eq!(code.reveal().len(), 19);
        let typed = code.reveal().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert!(is_code(&typed, &code) && is_code(&format!(" {typed}\n"), &code));
        assert!(!is_code("", &code) && !is_code(&code.reveal()[1..], &code));
        assert_ne!(draw(&Chance::seeded(2)), code);
    }

    #[test]
    fn letters_are_those_of_rfc_4648() {
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        assert_eq!(in_letters(b"fooba", letters), "MZXW6YTB");
        assert_eq!(in_letters(b"Hello world foo", letters), "JBSWY3DPEB3W64TMMQQGM33P");
    }
}
