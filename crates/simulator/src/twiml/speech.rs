//! How long things take to say or play.
//!
//! Estimates, so that calls last as long as they would: no voice is made and no audio decoded, and language, voice
//! and rate of speech are ignored. The [`interpreter`](super::interpreter) spends these times on the line.

use std::time::Duration;

/// About 150 words a minute.
const CHARACTERS_PER_SECOND: f64 = 14.0;
/// Audio of unknown rate counts as 128 kbit/s.
const AUDIO_BYTES_PER_SECOND: f64 = 16_000.0;
const SHORTEST: Duration = Duration::from_millis(300);

/// How long a text takes to say.
pub(crate) fn spoken(text: &str) -> Duration {
    #[allow(clippy::cast_precision_loss, reason = "texts are short")]
    let seconds = text.chars().count() as f64 / CHARACTERS_PER_SECOND;
    Duration::from_secs_f64(seconds).max(SHORTEST)
}

/// How long a file plays: by its header for WAV, else by its size.
pub(crate) fn played(audio: &[u8]) -> Duration {
    let rate = wav_bytes_per_second(audio).unwrap_or(AUDIO_BYTES_PER_SECOND);
    #[allow(clippy::cast_precision_loss, reason = "files are small")]
    let seconds = audio.len().saturating_sub(44) as f64 / rate;
    Duration::from_secs_f64(seconds).max(SHORTEST)
}

fn wav_bytes_per_second(audio: &[u8]) -> Option<f64> {
    if audio.get(..4)? != b"RIFF" || audio.get(8..16)? != b"WAVEfmt " {
        return None;
    }
    let rate = u32::from_le_bytes(audio.get(28..32)?.try_into().ok()?);
    (rate > 0).then(|| f64::from(rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_take_longer_and_wav_is_timed_by_its_header() {
        assert_eq!(spoken(&"a".repeat(140)), Duration::from_secs(10));
        assert_eq!(spoken(""), SHORTEST);
        assert_eq!(played(&crate::wav::tone(Duration::from_secs(2), 1)), Duration::from_secs(2));
    }
}
