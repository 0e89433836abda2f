//! Which carrier an organization calls through: its account, made into a client once and kept.
//!
//! A client is made anew when the stored account changes. Who makes it (Twilio's REST, a script in a test) is
//! handed in, so that the engine knows the `Carrier` trait alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use uuid::Uuid;

use crate::store::accounts::Account;
use crate::telephony::{Carrier, PublicUrl};

/// An organization's way to its carrier.
#[derive(Clone)]
pub struct Line {
    pub carrier: Arc<dyn Carrier>,
    /// Where the carrier reaches us.
    pub public_url: PublicUrl,
}

/// Makes a client of an account; `Err` says in words what is missing or wrong.
pub type MakeLine = Arc<dyn Fn(&Account) -> Result<Line, String> + Send + Sync>;

/// The clients of all organizations.
pub struct Carriers {
    make: MakeLine,
    known: Mutex<HashMap<Uuid, (i64, Line)>>,
}

impl Carriers {
    /// Clients that `make` makes.
    #[must_use]
    pub fn new(make: MakeLine) -> Self {
        Self { make, known: Mutex::new(HashMap::new()) }
    }

    /// The client of an account, made when it is new or has changed.
    ///
    /// # Errors
    /// In words, when the account is incomplete.
    pub fn line(&self, account: &Account) -> Result<Line, String> {
        let mut known = self.known.lock().expect("nobody panics with the carriers in hand");
        if let Some((version, line)) = known.get(&account.organization)
            && *version == account.version
        {
            return Ok(line.clone());
        }
        let line = (self.make)(account)?;
        known.insert(account.organization, (account.version, line.clone()));
        Ok(line)
    }
}
