//! Cuts a long text into pieces that the carrier speaks, at the ends of sentences where it can.
//!
//! The carrier counts twice: characters, and bytes after percent-encoding, which makes a letter of
//! another script up to nine times as long. A piece keeps both limits. Nothing but white space between
//! pieces is lost.

/// The most characters of one spoken piece.
const SAY_LENGTH_MAX: usize = 3_000;
/// The most bytes of one spoken piece after percent-encoding.
const SAY_ENCODED_LENGTH_MAX: usize = 4_500;

/// The pieces of a text, each short enough to be spoken. No piece is blank.
#[must_use]
pub fn split_for_saying(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(piece_end(rest));
        pieces.push(piece.trim_end().to_owned());
        rest = after.trim_start();
    }
    pieces
}

/// Where the first piece ends: with the text, a sentence, a word, or, failing all, a character.
fn piece_end(text: &str) -> usize {
    let (mut length, mut encoded) = (0, 0);
    let (mut sentence_end, mut word_end) = (None, None);
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        length += 1;
        encoded += encoded_length(character);
        if length > SAY_LENGTH_MAX || encoded > SAY_ENCODED_LENGTH_MAX {
            return sentence_end.or(word_end).unwrap_or(at);
        }
        let end = at + character.len_utf8();
        let before_space = characters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if matches!(character, '。' | '！' | '？') || (matches!(character, '.' | '!' | '?') && before_space) {
            sentence_end = Some(end);
        }
        if character.is_whitespace() {
            word_end = Some(end);
        }
    }
    text.len()
}

const fn encoded_length(character: char) -> usize {
    if character.is_ascii_alphanumeric() { 1 } else { 3 * character.len_utf8() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> String {
        text.chars().filter(|character| !character.is_whitespace()).collect()
    }

    #[test]
    fn a_short_text_is_one_piece_and_a_blank_one_none() {
        assert_eq!(split_for_saying(" Hello. Goodbye. "), ["Hello. Goodbye."]);
        assert!(split_for_saying(" \n ").is_empty());
    }

    #[test]
    fn a_long_text_is_cut_after_a_sentence() {
        let sentence = "This is version 2.5 of it. ";
        let pieces = split_for_saying(&sentence.repeat(200));
        assert!(pieces.len() > 1);
        assert!(pieces.iter().all(|piece| piece.ends_with("of it.")), "never after the point of 2.5");
    }

    #[test]
    fn without_sentences_words_stay_whole_and_without_words_characters_do() {
        let pieces = split_for_saying(&"word ".repeat(1_000));
        assert!(pieces.len() > 1 && pieces.iter().all(|piece| piece.ends_with("word")));
        let pieces = split_for_saying(&"語".repeat(1_200));
        assert_eq!(pieces.iter().map(|piece| piece.chars().count()).collect::<Vec<_>>(), [500, 500, 200]);
    }

    proptest! {
        /// Pieces keep both limits, and together they say the text.
        #[test]
        fn pieces_say_the_text_within_the_limits(text in "([a-z]{1,9}[ .!?]|[а-я]{1,9} |語。?|[.] ){0,900}") {
            let pieces = split_for_saying(&text);
            for piece in &pieces {
                prop_assert!(!piece.trim().is_empty() && piece.chars().count() <= SAY_LENGTH_MAX);
                prop_assert!(piece.chars().map(encoded_length).sum::<usize>() <= SAY_ENCODED_LENGTH_MAX);
            }
            prop_assert_eq!(words(&pieces.concat()), words(&text));
        }
    }
}
