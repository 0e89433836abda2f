//! Says when the program must be built anew because the pages inside it changed.
//!
//! Pages are carried by optimized builds alone; others read them from the folder at run time and need nothing of this.
//! It builds no pages: `make web` does. Where they are served is `api/pages.rs`.

use std::env;

/// Where `make web` puts the pages.
const PAGES: &str = "../../web/dist";

fn main() {
    let carries_pages = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    // A folder that is not there counts as changed every time, so that the first pages are noticed.
    let watched = if carries_pages { PAGES } else { "build.rs" };
    println!("cargo::rerun-if-changed={watched}");
}
