//! Listening to a whole recording: is it MP3 or WAV, how long, how loud.
//!
//! Names and headers are not believed: every packet is decoded, and what was decoded must be what the file holds. A file
//! that is mostly something else, or promises more than there is, is refused in words.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use symphonia::core::audio::GenericAudioBufferRef;
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader};
use symphonia::core::io::MediaSourceStream;
use symphonia::default::formats::{MpaReader, WavReader};

use super::{AudioFormat, Measured};

/// A message shorter than this is none.
const DURATION_MS_MIN: u64 = 100;
/// A message longer than this is none either.
const DURATION_S_MAX: u64 = 3_600;
/// What telephone carriers take.
const SAMPLE_RATES: std::ops::RangeInclusive<u32> = 8_000..=48_000;
const CHANNELS_MAX: usize = 2;
/// Of the packets, so many in a hundred may be damaged: a cut recording begins with one that lacks its past.
const DAMAGED_PERCENT_MAX: u64 = 1;
const DAMAGED_ALWAYS_FINE: u64 = 2;
/// Of an MP3's bytes without its tags, so many in a hundred must be sound; the first frame may be a table.
const SOUND_PERCENT_MIN: u64 = 95;
const TABLE_BYTES_MAX: u64 = 2_048;
/// Silence is not quieter than this.
const LOUDNESS_DBFS_MIN: f64 = -120.0;

/// Why a file is no recording that can be played.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("is neither MP3 nor WAV")]
    Unknown,
    #[error("cannot be decoded: {0}")]
    Broken(String),
    #[error("is mostly something else than sound")]
    NotSound,
    #[error("its header promises more than there is; save it again")]
    Lying,
    #[error("is shorter than a tenth of a second")]
    TooShort,
    #[error("is longer than an hour")]
    TooLong,
    #[error("has {0} samples a second; 8,000 to 48,000 are wanted")]
    SampleRate(u32),
    #[error("has {0} channels; one or two are wanted")]
    Channels(usize),
    #[error("changes its form on the way")]
    Changes,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

/// Listens to a file from its beginning to its end.
pub(super) fn measure(mut file: File) -> Result<Measured, Refusal> {
    let bytes = file.seek(SeekFrom::End(0))?;
    let beginning = beginning(&mut file, 0)?;
    if beginning.starts_with(b"RIFF") && beginning[8..].starts_with(b"WAVE") {
        file.seek(SeekFrom::Start(0))?;
        let stream = MediaSourceStream::new(Box::new(file), Default::default());
        return Listener::default().listen(Box::new(WavReader::try_new(stream, FormatOptions::default())?), bytes);
    }
    let sound = sound_of_mp3(&mut file, bytes)?;
    file.seek(SeekFrom::Start(sound.start))?;
    let stream = MediaSourceStream::new(Box::new(Part { file, left: sound.end - sound.start }), Default::default());
    let reader = MpaReader::try_new(stream, FormatOptions::default())?;
    Listener::default().listen(Box::new(reader), sound.end - sound.start)
}

/// The first bytes behind `from`; zeros where there are none.
fn beginning(file: &mut File, from: u64) -> Result<[u8; 12], Refusal> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from))?;
    file.take(12).read_to_end(&mut bytes)?;
    bytes.resize(12, 0);
    bytes.try_into().map_err(|_| Refusal::Unknown)
}

/// Where in an MP3 the frames are: behind an ID3v2 tag, before an ID3v1 tag.
fn sound_of_mp3(file: &mut File, bytes: u64) -> Result<std::ops::Range<u64>, Refusal> {
    let mut start = 0;
    let head = beginning(file, 0)?;
    if head.starts_with(b"ID3") {
        // Seven bits a byte.
        let size = head[6..10].iter().fold(0, |size, byte| (size << 7) | u64::from(byte & 0x7f));
        let footer = if head[5] & 0x10 == 0 { 0 } else { 10 };
        start = 10 + size + footer;
    }
    let frame = beginning(file, start)?;
    if frame[0] != 0xff || frame[1] & 0xe0 != 0xe0 {
        return Err(Refusal::Unknown);
    }
    let tail = bytes.checked_sub(128).filter(|tail| *tail > start);
    let has_tail = tail.map(|tail| beginning(file, tail)).transpose()?.is_some_and(|tail| tail.starts_with(b"TAG"));
    let end = if has_tail { bytes - 128 } else { bytes };
    if start >= end { Err(Refusal::Unknown) } else { Ok(start..end) }
}

