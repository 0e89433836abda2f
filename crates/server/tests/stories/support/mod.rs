//! The world of a story: a server on a loopback port, a clock that is stepped, and one of the two databases.

mod client;
mod cluster;
mod stage;
mod world;

pub use client::{Answer, Client};
pub use cluster::Database;
pub use stage::{Stage, hours, minutes, number, seconds};
pub use world::{PASSWORD, World};

/// Tells each story on both databases: `on_both! { async fn a_sentence(world: World) { … } }`.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: World) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn story($world: $crate::support::World) $body

            $(#[$meta])*
            #[tokio::test]
            async fn on_sqlite() {
                story($crate::support::World::on(carillon::store::Engine::Sqlite).await).await;
            }

            $(#[$meta])*
            #[tokio::test]
            async fn on_postgres() {
                story($crate::support::World::on(carillon::store::Engine::Postgres).await).await;
            }
        }
    )+};
}

/// As `on_both!`, with a carrier.
macro_rules! on_both_stages {
    ($($(#[$meta:meta])* async fn $name:ident($stage:ident: Stage) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn story($stage: $crate::support::Stage) $body

            $(#[$meta])*
            #[tokio::test]
            async fn on_sqlite() {
                story($crate::support::Stage::on(carillon::store::Engine::Sqlite).await).await;
            }

            $(#[$meta])*
            #[tokio::test]
            async fn on_postgres() {
                story($crate::support::Stage::on(carillon::store::Engine::Postgres).await).await;
            }
        }
    )+};
}
