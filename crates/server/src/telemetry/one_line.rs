//! One event, one line: control characters in what is logged are shown as escapes.
//!
//! A name or a header that somebody chose could otherwise forge a line or send a command to a terminal. The
//! subscriber hands over each event in one write, with its own end of line.

use std::io::{self, Write};

/// Escapes what is written through it.
pub(super) struct OneLine<W>(W);

impl<W> OneLine<W> {
    pub(super) const fn new(inner: W) -> Self {
        Self(inner)
    }
}

impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let line = event.strip_suffix(b"\n").unwrap_or(event);
        match std::str::from_utf8(line) {
            Ok(text) if text.chars().any(char::is_control) => {
                self.0.write_all(escaped(text).as_bytes())?;
                self.0.write_all(&event[line.len()..])?;
            }
            _ => self.0.write_all(event)?,
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn escaped(text: &str) -> String {
    let mut line = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        if sign.is_control() {
            line.extend(sign.escape_default());
        } else {
            line.push(sign);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_stays_one_line_without_commands_to_the_terminal() {
        let mut log = Vec::new();
        let event = "INFO called Bo\u{1b}[31mb\nERROR forged\r\u{9b}1mx\n";
        OneLine::new(&mut log).write_all(event.as_bytes()).expect("a buffer");
        OneLine::new(&mut log).write_all("INFO plain é\n".as_bytes()).expect("a buffer");
        let expected = "INFO called Bo\\u{1b}[31mb\\nERROR forged\\r\\u{9b}1mx\nINFO plain é\n";
        assert_eq!(String::from_utf8(log).expect("text"), expected);
    }
}
