//! The webhooks of the bare loop: what to say, and how a call goes on.
//!
//! A wrong signature is refused before anything is looked up. A status is answered after its commit.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use tokio::net::TcpListener;

use super::Seen;
use super::signature::{self, Form};
use super::store::{Heard, Store};
use crate::carrier::AUTH_TOKEN;
use crate::clock;

struct App {
    public_url: String,
    store: Store,
    seen: Arc<Seen>,
}

pub async fn serve(listener: TcpListener, public_url: String, store: Store, seen: Arc<Seen>) {
    let app = Arc::new(App { public_url, store, seen });
    let routes =
        Router::new().route("/voice/{token}", post(voice)).route("/status/{token}", post(status)).with_state(app);
    // Without its webhooks the run reports fewer calls than it was given, and fails.
    let _ = axum::serve(listener, routes).await;
}

async fn voice(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = if verified(&app, &uri, &headers, &body).is_some() { speak(&app, &token) } else { forbidden() };
    app.seen.webhook_answered();
    answer
}

async fn status(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = match verified(&app, &uri, &headers, &body) {
        Some(form) => hear(&app, token, &form).await,
        None => forbidden(),
    };
    app.seen.webhook_answered();
    answer
}

fn speak(app: &App, token: &str) -> Response {
    match app.store.name(token) {
        Ok(name) => {
            let name = escape(name.as_deref().unwrap_or("there"));
            let twiml = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say voice=\"Polly.Joanna-Neural\" language=\"en-US\">\
                 Hello {name}, this is a reminder of your appointment tomorrow.</Say><Hangup/></Response>"
            );
            ([(header::CONTENT_TYPE, "text/xml")], twiml).into_response()
        }
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn hear(app: &App, token: String, form: &Form) -> Response {
    let field =
        |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default();
    let heard = Heard { token, sid: field("CallSid"), status: field("CallStatus"), at_us: clock::wall_us() };
    match app.store.heard(heard).await {
        Ok(ended) => {
            if ended {
                app.seen.call_ended();
            }
            StatusCode::NO_CONTENT.into_response()
        }
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn verified(app: &App, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Option<Form> {
    let form: Form = form_urlencoded::parse(body).into_owned().collect();
    let signature = headers.get("x-twilio-signature")?.to_str().ok()?;
    let url = format!("{}{}", app.public_url, uri.path_and_query()?);
    signature::is_right(AUTH_TOKEN, &url, &form, signature).then_some(form)
}

fn forbidden() -> Response {
    StatusCode::FORBIDDEN.into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