/// A file from where it stands, so many bytes.
struct Part {
    file: File,
    left: u64,
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.file.read(&mut buffer[..most])?;
        self.left -= read as u64;
        Ok(read)
    }
}

impl Seek for Part {
    fn seek(&mut self, _: SeekFrom) -> std::io::Result<u64> {
        Err(std::io::Error::other("a part is read once"))
    }
}

impl symphonia::core::io::MediaSource for Part {
    fn is_seekable(&self) -> bool {
        false
    }

    fn byte_len(&self) -> Option<u64> {
        None
    }
}

/// What was heard so far.
#[derive(Default)]
struct Listener {
    form: Option<(u32, usize)>,
    frames: u64,
    sum_of_squares: f64,
    packets: u64,
    damaged: u64,
    packet_bytes: u64,
    samples: Vec<f32>,
}

impl Listener {
    fn listen(mut self, mut reader: Box<dyn FormatReader + '_>, bytes: u64) -> Result<Measured, Refusal> {
        let track = reader.tracks().first().ok_or(Refusal::Unknown)?;
        let promised = track.num_frames;
        let Some(CodecParameters::Audio(codec)) = track.codec_params.clone() else { return Err(Refusal::Unknown) };
        let mut decoder =
            symphonia::default::get_codecs().make_audio_decoder(&codec, &AudioDecoderOptions::default())?;
        let is_wav = reader.format_info().short_name == "wave";
        loop {
            match reader.next_packet() {
                Ok(Some(packet)) => {
                    self.packet_bytes += packet.data.len() as u64;
                    self.packets += 1;
                    self.hear(decoder.as_mut(), &packet)?;
                }
                Ok(None) => break,
                Err(Error::IoError(error)) if is_wav && error.kind() == std::io::ErrorKind::UnexpectedEof => {
                    return Err(Refusal::Lying);
                }
                Err(error) => return Err(error.into()),
            }
        }
        if is_wav && promised.is_none_or(|promised| promised > self.frames) {
            return Err(Refusal::Lying);
        }
        if !is_wav && (self.packet_bytes + TABLE_BYTES_MAX) * 100 < bytes * SOUND_PERCENT_MIN {
            return Err(Refusal::NotSound);
        }
        self.sum_up(if is_wav { AudioFormat::Wav } else { AudioFormat::Mp3 })
    }

    fn hear(
        &mut self,
        decoder: &mut dyn AudioDecoder,
        packet: &symphonia::core::packet::Packet,
    ) -> Result<(), Refusal> {
        match decoder.decode(packet) {
            Ok(buffer) => self.add(&buffer),
            Err(Error::DecodeError(_)) => {
                self.damaged += 1;
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn add(&mut self, buffer: &GenericAudioBufferRef<'_>) -> Result<(), Refusal> {
        let form = (buffer.spec().rate(), buffer.spec().channels().count());
        if *self.form.get_or_insert(form) != form {
            return Err(Refusal::Changes);
        }
        if !SAMPLE_RATES.contains(&form.0) {
            return Err(Refusal::SampleRate(form.0));
        }
        if !(1..=CHANNELS_MAX).contains(&form.1) {
            return Err(Refusal::Channels(form.1));
        }
        self.frames += buffer.frames() as u64;
        if self.frames > DURATION_S_MAX * u64::from(form.0) {
            return Err(Refusal::TooLong);
        }
        self.samples.resize(buffer.samples_interleaved(), 0.0);
        buffer.copy_to_slice_interleaved(&mut self.samples);
        self.sum_of_squares += self.samples.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>();
        Ok(())
    }

    fn sum_up(self, format: AudioFormat) -> Result<Measured, Refusal> {
        let Some((sample_rate, channels)) = self.form else { return Err(Refusal::TooShort) };
        if self.damaged > DAMAGED_ALWAYS_FINE && self.damaged * 100 > self.packets * DAMAGED_PERCENT_MAX {
            return Err(Refusal::Broken(format!("{} of {} parts are damaged", self.damaged, self.packets)));
        }
        let duration_ms = self.frames * 1_000 / u64::from(sample_rate);
        if duration_ms < DURATION_MS_MIN {
            return Err(Refusal::TooShort);
        }
        #[allow(clippy::cast_precision_loss, reason = "an hour of samples is far below 2^53")]
        let mean = self.sum_of_squares / (self.frames * channels as u64) as f64;
        let loudness_dbfs = (10.0 * mean.log10()).max(LOUDNESS_DBFS_MIN);
        let channels = u32::try_from(channels).unwrap_or(u32::MAX);
        Ok(Measured { format, duration_ms, sample_rate, channels, loudness_dbfs })
    }
}
