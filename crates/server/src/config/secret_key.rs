//! The secret key in the data folder: made once, readable by its owner alone.
//!
//! It is written whole and then given its name, so that two programs that start at once use the same one and a
//! crash leaves none that is cut short. Losing it loses the carrier's secrets, nothing else.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::ConfigError;
use crate::chance::Chance;
use crate::secrets::SecretKey;

const FILE_NAME: &str = "secret_key";

/// The key in `folder`, made when absent.
pub(super) fn in_folder(folder: &Path, chance: &Chance) -> Result<SecretKey, ConfigError> {
    let path = folder.join(FILE_NAME);
    let unreadable = |error| ConfigError::Unreadable { path: path.clone(), error };
    if !path.exists() {
        std::fs::create_dir_all(folder).map_err(unreadable)?;
        create(folder, &path, chance).map_err(unreadable)?;
    }
    let text = std::fs::read_to_string(&path).map_err(unreadable)?;
    SecretKey::parse(&text).map_err(|e| ConfigError::File { path: path.clone(), message: e.to_string() })
}

fn create(folder: &Path, path: &Path, chance: &Chance) -> std::io::Result<()> {
    let draft = folder.join(format!(".{FILE_NAME}.{}", u64::from_le_bytes(chance.bytes())));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(SecretKey::generate(chance).as_bytes())?;
    file.sync_all()?;
    // A link never replaces a file: who comes second uses the key of the first.
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => File::open(folder)?.sync_all(),
    }
}
