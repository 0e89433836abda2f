//! A code as somebody typed it, held against a person's second factor: six digits of an app, or a recovery code.
//!
//! Either is good once, which the transaction that takes it sees to. How often somebody may guess is the throttle's.

use jiff::Timestamp;
use uuid::Uuid;

use super::{ApiError, App};
use crate::codes;
use crate::secrets::{Place, SecretKey};
use crate::store::second_factors::{self, SecondFactor};
use crate::store::{StoreError, Tx};
use crate::totp::TotpSecret;

/// Characters of a code that is looked at, blanks and dashes included.
const CODE_CHARS_MAX: usize = 40;

/// Where the secret of a person's second factor is kept.
pub(super) const fn place(user: Uuid) -> Place {
    Place { table: "second_factors", row: user, column: "secret" }
}

/// What somebody typed, and when.
pub(super) struct Proof {
    key: SecretKey,
    typed: String,
    pub(super) now: Timestamp,
}

impl Proof {
    pub(super) fn new(app: &App, typed: String) -> Self {
        let typed = if typed.chars().count() > CODE_CHARS_MAX { String::new() } else { typed };
        Self { key: app.secret_key.clone(), typed, now: app.clock.now() }
    }

    /// The step whose six digits were typed, if they may still be taken.
    pub(super) fn step(&self, user: Uuid, factor: &SecondFactor) -> Option<i64> {
        let secret = match self.key.open(&place(user), &factor.secret_sealed) {
            Ok(text) => TotpSecret::from_text(&text),
            Err(error) => {
                tracing::error!(%error, %user, "the secret of a second factor cannot be opened: only recovery codes help");
                None
            }
        };
        secret?.step_of(&self.typed, self.now, factor.last_step)
    }

    /// Takes the code for a locked second factor. False: it is not right, or was taken before.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn take(&self, tx: &mut Tx<'_>, user: Uuid, factor: &SecondFactor) -> Result<bool, StoreError> {
        match self.step(user, factor) {
            Some(step) => second_factors::take_step(tx, user, step).map(|()| true),
            None => second_factors::take_recovery_code(tx, user, codes::code_hash(&self.typed)),
        }
    }
}

/// What a log-in needs beside the password: nothing, or a code that is taken now.
///
/// # Errors
/// [`ApiError::SecondFactorRequired`] when a code is missing or not right.
pub(super) fn pass(tx: &mut Tx<'_>, user: Uuid, proof: Option<&Proof>) -> Result<(), ApiError> {
    let factor = second_factors::lock(tx, user)?.filter(|factor| factor.on_since.is_some());
    let (Some(factor), proof) = (factor, proof) else { return Ok(()) };
    match proof {
        None => Err(ApiError::SecondFactorRequired("give the six digits of your app, or a recovery code, as code")),
        Some(proof) if proof.take(tx, user, &factor)? => Ok(()),
        Some(_) => Err(ApiError::SecondFactorRequired("the code is not right, or was used before")),
    }
}
