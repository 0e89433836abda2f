//! What somebody tries on the handset, sealed into a text of its own: no node has to remember it.
//!
//! It opens for the person who began, within the campaign that they began with, and for some minutes. What is heard is
//! read anew each time.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::api::{ApiError, App, Who};
use crate::secrets::{Place, Secret};

/// How long somebody may try.
const LIFE: SignedDuration = SignedDuration::from_mins(15);
const NO_SESSION: ApiError = ApiError::NotFound("handset session");

/// What somebody tries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Session {
    pub(super) campaign: Uuid,
    pub(super) recipient: Option<Uuid>,
    /// Given by the one who tries.
    pub(super) phone: Option<String>,
    expires_at: Timestamp,
}

impl Session {
    /// As somebody begins.
    pub(super) fn new(campaign: Uuid, (recipient, phone): (Option<Uuid>, Option<String>), now: Timestamp) -> Self {
        Self { campaign, recipient, phone, expires_at: now + LIFE }
    }

    /// Where it is sealed for: another person cannot open it.
    fn place(who: &Who) -> Place {
        Place { table: "handset", row: who.user.id, column: "session" }
    }

    /// As it travels.
    pub(super) fn seal(&self, app: &App, who: &Who) -> String {
        let text = serde_json::to_string(self).expect("a session is plain data");
        app.secret_key.seal(&app.chance, &Self::place(who), &Secret::new(text))
    }

    /// Reads a session of ours that is still good.
    pub(super) fn open(app: &App, who: &Who, (campaign, sealed): (Uuid, &str)) -> Result<Self, ApiError> {
        let text = app.secret_key.open(&Self::place(who), sealed).map_err(|_| NO_SESSION)?;
        let session: Self = serde_json::from_str(text.reveal()).map_err(|_| NO_SESSION)?;
        let is_good = session.campaign == campaign && app.clock.now() < session.expires_at;
        is_good.then_some(session).ok_or(NO_SESSION)
    }
}
