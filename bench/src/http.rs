//! The least of an HTTP client: one request on a connection of its own, and the status of its answer.
//!
//! For asking the measured server to do something. It keeps no connection and reads no body; nothing is measured by it
//! but readiness.

use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TIMEOUT: Duration = Duration::from_secs(60);
/// `HTTP/1.1 200`.
const STATUS_BYTES: usize = 12;

/// Sends a request without a body; the rest of the answer is thrown away.
pub async fn status_of(port: u16, (method, path): (&str, &str), token: &str) -> Result<u16> {
    tokio::time::timeout(TIMEOUT, ask(port, (method, path), token)).await.with_context(|| format!("{method} {path}"))?
}

async fn ask(port: u16, (method, path): (&str, &str), token: &str) -> Result<u16> {
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
