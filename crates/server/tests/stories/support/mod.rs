//! The world of a story: a server on a loopback port, a clock that is stepped, and one of the two databases.

mod client;
mod cluster;
mod events;
pub mod pages;
mod play;
mod sheets;
mod stage;
mod wire;
mod world;

pub use client::{Answer, Client};
pub use cluster::Database;
pub use events::Events;
pub use play::Play;
pub use sheets::{SheetAnswer, SheetHost, SheetStage, SheetWorld};
pub use stage::{CALLER_ID, Setup, Stage, hours, minutes, number, numbers, says, seconds};
pub use world::{Bare, PASSWORD, STARTING_AT, World};

/// Tells each story on both databases: `on_both! { async fn a_sentence(world: World) { … } }`. A `Bare` is a world in
/// which nobody has done anything yet.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: $kind:ident) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn story($world: $crate::support::$kind) $body

            $(#[$meta])*
            #[tokio::test]
            async fn on_sqlite() {
                story($crate::support::$kind::on(carillon::store::Engine::Sqlite).await).await;
            }

            $(#[$meta])*
            #[tokio::test]
            async fn on_postgres() {
                story($crate::support::$kind::on(carillon::store::Engine::Postgres).await).await;
            }
        }
    )+};
}

/// As `on_both!`, with a carrier; prepared otherwise when a function says how.
macro_rules! on_both_stages {
    ($($(#[$meta:meta])* async fn $name:ident($stage:ident: Stage) $body:block)+) => {
        on_both_stages! { prepared |_| {}; $($(#[$meta])* async fn $name($stage: Stage) $body)+ }
    };
    (prepared $prepare:expr; $($(#[$meta:meta])* async fn $name:ident($stage:ident: Stage) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn story($stage: $crate::support::Stage) $body

            async fn on(engine: carillon::store::Engine) -> $crate::support::Stage {
                let prepare: fn(&mut $crate::support::Setup) = $prepare;
                $crate::support::Stage::prepared(engine, prepare).await
            }

            $(#[$meta])*
            #[tokio::test]
            async fn on_sqlite() {
                story(on(carillon::store::Engine::Sqlite).await).await;
            }

            $(#[$meta])*
            #[tokio::test]
            async fn on_postgres() {
                story(on(carillon::store::Engine::Postgres).await).await;
            }
        }
    )+};
}
