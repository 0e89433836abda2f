//! What stands before every handler: who is it, may they, and did their own page send it.
//!
//! It decides before a byte of the body is read. Whether a single thing is in scope is the store's question.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::{Access, ApiError, App, Credential, Who, auth, same_origin};

/// What the guard of a route knows.
#[derive(Clone)]
pub(super) struct Guard {
    pub app: Arc<App>,
    pub access: Access,
}

/// Lets a request through to its handler, or not.
pub(super) async fn guard(State(guard): State<Guard>, mut request: Request, next: Next) -> Result<Response, ApiError> {
    let who = match guard.access {
        Access::Public => None,
        Access::SignedIn | Access::May(_) => Some(auth::identify(&guard.app, request.headers()).await?),
    };
    let by_cookie = !matches!(who, Some(Who { credential: Credential::Token(_), .. }));
    if by_cookie && !request.method().is_safe() {
        same_origin::check(&guard.app.config, request.headers(), who.is_some())?;
    }
    if let Some(who) = who {
        if let Access::May(action) = guard.access {
            who.may(action)?;
        }
        request.extensions_mut().insert(who);
    }
    Ok(next.run(request).await)
}
