//! A small balancer before the nodes: the one address at which the carrier reaches them.
//!
//! Each connection goes to the next node in the rotation, as bytes. Whoever freezes or kills a node takes it out,
//! as a health check would.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use anyhow::Result;
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone, Default)]
struct Rotation(Arc<Mutex<(Vec<SocketAddr>, usize)>>);

pub struct Balancer {
    pub address: SocketAddr,
    rotation: Rotation,
    accepting: tokio::task::JoinHandle<()>,
}

impl Balancer {
    pub async fn start(nodes: Vec<SocketAddr>) -> Result<Self> {
        let socket = TcpListener::bind("127.0.0.1:0").await?;
        let address = socket.local_addr()?;
        let rotation = Rotation(Arc::new(Mutex::new((nodes, 0))));
        let accepting = tokio::spawn(accept(socket, rotation.clone()));
        Ok(Self { address, rotation, accepting })
    }

    pub fn take_out(&self, node: SocketAddr) {
        self.rotation.change(|nodes| nodes.retain(|other| *other != node));
    }

    pub fn put_back(&self, node: SocketAddr) {
        self.rotation.change(|nodes| nodes.push(node));
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Rotation {
    fn change(&self, change: impl FnOnce(&mut Vec<SocketAddr>)) {
        change(&mut self.0.lock().expect("nobody panics with the rotation in hand").0);
    }

    fn next(&self) -> Option<SocketAddr> {
        let mut rotation = self.0.lock().expect("nobody panics with the rotation in hand");
        rotation.1 += 1;
        let (nodes, turn) = &*rotation;
        nodes.get(turn % nodes.len().max(1)).copied()
    }
}

async fn accept(socket: TcpListener, rotation: Rotation) {
    while let Ok((mut outside, _)) = socket.accept().await {
        let Some(node) = rotation.next() else { continue };
        tokio::spawn(async move {
            let Ok(mut inside) = TcpStream::connect(node).await else { return };
            let _ = (outside.set_nodelay(true), inside.set_nodelay(true));
            // Either side may vanish at any time; the other is closed with it.
            let _ = tokio::io::copy_bidirectional(&mut outside, &mut inside).await;
        });
    }
}
