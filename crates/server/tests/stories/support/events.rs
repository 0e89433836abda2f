//! Somebody who watches a campaign: the server's stream of events, read as a page reads it.
//!
//! It waits for what comes and never looks at a clock; a stream that says nothing lets the story hang. Ordinary
//! requests are [`super::Client`]'s.

use reqwest::Response;
use serde_json::Value;

use super::World;

/// A stream of events as somebody reads it.
pub struct Events {
    response: Response,
    unread: String,
}

impl Events {
    /// The events of a campaign, for whoever shows this token.
    pub async fn open(world: &World, token: &str, campaign: &str) -> Self {
        Self::opened(format!("{}/api/v1/events?campaign_id={campaign}", world.base), token).await
    }

    /// The events of all campaigns that whoever shows this token may see.
    pub async fn open_list(world: &World, token: &str) -> Self {
        Self::opened(format!("{}/api/v1/events", world.base), token).await
    }

    /// The same of a server that runs as a program.
    pub async fn open_list_at(base: &str, token: &str) -> Self {
        Self::opened(format!("{base}/api/v1/events"), token).await
    }

    async fn opened(url: String, token: &str) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        let response = http.get(url).bearer_auth(token).send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, unread: String::new() }
    }

    /// The next event, by name; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.unread.split_once("\n\n") {
                let field = |name: &str| {
                    event.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned())
                };
                let (name, data, id) = (field("event:"), field("data:"), field("id:"));
                self.unread = rest.to_owned();
                let (Some(name), Some(data)) = (name, data) else { continue };
                assert!(id.is_some_and(|id| id.parse::<i64>().is_ok()), "an event has an id");
                return Some((name, serde_json::from_str(&data).expect("an event is JSON")));
            }
            let chunk = self.response.chunk().await.ok()??;
            self.unread.push_str(std::str::from_utf8(&chunk).expect("events are text"));
        }
    }

    /// The data of the next event of this name that has this value in this member.
    pub async fn until(&mut self, name: &str, member: &str, value: Value) -> Value {
        self.until_it(name, |data| data[member] == value).await
    }

    /// The data of the next event of this name that is as it should be.
    pub async fn until_it(&mut self, name: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        loop {
            let (found, data) = self.next().await.expect("the stream goes on");
            if found == name && is_so(&data) {
                return data;
            }
        }
    }
}
