//! What a request comes to: an answer, silence, or a closed connection.
//!
//! Resources only ever make an [`Answer`]; silence and closing are the fault plan's, chosen in
//! [`faulted`](super::faulted) and carried out by [`server`](crate::server).

use bytes::Bytes;
use serde_json::Value;

/// The end of a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    Answer(Answer),
    /// Never answered; the client gives up at last.
    Hang,
    /// The connection closes without a byte.
    Close,
}

/// An HTTP answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: Bytes,
    pub(crate) retry_after_s: Option<u32>,
    /// The carrier's error code, for the ledger.
    pub(crate) code: Option<u32>,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &Value) -> Answer {
        Answer::new(status, "application/json", body.to_string().into())
    }

    pub(crate) fn new(status: u16, content_type: &'static str, body: Bytes) -> Answer {
        Answer { status, content_type, body, retry_after_s: None, code: None }
    }

    pub(crate) fn empty() -> Answer {
        Answer::new(204, "application/json", Bytes::new())
    }
}
