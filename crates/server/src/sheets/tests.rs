//! Fetching from a host on this machine that behaves badly: endless, silent, cut off, going around in circles.
//!
//! What people see of it is told by the stories of imports.

use std::io::Read as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};

use super::reach::Addresses;
use super::*;

const LIMITS: Limits = Limits { timeout: Duration::from_secs(10), bytes_max: 1_000 };

/// A host that answers every request with the same bytes, and how often it was connected to.
struct Host {
    base: String,
    asked: Arc<AtomicUsize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Close,
    Repeat,
    Wait,
}

impl Host {
    async fn saying(answer: impl Into<String>, then: Then) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", socket.local_addr().expect("an address"));
        let (asked, answer) = (Arc::new(AtomicUsize::new(0)), answer.into());
        let counter = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((connection, _)) = socket.accept().await {
                counter.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(say(connection, answer.clone(), then));
            }
        });
        Self { base, asked }
    }

    async fn fetched(&self, limits: Limits) -> Result<(Fetched, String), SheetError> {
        fetched(&Sheets::new(Reach::below(Some(&self.base)), limits)).await
    }
}

async fn say(mut connection: TcpStream, answer: String, then: Then) -> std::io::Result<()> {
    let mut request = vec![0; 8_192];
    let _ = connection.read(&mut request).await?;
    connection.write_all(answer.as_bytes()).await?;
    match then {
        Then::Close => Ok(()),
        Then::Wait => connection.read(&mut request).await.map(drop),
        Then::Repeat => loop {
            connection.write_all(b"5\r\n1,2\r\n\r\n").await?;
        },
    }
}

async fn fetched(sheets: &Sheets) -> Result<(Fetched, String), SheetError> {
    let link = SheetLink::parse("https://docs.google.com/spreadsheets/d/abcdef123/edit#gid=7").expect("a link");
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let fetched = sheets.fetch(&link, file.reopen().expect("the same file")).await?;
    let mut text = String::new();
    file.read_to_string(&mut text).expect("a text");
    Ok((fetched, text))
}

fn rows(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn a_sheet_is_written_as_it_came() {
    let host = Host::saying(rows("Phone\n+12025550143\n"), Then::Close).await;
    let (told, text) = host.fetched(LIMITS).await.expect("a sheet");
    assert_eq!((told.bytes, told.name, text.as_str()), (19, None, "Phone\n+12025550143\n"));
}

#[tokio::test]
async fn a_sheet_without_end_is_given_up_at_the_limit_whatever_length_it_announces() {
    let endless = "HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ntransfer-encoding: chunked\r\n\r\n";
    let host = Host::saying(endless, Then::Repeat).await;
    assert!(matches!(host.fetched(LIMITS).await, Err(SheetError::TooLarge { bytes_max: 1_000 })));
    let host = Host::saying(rows(&"1\n".repeat(501)), Then::Close).await;
    assert!(matches!(host.fetched(LIMITS).await, Err(SheetError::TooLarge { bytes_max: 1_000 })));
    let host = Host::saying(rows(&"1\n".repeat(500)), Then::Close).await;
    assert_eq!(host.fetched(LIMITS).await.expect("just fits").0.bytes, 1_000);
}

#[tokio::test]
async fn a_host_that_says_nothing_is_given_up_in_time() {
    let limits = Limits { timeout: Duration::from_millis(50), ..LIMITS };
    for beginning in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nPhone\n"] {
        let host = Host::saying(beginning, Then::Wait).await;
        assert!(matches!(host.fetched(limits).await, Err(SheetError::TooSlow)), "{beginning:?}");
    }
}

#[tokio::test]
async fn half_a_sheet_is_none() {
    for cut in [
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nPhone\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\nPhone\n\r\n",
    ] {
        let host = Host::saying(cut, Then::Close).await;
        assert!(matches!(host.fetched(LIMITS).await, Err(SheetError::CutOff)), "{cut:?}");
    }
}

#[tokio::test]
async fn redirects_end_after_a_few() {
    let host = Host::saying("HTTP/1.1 307 x\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n", Then::Close).await;
    assert!(matches!(host.fetched(LIMITS).await, Err(SheetError::TooManyRedirects)));
    assert_eq!(host.asked.load(Ordering::Relaxed), 1 + REDIRECTS_MAX);
}

#[tokio::test]
async fn headers_have_an_end_and_nonsense_is_no_answer() {
    let many = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(200_000));
    for strange in [many, "SSH-2.0-OpenSSH_9.6\r\n".to_owned()] {
        let host = Host::saying(strange, Then::Close).await;
        assert!(matches!(host.fetched(LIMITS).await, Err(SheetError::Unreachable)));
    }
}

#[tokio::test]
async fn a_private_host_that_nobody_configured_is_never_connected_to() {
    let host = Host::saying(rows("Phone\n+12025550143\n"), Then::Close).await;
    let named = host.base.replace("127.0.0.1", "localhost");
    for base in [host.base.clone(), named] {
        let base = Url::parse(&base).expect("an address");
        let sheets = Sheets::new(Reach::StandIn { base, addresses: Addresses::Public }, LIMITS);
        assert!(matches!(fetched(&sheets).await, Err(SheetError::LeadsAway | SheetError::Unreachable)));
    }
    assert_eq!(host.asked.load(Ordering::Relaxed), 0);
}
