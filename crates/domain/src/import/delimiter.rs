//! How a text file is cut into cells: by comma, semicolon, tab or pipe.
//!
//! Guessed over the first records as they would be cut, quotes respected: the right delimiter gives the
//! same number of cells, more than one, in nearly every record. Reading the whole file is the reader's
//! business.

/// What lists are cut by, the likeliest first.
pub const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// So many records are looked at.
const RECORDS_SAMPLED_MAX: usize = 50;

/// The guess, and how much of the text is not data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DelimiterGuess {
    pub delimiter: char,
    /// The first line is Excel's `sep=;` and no header.
    pub skips_first_line: bool,
}

/// Guesses from the decoded beginning of a file. A file of one column is cut by commas.
#[must_use]
pub fn guess_delimiter(text: &str) -> DelimiterGuess {
    let text = text.trim_start_matches('\u{feff}');
    if let Some(delimiter) = said_by_excel(text) {
        return DelimiterGuess { delimiter, skips_first_line: true };
    }
    let mut best = (DELIMITERS[0], (0, 0));
    for delimiter in DELIMITERS {
        let score = score(&cells_by_record(text, delimiter));
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    DelimiterGuess { delimiter: best.0, skips_first_line: false }
}

fn said_by_excel(text: &str) -> Option<char> {
    let line = text.lines().next()?.trim_matches('"');
    let said = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    let mut characters = said.chars();
    characters.next().filter(|delimiter| DELIMITERS.contains(delimiter) && characters.next().is_none())
}

/// How many records agree with the header, in thousandths, then how many cells it has.
fn score(counts: &[usize]) -> (usize, usize) {
    let Some(&header) = counts.first().filter(|cells| **cells > 1) else {
        return (0, 0);
    };
    let agreeing = counts.iter().filter(|cells| **cells == header).count();
    (agreeing * 1_000 / counts.len(), header)
}

fn cells_by_record(text: &str, delimiter: char) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut cells, mut is_quoted, mut is_blank) = (1, false, true);
    let mut cell_begins = true;
    for character in text.chars() {
        match character {
            // A quote opens a cell only at its beginning; within one it closes it, or is doubled.
            '"' if is_quoted || cell_begins => is_quoted = !is_quoted,
            '\n' | '\r' if !is_quoted => {
                if !is_blank {
                    counts.push(cells);
                }
                if counts.len() == RECORDS_SAMPLED_MAX {
                    return counts;
                }
                (cells, is_blank, cell_begins) = (1, true, true);
                continue;
            }
            other if other == delimiter && !is_quoted => {
                (cells, is_blank, cell_begins) = (cells + 1, false, true);
                continue;
            }
            _ => {}
        }
        (is_blank, cell_begins) = (false, false);
    }
    // The last record of a sample may be cut off in the middle; it counts only when it is all there is.
    if counts.is_empty() && !is_blank {
        counts.push(cells);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(text: &str) -> char {
        guess_delimiter(text).delimiter
    }

    #[test]
    fn each_delimiter_is_recognized() {
        for delimiter in DELIMITERS {
            let text = "Name,Phone,Plan\nAnn,1,Gold\nBob,2,Silver\n".replace(',', &delimiter.to_string());
            assert_eq!(guess(&text), delimiter);
            assert_eq!(guess(&format!("\u{feff}{text}").replace('\n', "\r\n")), delimiter);
        }
    }

    #[test]
    fn other_delimiters_inside_cells_do_not_mislead() {
        assert_eq!(guess("Name;Address\nAnn;\"1 Main St, Apt 2, Rome\"\nBob;\"a, b; c\nd, e\"\n"), ';');
        assert_eq!(guess("Name;Amount\nAnn;1,50\nBob;2,75\nCid;3\n"), ';');
        assert_eq!(guess("Name\tNote\nAnn\ta, b, c\nBob\td, e\n"), '\t');
        assert_eq!(guess("Name,Said\nAnn,5\" pipe|x\nBob,ok\n"), ',');
    }

    #[test]
    fn one_column_or_nothing_is_cut_by_commas() {
        for text in ["", "\n\n", "Phone\n+12025550143\n+12025550144\n", "Phone"] {
            assert_eq!(guess(text), ',', "{text:?}");
        }
        assert_eq!(guess("a;b;c"), ';', "a header alone");
    }

    #[test]
    fn excels_own_line_is_believed_and_is_no_header() {
        let excel = guess_delimiter("sep=;\r\nName;Phone\r\n");
        assert_eq!(excel, DelimiterGuess { delimiter: ';', skips_first_line: true });
        assert!(guess_delimiter("sep=\t\nName\tPhone\n").skips_first_line);
        assert!(!guess_delimiter("sep=x\nName,Phone\n").skips_first_line);
    }
}
