//! Where lists lie: in the data folder, each under the id of its import, readable by the program's user alone.
//!
//! Names that people gave to files are never part of a path. All nodes of an installation share the data folder. A list
//! is written beside and moved into place, so that one that is there is whole.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use uuid::Uuid;

/// The folder's name within the data folder.
const NAME: &str = "imports";
/// The end of a list's name.
const SUFFIX: &str = ".list";

/// The folder of lists.
#[derive(Debug, Clone)]
pub struct ListFolder(PathBuf);

impl ListFolder {
    /// The folder in a data folder.
    #[must_use]
    pub fn new(data_dir: &Path) -> Self {
        Self(data_dir.join(NAME))
    }

    fn path(&self, import: Uuid) -> PathBuf {
        self.0.join(format!("{import}{SUFFIX}"))
    }

    /// A file to write a list into. It is gone when it is dropped.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn new_file(&self) -> std::io::Result<NamedTempFile> {
        std::fs::create_dir_all(&self.0)?;
        NamedTempFile::new_in(&self.0)
    }

    /// Moves a written list into its place.
    ///
    /// # Errors
    /// When the disk fails; then nothing is left behind.
    pub fn keep(&self, file: NamedTempFile, import: Uuid) -> std::io::Result<()> {
        file.as_file().sync_all()?;
        file.persist(self.path(import)).map_err(|error| error.error)?;
        Ok(())
    }

    /// A list; `None` when it is not there any more.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn open(&self, import: Uuid) -> std::io::Result<Option<File>> {
        match File::open(self.path(import)) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes a list, if it is there.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn remove(&self, import: Uuid) -> std::io::Result<()> {
        match std::fs::remove_file(self.path(import)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
