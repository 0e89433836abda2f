//! A log-in that is let in: a new session, the cookies for it, and the end of the one before it.
//!
//! Whether somebody may come in was decided before. What a session shows is [`super::session`]'s.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::AppendHeaders;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{App, cookie};
use crate::secrets::{new_token, token_hash};
use crate::store::sessions::{self, Session};
use crate::store::{StoreError, Tx};

/// How much of a browser's name is kept.
const USER_AGENT_CHARS_MAX: usize = 200;
/// How long a browser is remembered as one in which somebody logged in.
const DEVICE_LIFE: SignedDuration = SignedDuration::from_hours(180 * 24);

/// What a browser gets when its person is let in.
pub(super) type Cookies = AppendHeaders<[(HeaderName, HeaderValue); 2]>;

/// The rows of a log-in.
pub(super) struct Entry {
    session: Session,
    hash: Vec<u8>,
    /// The session that this browser had.
    old: Option<Vec<u8>>,
}

/// Draws a session for the browser that sent these headers, and its cookies.
pub(super) fn admit(app: &App, headers: &HeaderMap, email: &str) -> (Entry, Cookies) {
    let now = app.clock.now();
    let (token, life) = (new_token(&app.chance, ""), app.config.bounds.session_life);
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let session = Session {
        id: app.chance.id(now),
        user_agent: agent.chars().take(USER_AGENT_CHARS_MAX).collect(),
        created_at: now,
        seen_at: now,
        expires_at: now + life,
    };
    let transport = cookie::Transport::of(&app.config, headers);
    let mark = app.secret_key.mark(&app.chance, email);
    let cookies = AppendHeaders([
        (header::SET_COOKIE, cookie::set_session(transport, &token, life)),
        (header::SET_COOKIE, cookie::set_device(transport, &mark, DEVICE_LIFE)),
    ]);
    let old = cookie::session(&app.config, headers).map(token_hash);
    (Entry { session, hash: token_hash(token.reveal()), old }, cookies)
}

impl Entry {
    /// Writes the session and ends the one before it. Returns its latest end.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn write(&self, tx: &mut Tx<'_>, user: Uuid) -> Result<Timestamp, StoreError> {
        if let Some(old) = &self.old {
            sessions::end_by_token(tx, old)?;
        }
        sessions::sweep(tx, self.session.created_at)?;
        sessions::insert(tx, &self.hash, user, &self.session)?;
        Ok(self.session.expires_at)
    }
}
