//! A raw listener that plays the carrier at the level of bytes, for the tests of this module.
//!
//! It keeps every byte it reads, so that a test can count what really went over the wire. It knows
//! nothing of the API; the simulator does that.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::transport::TransportLimits;
use super::{Credentials, TwilioCarrier, TwilioSettings};
use crate::telephony::{CarrierProfile, Secret};

pub(super) const ACCOUNT: &str = "AC00000000000000000000000000000001";

/// What happens to a connection or a request.
#[derive(Debug, Clone)]
pub(super) enum Behavior {
    /// Accept and close, the request unread.
    CloseUnread,
    /// Read the request, then close without a word.
    CloseRead,
    /// Read the request, then reset the connection.
    Reset,
    /// Read the request and never answer.
    Hang,
    /// Read the request, send these bytes, close.
    AnswerAndClose(Vec<u8>),
    /// Read the request, send these bytes, wait for the next request.
    Answer(Vec<u8>),
}

#[derive(Debug, Default)]
struct Seen {
    connections: usize,
    /// Every request read to its end, or as far as it came.
    requests: Vec<Vec<u8>>,
}

/// The listener; dropping it stops nothing, the test's runtime does.
pub(super) struct TestCarrier {
    pub(super) address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

impl TestCarrier {
    /// Plays the behaviors, one a request (or a connection, when it is not even read).
    pub(super) async fn playing(behaviors: impl IntoIterator<Item = Behavior>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let script = Arc::new(Mutex::new(behaviors.into_iter().collect::<VecDeque<_>>()));
        tokio::spawn(listen(listener, Arc::clone(&seen), script));
        Self { address, seen }
    }

    pub(super) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }

    pub(super) fn requests(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.requests.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
    }

    /// A client of this carrier.
    pub(super) fn client(&self, limits: TransportLimits) -> TwilioCarrier {
        client_of(&format!("http://{}", self.address), limits)
    }
}

pub(super) fn client_of(base_url: &str, limits: TransportLimits) -> TwilioCarrier {
    let settings = TwilioSettings {
        base_url: base_url.to_owned(),
        account_sid: ACCOUNT.to_owned(),
        credentials: Credentials::AuthToken(Secret::new("hunter2")),
        profile: CarrierProfile::TWILIO,
        limits,
    };
    TwilioCarrier::try_new(&settings).unwrap()
}

/// Limits under which nothing in a test runs out.
pub(super) fn patient() -> TransportLimits {
    TransportLimits { connect: Duration::from_secs(30), request: Duration::from_secs(30), ..TransportLimits::default() }
}

/// A whole HTTP answer with its length.
pub(super) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}").into_bytes()
}

type Script = Arc<Mutex<VecDeque<Behavior>>>;

async fn listen(listener: TcpListener, seen: Arc<Mutex<Seen>>, script: Script) {
    while let Ok((stream, _)) = listener.accept().await {
        seen.lock().unwrap().connections += 1;
        let unread = script.lock().unwrap().pop_front_if(|next| matches!(next, Behavior::CloseUnread));
        if unread.is_none() {
            tokio::spawn(serve(stream, Arc::clone(&seen), Arc::clone(&script)));
        }
    }
}

async fn serve(mut stream: TcpStream, seen: Arc<Mutex<Seen>>, script: Script) {
    loop {
        let request = read_request(&mut stream).await;
        if request.is_empty() {
            return;
        }
        seen.lock().unwrap().requests.push(request);
        let next = script.lock().unwrap().pop_front();
        match next.unwrap_or(Behavior::AnswerAndClose(answer("500 Not In The Script", "", ""))) {
            Behavior::Answer(bytes) => stream.write_all(&bytes).await.unwrap(),
            Behavior::AnswerAndClose(bytes) => {
                // The client may hang up before it has read all of a long answer.
                let _ = stream.write_all(&bytes).await;
                return;
            }
            Behavior::CloseUnread | Behavior::CloseRead => return,
            Behavior::Reset => return stream.set_zero_linger().unwrap(),
            Behavior::Hang => std::future::pending().await,
        }
    }
}

/// One request with its body, or what came before the other side hung up.
async fn read_request(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    while !is_whole(&bytes) {
        match stream.read_buf(&mut bytes).await {
            Ok(0) | Err(_) => break,
            Ok(_) => {}
        }
    }
    bytes
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.trim().parse().unwrap())
}
