//! The least of an HTTP client: one request at a time, on a connection of its own or on one that is kept.
//!
//! For asking the measured server to do something, and for what is measured at its doors: [`Connection`] reads a body as
//! it comes, so that the reader's memory and work stay out of the figures. It follows nothing and repeats nothing.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{AUTHORIZATION, HOST};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TIMEOUT: Duration = Duration::from_secs(60);
/// `HTTP/1.1 200`.
const STATUS_BYTES: usize = 12;
const STATUS_AT: usize = 9;

/// What is asked for, and by whom.
pub struct Question<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub token: &'a str,
}

/// Sends a request, with a body of a type or without one, and reads the JSON of its answer, which must be a success.
pub async fn ask(port: u16, question: Question<'_>, body: Option<(&str, Vec<u8>)>) -> Result<Value> {
    let Question { method, path, token } = question;
    let (content_type, body) = body.unwrap_or_default();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&body).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let answer = String::from_utf8(answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").context("an answer that is none")?;
    let status = head.get(STATUS_AT..STATUS_BYTES).context("an answer that is none")?;
    ensure!(status.starts_with('2'), "{method} {path} was answered with {status}: {body}");
    Ok(serde_json::from_str(body)?)
}

/// Sends a request without a body; the rest of the answer is thrown away.
pub async fn status_of(port: u16, (method, path): (&str, &str), token: &str) -> Result<u16> {
    tokio::time::timeout(TIMEOUT, status(port, (method, path), token))
        .await
        .with_context(|| format!("{method} {path}"))?
}

async fn status(port: u16, (method, path): (&str, &str), token: &str) -> Result<u16> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\
         Content-Length: 0\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let head = std::str::from_utf8(answer.get(..STATUS_BYTES).context("an answer that is none")?)?;
    Ok(head.rsplit(' ').next().unwrap_or_default().parse()?)
}

/// A connection that is kept, of somebody with a token.
pub struct Connection {
    sender: SendRequest<Empty<Bytes>>,
    port: u16,
    token: String,
}

impl Connection {
    pub async fn open(port: u16, token: &str) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Whatever goes wrong with it is told by the request under way.
        tokio::spawn(connection);
        Ok(Self { sender, port, token: token.to_owned() })
    }

    /// Reads an answer to its end, piece by piece. It must be one of success, and whole.
    pub async fn get(&mut self, path: &str, mut take: impl FnMut(&[u8])) -> Result<()> {
        let request = Request::get(path)
            .header(HOST, format!("127.0.0.1:{}", self.port))
            .header(AUTHORIZATION, format!("Bearer {}", self.token))
            .body(Empty::new())?;
        self.sender.ready().await.with_context(|| path.to_owned())?;
        let mut answer = self.sender.send_request(request).await.with_context(|| path.to_owned())?;
        ensure!(answer.status() == StatusCode::OK, "{path} was answered with {}", answer.status());
        while let Some(frame) = answer.body_mut().frame().await {
            if let Ok(piece) = frame.with_context(|| path.to_owned())?.into_data() {
                take(&piece);
            }
        }
        Ok(())
    }
}
