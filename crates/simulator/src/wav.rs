//! Small valid WAV files: what a recording sounds like.
//!
//! A tone instead of a voice, and never longer than a few seconds, so that fetching many costs little. Only one
//! format is written; reading the length of a foreign file is [`speech`](crate::twiml)'s business.

use std::time::Duration;

const SAMPLES_PER_SECOND: u32 = 8_000;
const HEADER: u32 = 44;
/// Longer recordings are served as this much sound; their metadata keeps the true length.
const LONGEST: Duration = Duration::from_secs(5);

/// A 400 Hz tone, 8 kHz, 16 bit.
pub(crate) fn tone(length: Duration, channels: u16) -> Vec<u8> {
    let length = length.min(LONGEST);
    let frames = u32::try_from(length.as_millis()).unwrap_or(0) * SAMPLES_PER_SECOND / 1000;
    let data = frames * u32::from(channels) * 2;
    let mut wav = Vec::with_capacity((data + HEADER) as usize);
    wav.extend_from_slice(b"RIFF");
    wav.extend_from_slice(&(data + HEADER - 8).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt ");
    wav.extend_from_slice(&16_u32.to_le_bytes());
    wav.extend_from_slice(&1_u16.to_le_bytes());
    wav.extend_from_slice(&channels.to_le_bytes());
    wav.extend_from_slice(&SAMPLES_PER_SECOND.to_le_bytes());
    wav.extend_from_slice(&(SAMPLES_PER_SECOND * u32::from(channels) * 2).to_le_bytes());
    wav.extend_from_slice(&(channels * 2).to_le_bytes());
    wav.extend_from_slice(&16_u16.to_le_bytes());
    wav.extend_from_slice(b"data");
    wav.extend_from_slice(&data.to_le_bytes());
    for frame in 0..frames {
        // Twenty samples a wave, as a triangle: no need for a sine.
        let phase = i16::try_from(frame % 20).unwrap_or(0);
        let level = (10 - (phase - 10).abs() - 5) * 1_000;
        for _ in 0..channels {
            wav.extend_from_slice(&level.to_le_bytes());
        }
    }
    wav
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_in_the_header_are_those_of_the_file() {
        for channels in [1, 2] {
            let wav = tone(Duration::from_millis(1_500), channels);
            let field = |at: usize| u32::from_le_bytes(wav[at..at + 4].try_into().unwrap()) as usize;
            assert_eq!(field(4) + 8, wav.len());
            assert_eq!(field(40) + 44, wav.len());
            assert_eq!(field(40), 12_000 * 2 * usize::from(channels));
        }
    }
}
