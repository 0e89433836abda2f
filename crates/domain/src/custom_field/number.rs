//! Numbers as lists write them: `1,234.5`, `1.234,5`, `1 234`, `-12`, and what spreadsheets put before them.
//!
//! Which sign begins the fraction, the two signs together say, or the country. Where neither does (`1.234` in a country
//! with a decimal comma), the number is refused: a thousandth of it would be believed as easily.

use serde_json::Number;

use super::Notation;

/// Beyond this not every program keeps whole numbers exactly.
const INTEGER_MAX: i64 = 9_007_199_254_740_991;
/// Digits that a decimal keeps exactly, whoever reads it.
const DIGITS_MAX: usize = 15;
/// Zeros behind the point before the first other digit; with more of them programs write an exponent.
const LEADING_ZEROS_MAX: usize = 4;
/// Signs that are nothing but room between groups of digits.
const GAPS: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\'', '’'];

const NOT_WHOLE: &str = "must be a whole number like 1200";
const NOT_NUMBER: &str = "must be a number like 1234.5";

/// The digits of a number.
struct Digits {
    is_negative: bool,
    whole: String,
    fraction: String,
    /// One sign alone, with three digits behind it: it may stand between thousands as well.
    doubt: Option<Doubt>,
}

/// What a sign with three digits behind it was taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doubt {
    Fraction,
    Thousands,
}

/// Reads a whole number.
pub(super) fn integer(text: &str, notation: Notation) -> Result<Number, String> {
    let digits = digits(text, notation).ok_or(NOT_WHOLE)?;
    if digits.doubt == Some(Doubt::Fraction) {
        return Err(unclear(text));
    }
    if digits.fraction.bytes().any(|digit| digit != b'0') {
        return Err(NOT_WHOLE.to_owned());
    }
    let number = digits.whole.parse::<i64>().ok().filter(|number| *number <= INTEGER_MAX);
    let number = number.ok_or_else(|| format!("must be at most {INTEGER_MAX}"))?;
    Ok(Number::from(if digits.is_negative { -number } else { number }))
}

/// Reads a number with or without a fraction.
pub(super) fn decimal(text: &str, notation: Notation) -> Result<Number, String> {
    let digits = digits(text, notation).ok_or(NOT_NUMBER)?;
    if digits.doubt == Some(Doubt::Thousands) && notation.has_decimal_comma {
        return Err(unclear(text));
    }
    let (whole, fraction) = (digits.whole.trim_start_matches('0'), digits.fraction.trim_end_matches('0'));
    let leading_zeros = fraction.len() - fraction.trim_start_matches('0').len();
    let significant = if whole.is_empty() { fraction.len() - leading_zeros } else { whole.len() + fraction.len() };
    if significant > DIGITS_MAX || (whole.is_empty() && leading_zeros > LEADING_ZEROS_MAX) {
        return Err(format!(
            "must have at most {DIGITS_MAX} digits, and no more than {LEADING_ZEROS_MAX} zeros behind the point"
        ));
    }
    let sign = if digits.is_negative { "-" } else { "" };
    if fraction.is_empty() {
        let number = format!("{sign}0{whole}").parse::<i64>().map_err(|_| NOT_NUMBER)?;
        return Ok(Number::from(number));
    }
    let number = format!("{sign}0{whole}.{fraction}").parse::<f64>().map_err(|_| NOT_NUMBER)?;
    Number::from_f64(number).ok_or_else(|| NOT_NUMBER.to_owned())
}

fn unclear(text: &str) -> String {
    let both = text.trim().replace(['.', ','], "");
    format!("is not clear: the sign may stand between thousands or before a fraction; write {both} for a whole number")
}

fn digits(text: &str, notation: Notation) -> Option<Digits> {
    let text = text.trim();
    // Spreadsheets put an apostrophe before what must stay as it is.
    let text = text.strip_prefix('\'').unwrap_or(text).replace('\u{2212}', "-");
    let (is_negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (point, doubt) = point_of(unsigned, notation)?;
    let (whole, fraction) = point.map_or((unsigned, ""), |at| (&unsigned[..at], &unsigned[at + 1..]));
    let whole = joined(whole)?;
    let is_plain = fraction.bytes().all(|byte| byte.is_ascii_digit());
    (is_plain && !(whole.is_empty() && fraction.is_empty())).then(|| Digits {
        is_negative,
        whole: if whole.is_empty() { "0".to_owned() } else { whole },
        fraction: fraction.to_owned(),
        doubt,
    })
}

/// Where the fraction begins, and whether another reading is as good.
fn point_of(text: &str, notation: Notation) -> Option<(Option<usize>, Option<Doubt>)> {
    let places = |sign: char| text.match_indices(sign).map(|(at, _)| at).collect::<Vec<_>>();
    let (points, commas) = (places('.'), places(','));
    Some(match (points.as_slice(), commas.as_slice()) {
        ([], []) => (None, None),
        ([at], []) | ([], [at]) => {
            let is_own = points.is_empty() == notation.has_decimal_comma;
            match (may_be_thousands(text, *at), is_own) {
                (true, true) => (Some(*at), Some(Doubt::Fraction)),
                (true, false) => (None, Some(Doubt::Thousands)),
                (false, _) => (Some(*at), None),
            }
        }
        (_, []) | ([], _) => (None, None),
        ([.., point], [.., comma]) => {
            let (last, others) = if point > comma { (point, points.len()) } else { (comma, commas.len()) };
            (others == 1).then_some((Some(*last), None))?
        }
    })
}

fn may_be_thousands(text: &str, at: usize) -> bool {
    let (before, behind) = (&text[..at], &text[at + 1..]);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&before.len())
        && is_digits(before)
        && !before.starts_with('0')
        && behind.len() == 3
        && is_digits(behind)
}

/// Digits without the signs between their groups, which are of three (in India also of two, but the last).
fn joined(whole: &str) -> Option<String> {
    let is_sign = |c: char| matches!(c, '.' | ',') || GAPS.contains(&c);
    let groups: Vec<&str> = whole.split(is_sign).collect();
    let mut signs = whole.chars().filter(|c| is_sign(*c));
    let first = signs.next();
    let is_one_sign = signs.all(|sign| Some(sign) == first);
    let is_digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    let (head, tail) = groups.split_first()?;
    let tail_fits = tail.split_last().is_none_or(|(last, middle)| {
        last.len() == 3 && middle.iter().all(|group| matches!(group.len(), 2 | 3)) && (1..=3).contains(&head.len())
    });
    (is_one_sign && is_digits && tail_fits).then(|| groups.concat())
}
