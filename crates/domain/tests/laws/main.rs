//! Laws: what holds for every history, found out by trying many.
//!
//! Each module proves one promise of the domain through its public API. A failing case is shrunk, printed with its
//! seed and kept in `proptest-regressions`, from where it is tried first ever after. Single rules have their tables
//! beside the code.

mod calls;
mod pacing;
mod planning;
