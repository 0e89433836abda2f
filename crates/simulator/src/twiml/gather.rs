//! `Gather`: keys pressed while something is said, or in the silence after it.
//!
//! Only keys: speech is not recognized. Keys pressed before it began are forgotten. Where the document goes with them
//! is the [`interpreter`](super::interpreter)'s business; the attributes are read in [`verbs`](super::verbs).

use jiff::Timestamp;

use super::{
    document::Gather,
    interpreter::{Broken, utter},
};
use crate::line::Line;

/// The keys collected; nothing when none came.
pub(crate) async fn gather(line: &mut Line, gather: &Gather) -> Result<Option<String>, Broken> {
    line.drop_past_presses();
    for utterance in &gather.nested {
        let first_press = line.presses.front().map_or(Timestamp::MAX, |(at, _)| *at);
        utter(line, utterance, first_press).await?;
        if line.now() >= first_press {
            break;
        }
    }
    let mut keys = String::new();
    loop {
        let silence_until = line.later(gather.timeout);
        match line.presses.front().copied() {
            Some((at, key)) if at <= silence_until => {
                line.wait_until(at).await?;
                line.presses.pop_front();
                if gather.finish_on_key == Some(key) {
                    break;
                }
                keys.push(key);
                if gather.digits_max == Some(keys.len()) {
                    break;
                }
            }
            _ => {
                line.wait_until(silence_until).await?;
                break;
            }
        }
    }
    if keys.is_empty() {
        return Ok(None);
    }
    line.call.seen().digits.push(keys.clone());
    Ok(Some(keys))
}
