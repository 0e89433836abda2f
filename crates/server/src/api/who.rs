//! Who asks: the person behind a session or a token, with role and scope.
//!
//! The guard puts it there before a handler runs; a handler that takes [`Who`] cannot stand on a public route.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use carillon_domain::roles::{self, Action};
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::ApiError;
use crate::store::audit::{self, Change};
use crate::store::scope::Scope;
use crate::store::users::User;
use crate::store::{StoreError, Tx};

/// Who asks.
#[derive(Debug, Clone)]
pub struct Who {
    pub user: User,
    pub credential: Credential,
}

/// What they showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// The cookie of this session.
    Session(Uuid),
    /// The API token of this id.
    Token(Uuid),
}

/// A change as a handler describes it for the audit log.
pub struct Audited {
    /// What was done, for example `settings.changed`.
    pub action: &'static str,
    /// What it was done to, for example `user:ID`.
    pub subject: String,
    /// As a page would show them, without secrets; null when there is none.
    pub before: Value,
    pub after: Value,
}

impl Who {
    /// The organization in which everything happens.
    #[must_use]
    pub const fn organization(&self) -> Uuid {
        self.user.organization
    }

    /// On whose rows the role may do this; hand it to the store.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] when it may not.
    pub fn may(&self, action: Action) -> Result<Scope, ApiError> {
        let (organization, user) = (self.user.organization, self.user.id);
        match roles::scope(self.user.role, action) {
            Some(roles::Scope::Organization) => Ok(Scope::whole(organization)),
            Some(roles::Scope::Department) => Ok(Scope::departments_of(organization, user)),
            Some(roles::Scope::Own) => Ok(Scope::own(organization, user)),
            None => Err(ApiError::Forbidden(format!("the role {} is not allowed to do this", self.user.role))),
        }
    }

    /// How the logs name them.
    #[must_use]
    pub fn actor(&self) -> String {
        match self.credential {
            Credential::Session(_) => format!("user:{}", self.user.id),
            Credential::Token(id) => format!("token:{id}"),
        }
    }

    /// Keeps a change in the audit log.
    ///
    /// # Errors
    /// When the database fails.
    pub fn audit(&self, tx: &mut Tx<'_>, what: Audited, now: Timestamp) -> Result<(), StoreError> {
        let actor = self.actor();
        let change = Change {
            organization: self.organization(),
            actor: &actor,
            action: what.action,
            subject: what.subject,
            before: what.before,
            after: what.after,
        };
        audit::record(tx, &change, now)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let missing = || ApiError::Internal { cause: "a public route asks who it is".to_owned() };
        parts.extensions.get::<Self>().cloned().ok_or_else(missing)
    }
}
