//! Cells of a workbook as the texts of a list.
//!
//! Texts stay as they are. Numbers are written without exponent, as long as every digit is known: from the sixteenth
//! on, spreadsheets do not keep them, and such a number says so by its exponent, which the import doctor understands.

use calamine::{DataRef, ExcelDateTime};

/// Digits that a spreadsheet keeps of a number.
const DIGITS_KEPT: i32 = 15;

/// What stands in a cell.
pub(super) fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(value) => number(*value),
        DataRef::DateTime(at) => instant(at),
        DataRef::Error(error) => error.to_string(),
    }
}

fn number(value: f64) -> String {
    let scientific = format!("{value:.14e}");
    let Some((mantissa, power)) = scientific.split_once('e') else { return scientific };
    let Ok(power) = power.parse::<i32>() else { return scientific };
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return "0".to_owned();
    }
    if !(-DIGITS_KEPT..DIGITS_KEPT).contains(&power) {
        let fraction = if digits.len() > 1 { &digits[1..] } else { "0" };
        return format!("{sign}{}.{fraction}E{power:+03}", &digits[..1]);
    }
    let Ok(whole_digits) = usize::try_from(power + 1) else {
        let zeros = "0".repeat(power.unsigned_abs() as usize - 1);
        return format!("{sign}0.{zeros}{digits}");
    };
    match digits.split_at_checked(whole_digits) {
        Some((whole, fraction)) if !fraction.is_empty() => {
            format!("{sign}{}.{fraction}", if whole.is_empty() { "0" } else { whole })
        }
        _ => format!("{sign}{digits:0<whole_digits$}"),
    }
}

/// Dates and times as ISO 8601 writes them; what has no day is a time, or hours that may be more than 24.
fn instant(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    if at.is_duration() {
        #[allow(clippy::cast_possible_truncation, reason = "a saturated duration is as good as any")]
        let seconds = (at.as_f64() * 86_400.0).round() as i64;
        let (hours, rest) = (seconds / 3_600, seconds.abs() % 3_600);
        return format!("{hours}:{:02}:{:02}", rest / 60, rest % 60);
    }
    match (at.as_f64() < 1.0, (hour, minute, second)) {
        (true, _) => clock,
        (false, (0, 0, 0)) => format!("{year:04}-{month:02}-{day:02}"),
        (false, _) => format!("{year:04}-{month:02}-{day:02}T{clock}"),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, ExcelDateTimeType};

    use super::*;

    #[test]
    fn numbers_have_no_exponent_as_long_as_all_their_digits_are_known() {
        for (value, text) in [
            (12_025_550_143.0, "12025550143"),
            (1.202_555_014_3e10, "12025550143"),
            (4_915_112_345_678.0, "4915112345678"),
            (999_999_999_999_999.0, "999999999999999"),
            (2134.0, "2134"),
            (100.0, "100"),
            (0.1 + 0.2, "0.3"),
            (-12.5, "-12.5"),
            (0.0025, "0.0025"),
            (0.0, "0"),
            (-0.0, "0"),
            (1_234_567_890_123_456_789.0, "1.23456789012346E+18"),
            (1e15, "1.0E+15"),
            (2e-20, "2.0E-20"),
        ] {
            assert_eq!(number(value), text, "{value}");
        }
    }

    #[test]
    fn other_cells_are_told_in_words_that_a_list_understands() {
        let at = |value, kind| DataRef::DateTime(ExcelDateTime::new(value, kind, false));
        for (cell, told) in [
            (DataRef::Empty, ""),
            (DataRef::SharedString(" 1.20256E+10 "), " 1.20256E+10 "),
            (DataRef::Bool(true), "TRUE"),
            (DataRef::Error(CellErrorType::NA), "#N/A"),
            (at(45_943.0, ExcelDateTimeType::DateTime), "2025-10-13"),
            (at(45_943.5, ExcelDateTimeType::DateTime), "2025-10-13T12:00:00"),
            (at(0.25, ExcelDateTimeType::DateTime), "06:00:00"),
            (at(1.25, ExcelDateTimeType::TimeDelta), "30:00:00"),
        ] {
            assert_eq!(text(&cell), told);
        }
    }
}
