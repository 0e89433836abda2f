//! Laws: what holds for every history, found out by trying many.
//!
//! Each module proves one promise of the domain through its public API. A failing case is shrunk, printed with its
//! seed and kept in `proptest-regressions`, from where it is tried first ever after. Single rules have their tables
//! beside the code. `PROPTEST_CASES=100000` tries harder.

mod calls;
mod figures;
mod pacing;
mod planning;
mod schedules;
mod scheduling;

/// So many cases, unless the environment asks for another number.
fn cases(usual: u32) -> proptest::test_runner::Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    proptest::test_runner::Config { cases: asked.unwrap_or(usual), ..proptest::test_runner::Config::default() }
}
