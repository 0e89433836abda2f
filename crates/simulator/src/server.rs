//! The listening side: connections, requests read whole, answers, silence, closed connections.
//!
//! The listener can be taken away and put back at the same address: a carrier that is down refuses connections.

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Poll,
};

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, Response, body::Incoming, header, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    runtime::Handle,
    sync::Notify,
};
use tokio_util::sync::CancellationToken;

use crate::{
    api::{self, Answer, ApiRequest, Outcome},
    carrier::Carrier,
};

const BODY_MAX: usize = 1024 * 1024;
/// Connections that wait to be accepted.
const BACKLOG: u32 = 1024;

/// The door that connections come through.
pub(crate) struct Door {
    address: SocketAddr,
    runtime: Handle,
    open: Mutex<Open>,
    changed: Notify,
}

struct Open {
    listener: Option<TcpListener>,
    /// Holds the port while connections are refused: bound, and not listening.
    kept: Option<TcpSocket>,
    /// Ends the connections made since the door was last opened.
    close: CancellationToken,
}

impl Door {
    pub(crate) async fn open_at(address: SocketAddr) -> io::Result<Door> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let open = Mutex::new(Open { listener: Some(listener), kept: None, close: CancellationToken::new() });
        Ok(Door { address, runtime: Handle::current(), open, changed: Notify::new() })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Refuses connections from now on, and ends those there are.
    pub(crate) fn shut(&self) {
        let mut open = self.lock();
        open.listener = None;
        open.close.cancel();
        // A port that is free may be given to another program at once, which would take what was meant for us.
        open.kept = kept(self.address).ok();
    }

    /// Accepts connections again.
    pub(crate) fn reopen(&self) {
        let mut open = self.lock();
        if open.listener.is_some() {
            return;
        }
        let _runtime = self.runtime.enter();
        let bound = open.kept.take().map_or_else(|| kept(self.address), Ok).and_then(|socket| socket.listen(BACKLOG));
        match bound {
            Ok(listener) => *open = Open { listener: Some(listener), kept: None, close: CancellationToken::new() },
            Err(error) => tracing::error!(%error, "the simulated carrier cannot listen again"),
        }
        self.changed.notify_one();
    }

    /// The next connection, with the token that ends it.
    async fn accept(&self) -> (io::Result<TcpStream>, CancellationToken) {
        loop {
            let accepted = std::future::poll_fn(|context| {
                let open = self.lock();
                match &open.listener {
                    None => Poll::Ready(None),
                    Some(listener) => listener
                        .poll_accept(context)
                        .map(|accepted| Some((accepted.map(|(stream, _)| stream), open.close.clone()))),
                }
            });
            tokio::select! {
                accepted = accepted => if let Some(accepted) = accepted { return accepted },
                // A shut door wakes nobody who polls its listener; a reopened one does.
                () = self.changed.notified() => continue,
            }
            self.changed.notified().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A socket at an address that does not listen: who connects is refused, and nobody else gets the port.
fn kept(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Serves until the carrier stops.
pub(crate) async fn serve(carrier: Arc<Carrier>) {
    loop {
        let (stream, close) = tokio::select! {
            () = carrier.stop.cancelled() => return,
            accepted = carrier.door.accept() => accepted,
        };
        match stream {
            Ok(stream) => {
                let carrier = Arc::clone(&carrier);
                tokio::spawn(async move { connection(carrier, stream, close).await });
            }
            Err(error) => tracing::warn!(%error, "connection not accepted"),
        }
    }
}

async fn connection(carrier: Arc<Carrier>, stream: TcpStream, close: CancellationToken) {
    let _ = stream.set_nodelay(true);
    let stop = carrier.stop.clone();
    let service = service_fn(move |request| {
        let carrier = Arc::clone(&carrier);
        async move { answer(&carrier, request).await }
    });
    let served = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        () = close.cancelled() => {}
        () = stop.cancelled() => {}
        ended = served => if let Err(error) = ended {
            tracing::debug!(%error, "connection ended");
        },
    }
}

/// An error closes the connection without an answer.
async fn answer(carrier: &Arc<Carrier>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, io::Error> {
    let request = match read(request).await {
        Ok(request) => request,
        Err(too_large) => return Ok(response(too_large)),
    };
    // In a task of its own: a client that hangs up meanwhile does not undo what it asked for.
    let carrier = Arc::clone(carrier);
    let handled = tokio::spawn(async move { api::handle(&carrier, &request).await });
    match handled.await.map_err(io::Error::other)? {
        Outcome::Answer(answer) => Ok(response(answer)),
        Outcome::Hang => std::future::pending::<Result<_, Infallible>>().await.map_err(|never| match never {}),
        Outcome::Close => Err(io::Error::other("closed by the fault plan")),
    }
}

async fn read(request: Request<Incoming>) -> Result<ApiRequest, Answer> {
    let (head, body) = request.into_parts();
    let text = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
    let is_form = text(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let authorization = text(header::AUTHORIZATION).map(str::to_owned);
    let body = Limited::new(body, BODY_MAX).collect().await;
    let body = body.map_err(|_| Answer::new(413, "text/plain", "body too large".into()))?.to_bytes();
    Ok(ApiRequest {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        authorization,
        is_form,
        body,
    })
}

fn response(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(answer.status).header(header::CONTENT_TYPE, answer.content_type);
    if let Some(seconds) = answer.retry_after_s {
        response = response.header(header::RETRY_AFTER, seconds);
    }
    if answer.status == 401 {
        response = response.header(header::WWW_AUTHENTICATE, "Basic realm=\"Twilio API\"");
    }
    response.body(Full::new(answer.body)).expect("a status and static headers make an answer")
}
