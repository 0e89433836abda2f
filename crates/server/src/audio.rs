//! Recordings that people bring: proven by decoding the whole file in a child process, and measured on the way.
//!
//! The child is this very program (`carillon decode-audio`) with a lid on memory, time and files, so that a hostile file
//! takes down nothing but itself ([`child`]). What is heard in it is [`measure`]'s; a file is kept as it came.

pub mod child;
mod measure;

use std::fs::File;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

/// Bytes of a recording.
pub const AUDIO_BYTES_MAX: usize = 10 * 1_024 * 1_024;
/// The words that make this program the child.
pub const CHILD_COMMAND: &str = "decode-audio";
/// Recordings decoded at once; the others wait.
const DECODED_AT_ONCE_MAX: usize = 2;
/// How long a child may take by the clock on the wall.
const CHILD_TIMEOUT: Duration = Duration::from_secs(20);
/// Bytes that a child has to say.
const ANSWER_BYTES_MAX: u64 = 4_096;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AudioFormat {
    Mp3,
    Wav,
}

impl AudioFormat {
    /// As it is said to browsers and carriers.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Mp3 => "audio/mpeg",
            Self::Wav => "audio/wav",
        }
    }
}

/// What was heard in a recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    pub format: AudioFormat,
    pub duration_ms: u64,
    pub sample_rate: u32,
    pub channels: u32,
    /// The root mean square of all samples, in decibels below full scale.
    pub loudness_dbfs: f64,
}

/// What the child says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Measured(Measured),
    /// Why it is no recording, in words for the person who brought it.
    Refused(String),
}

/// Why a recording was not measured.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// It is at fault; in words for the person who brought it.
    #[error("{0}")]
    Refused(String),
    /// The child could not be started.
    #[error("the decoder does not start: {0}")]
    Start(#[from] std::io::Error),
}

impl DecodeError {
    fn out_of_bounds() -> Self {
        Self::Refused("cannot be decoded within the limits on memory and time".to_owned())
    }
}

/// Decodes recordings in child processes.
pub struct Decoder {
    program: PathBuf,
    places: Semaphore,
}

impl Decoder {
    /// A decoder whose children run this program file.
    #[must_use]
    pub fn by(program: PathBuf) -> Self {
        Self { program, places: Semaphore::new(DECODED_AT_ONCE_MAX) }
    }

    /// A decoder whose children run the program that asks.
    #[must_use]
    pub fn by_this_program() -> Self {
        // Where the system does not tell, the search path does.
        Self::by(std::env::current_exe().unwrap_or_else(|_| PathBuf::from("carillon")))
    }

    /// Decodes a whole recording, from its beginning.
    ///
    /// # Errors
    /// When it is none, or the child cannot be started.
    pub async fn measure(&self, file: File) -> Result<Measured, DecodeError> {
        let _place = self.places.acquire().await.expect("the semaphore is never closed");
        let mut child = Command::new(&self.program)
            .arg(CHILD_COMMAND)
            .env_clear()
            .stdin(Stdio::from(file))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        match tokio::time::timeout(CHILD_TIMEOUT, answer(&mut child)).await {
            Ok(verdict) => verdict,
            Err(_) => {
                tracing::warn!("decoding a recording took too long and was ended");
                child.kill().await?;
                Err(DecodeError::out_of_bounds())
            }
        }
    }
}

async fn answer(child: &mut Child) -> Result<Measured, DecodeError> {
    let mut said = String::new();
    if let Some(stdout) = &mut child.stdout {
        stdout.take(ANSWER_BYTES_MAX).read_to_string(&mut said).await?;
    }
    child.wait().await?;
    // A child that was killed at a limit says nothing.
    match serde_json::from_str(&said) {
        Ok(Verdict::Measured(measured)) => Ok(measured),
        Ok(Verdict::Refused(words)) => Err(DecodeError::Refused(words)),
        Err(_) => Err(DecodeError::out_of_bounds()),
    }
}
