//! Excel workbooks that people bring: one sheet of each becomes a list in our own CSV, made by a child process.
//!
//! The child is this very program (`carillon read-workbook`) with a lid on memory, time, output and files, so that a
//! hostile workbook takes down nothing but itself ([`child`]). It reads the workbook on its standard input and writes
//! the list straight into the file on its standard output; the server sees neither. What it has to say comes on its
//! standard error.

mod archive;
mod cells;
pub mod child;
mod sheets;

use std::fs::File;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

/// The words that make this program the child.
pub const CHILD_COMMAND: &str = "read-workbook";
/// The variable that names the sheet, and no word of the command line: it is a stranger's text.
const SHEET_VARIABLE: &str = "SHEET";
/// Workbooks read at once; the others wait.
const READ_AT_ONCE_MAX: usize = 2;
/// How long a child may take by the clock on the wall.
const CHILD_TIMEOUT: Duration = Duration::from_secs(40);
/// Bytes that a child has to say.
const ANSWER_BYTES_MAX: u64 = 64 * 1_024;

/// What became a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRead {
    pub sheet: String,
    /// All sheets that people see, the first hundred.
    pub sheets: Vec<String>,
}

/// What the child says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Read(SheetRead),
    /// There is no such sheet, in words.
    NoSuchSheet(String),
    /// Why it cannot be read, in words for the person who brought it.
    Refused(String),
}

/// Why a workbook did not become a list.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// It is at fault; in words for the person who brought it.
    #[error("{0}")]
    Refused(String),
    /// The sheet that was named is not there.
    #[error("{0}")]
    NoSuchSheet(String),
    /// The child could not be started.
    #[error("the reader of workbooks does not start: {0}")]
    Start(#[from] std::io::Error),
}

impl WorkbookError {
    fn out_of_bounds() -> Self {
        Self::Refused("the workbook cannot be read within the limits on memory and time: save the sheet as CSV".into())
    }
}

/// Reads workbooks in child processes.
pub struct Workbooks {
    program: PathBuf,
    places: Semaphore,
}

impl Workbooks {
    /// A reader whose children run this program file.
    #[must_use]
    pub fn by(program: PathBuf) -> Self {
        Self { program, places: Semaphore::new(READ_AT_ONCE_MAX) }
    }

    /// A reader whose children run the program that asks.
    #[must_use]
    pub fn by_this_program() -> Self {
        // Where the system does not tell, the search path does.
        Self::by(std::env::current_exe().unwrap_or_else(|_| PathBuf::from("carillon")))
    }

    /// Writes the sheet of a workbook into `list`: the one named, or the first that people see and that has rows.
    ///
    /// # Errors
    /// When it cannot be read, or the child cannot be started.
    pub async fn read(&self, workbook: File, list: File, sheet: Option<&str>) -> Result<SheetRead, WorkbookError> {
        let _place = self.places.acquire().await.expect("the semaphore is never closed");
        if sheet.is_some_and(|name| name.contains('\0')) {
            return Err(WorkbookError::NoSuchSheet("is no name of a sheet".to_owned()));
        }
        let mut child = Command::new(&self.program)
            .arg(CHILD_COMMAND)
            .env_clear()
            .envs(sheet.map(|name| (SHEET_VARIABLE, name)))
            .stdin(Stdio::from(workbook))
            .stdout(Stdio::from(list))
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        match tokio::time::timeout(CHILD_TIMEOUT, answer(&mut child)).await {
            Ok(verdict) => verdict,
            Err(_) => {
                tracing::warn!("reading a workbook took too long and was ended");
                child.kill().await?;
                Err(WorkbookError::out_of_bounds())
            }
        }
    }
}

async fn answer(child: &mut Child) -> Result<SheetRead, WorkbookError> {
    let mut said = Vec::new();
    if let Some(stderr) = &mut child.stderr {
        stderr.take(ANSWER_BYTES_MAX).read_to_end(&mut said).await?;
    }
    // What it still wants to say is nobody's; it does not wait for a reader.
    child.stderr = None;
    child.wait().await?;
    // A child that was killed at a limit says nothing.
    match serde_json::from_slice(&said) {
        Ok(Verdict::Read(read)) => Ok(read),
        Ok(Verdict::NoSuchSheet(words)) => Err(WorkbookError::NoSuchSheet(words)),
        Ok(Verdict::Refused(words)) => Err(WorkbookError::Refused(words)),
        Err(_) => Err(WorkbookError::out_of_bounds()),
    }
}
