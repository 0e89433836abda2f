//! Connections: accepted up to a number, given little time to say what they want, and ended in order.
//!
//! Slow clients cost a connection each and nothing else: headers must come within [`HEADERS_TIMEOUT`], and beyond
//! [`CONNECTIONS_MAX`] the next one waits in the system's queue.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt;

/// Connections served at once.
const CONNECTIONS_MAX: usize = 4_096;
/// How long a client may take to send the head of a request, idle time between two included.
const HEADERS_TIMEOUT: Duration = Duration::from_secs(30);
/// Headers of a request, and the bytes buffered for them.
const HEADERS_MAX: usize = 100;
const HEADER_BYTES_MAX: usize = 64 * 1_024;
/// How long accepting waits after the system has refused (out of file descriptors, for example).
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// A socket and what is served on it.
pub struct Listener {
    pub socket: TcpListener,
    pub router: Router,
    /// How long requests under way may take once the server stops.
    pub drain: Duration,
}

impl Listener {
    /// Serves until `stop` resolves, then until every request is answered or the time for it is over.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let graceful = GracefulShutdown::new();
        let permits = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        let mut stop = std::pin::pin!(stop);
        loop {
            let next = accept(&self.socket, &permits);
            tokio::select! {
                (stream, peer, permit) = next => {
                    tokio::spawn(serve(stream, peer, self.router.clone(), graceful.watcher(), permit));
                }
                () = &mut stop => break,
            }
        }
        drop(self.socket);
        if tokio::time::timeout(self.drain, graceful.shutdown()).await.is_err() {
            tracing::warn!("some requests did not finish in time");
        }
    }
}

async fn accept(socket: &TcpListener, permits: &Arc<Semaphore>) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    let permit = Arc::clone(permits).acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match socket.accept().await {
            Ok((stream, peer)) => return (stream, peer, permit),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Serves one connection; the permit ends with it.
async fn serve(stream: TcpStream, peer: SocketAddr, router: Router, watcher: Watcher, permit: OwnedSemaphorePermit) {
    let _permit = permit;
    // Answers are small and wanted at once.
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move { Ok::<_, Infallible>(router.oneshot(request).await.unwrap_or_else(|never| match never {})) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_TIMEOUT)
        .max_headers(HEADERS_MAX)
        .max_buf_size(HEADER_BYTES_MAX)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
}
