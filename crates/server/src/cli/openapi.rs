//! `carillon openapi`: the description of the API, for programs that make clients of it.
//!
//! It opens no database, reads no settings and asks no server: the description is made of the routes in this
//! binary, by [`crate::api::document`].

use std::io::{Write as _, stdout};

/// Prints the document.
pub(super) fn run() -> anyhow::Result<()> {
    writeln!(stdout(), "{}", crate::api::document())?;
    Ok(())
}
