//! Tags in one cell of a list: how an export writes them, and how an import takes them apart.
//!
//! A tag with a separator in it, or with a quotation mark in front, stands in quotation marks, so that what was written
//! is read as it was. People separate tags by commas or semicolons and need no marks.

/// Between tags of one cell.
const SEPARATORS: [char; 2] = [',', ';'];
const MARK: char = '"';

/// Tags as one cell.
#[must_use]
pub fn join_tags(tags: &[String]) -> String {
    let written = |tag: &String| {
        let needs_marks = tag.contains(SEPARATORS) || tag.starts_with(MARK);
        if needs_marks { format!("\"{}\"", tag.replace(MARK, "\"\"")) } else { tag.clone() }
    };
    tags.iter().map(written).collect::<Vec<_>>().join("; ")
}

/// The tags of a cell, untidied.
pub(super) fn split_tags(cell: &str) -> Vec<String> {
    let (mut tags, mut rest) = (Vec::new(), cell);
    loop {
        let (tag, behind) = quoted(rest).unwrap_or_else(|| plain(rest));
        tags.push(tag);
        match behind {
            Some(behind) => rest = behind,
            None => return tags,
        }
    }
}

/// Up to the next separator.
fn plain(text: &str) -> (String, Option<&str>) {
    text.split_once(SEPARATORS).map_or((text.to_owned(), None), |(tag, rest)| (tag.to_owned(), Some(rest)))
}

/// A tag in quotation marks, when both are there and nothing else stands beside them.
fn quoted(text: &str) -> Option<(String, Option<&str>)> {
    let inside = text.trim_start().strip_prefix(MARK)?;
    let mut from = 0;
    loop {
        let at = from + inside[from..].find(MARK)?;
        let behind = &inside[at + 1..];
        if behind.starts_with(MARK) {
            from = at + 2;
            continue;
        }
        let tag = inside[..at].replace("\"\"", "\"");
        let behind = behind.trim_start();
        return match behind.strip_prefix(SEPARATORS) {
            Some(rest) => Some((tag, Some(rest))),
            None if behind.is_empty() => Some((tag, None)),
            None => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_separate_tags_as_they_like() {
        for (cell, tags) in [
            ("vip,new", vec!["vip", "new"]),
            ("vip; new", vec!["vip", " new"]),
            ("", vec![""]),
            ("\"a, b\"; c", vec!["a, b", " c"]),
            ("\"open, b", vec!["\"open", " b"]),
            ("\"a\" b, c", vec!["\"a\" b", " c"]),
            ("\"\"\"x\"\"\"", vec!["\"x\""]),
        ] {
            assert_eq!(split_tags(cell), tags, "{cell}");
        }
    }

    proptest! {
        /// Whatever tags there are, they come back.
        #[test]
        fn tags_come_back(tags in proptest::collection::vec("[ab,;\"'= é]{1,6}", 1..5)) {
            let tidy: Vec<String> = tags.iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
            let read: Vec<String> = split_tags(&join_tags(&tidy)).iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
            prop_assert_eq!(read, tidy);
        }
    }
}
