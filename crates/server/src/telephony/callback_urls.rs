//! The addresses the carrier calls for one attempt.
//!
//! Each carries the attempt's token as the last segment of its path, so that a callback finds its
//! attempt even when the call's id was never stored. Only letters, digits, `-` and `_` stand in them:
//! other characters are re-encoded somewhere on the way and spoil the signature. How often and how
//! long the carrier tries is said in the fragment, which is neither sent nor signed.

use super::PublicUrl;

/// The document for a call that was answered.
pub const INITIATE_PATH: &str = "/api/voice/campaign/initiate";
/// Progress of a call.
pub const STATUS_PATH: &str = "/api/voice/campaign/status";
/// Whether a person or a machine answered.
pub const DETECTION_PATH: &str = "/api/voice/campaign/amd";
/// A key was pressed during the message.
pub const OPT_OUT_PATH: &str = "/api/voice/campaign/opt-out";
/// The message is over, and who heard it is not known yet.
pub const MESSAGE_HEARD_PATH: &str = "/api/voice/campaign/heard";
/// A recording is ready, or never will be.
pub const RECORDING_PATH: &str = "/api/voice/campaign/recording";
/// What a callee hears while waiting for an agent.
pub const WAIT_MUSIC_PATH: &str = "/api/voice/queue/wait-music";
/// The wait is over: what now?
pub const QUEUE_LEFT_PATH: &str = "/api/voice/queue/left";

/// A lost report costs a reconciliation, so the carrier tries again on every fault.
const KEEP_TRYING: &str = "#rc=3&rp=all";
/// Somebody listens to silence meanwhile: try again soon, and leave time for the fallback.
const HURRY: &str = "#rc=2&rp=ct,rt,5xx&rt=4000";

/// Longest token taken.
const TOKEN_CHARS_MAX: usize = 128;

/// Builds the addresses of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackUrls<'a> {
    public: &'a PublicUrl,
    token: &'a str,
}

impl<'a> CallbackUrls<'a> {
    /// `None` when the token has characters that do not travel well.
    #[must_use]
    pub fn try_new(public: &'a PublicUrl, token: &'a str) -> Option<Self> {
        is_token(token).then_some(Self { public, token })
    }

    /// Where the document is fetched.
    #[must_use]
    pub fn initiate(&self) -> String {
        self.build(INITIATE_PATH, HURRY)
    }

    /// Where the call's progress is reported.
    #[must_use]
    pub fn status(&self) -> String {
        self.build(STATUS_PATH, KEEP_TRYING)
    }

    /// Where the detection's verdict is reported.
    #[must_use]
    pub fn detection(&self) -> String {
        self.build(DETECTION_PATH, KEEP_TRYING)
    }

    /// Where a pressed key is sent, and the document for what follows is fetched.
    #[must_use]
    pub fn opt_out(&self) -> String {
        self.build(OPT_OUT_PATH, HURRY)
    }

    /// Where the document that follows the message is fetched while nobody knows who heard it.
    #[must_use]
    pub fn message_heard(&self) -> String {
        self.build(MESSAGE_HEARD_PATH, HURRY)
    }

    /// Where the document for the wait is fetched, again and again.
    #[must_use]
    pub fn wait_music(&self) -> String {
        self.build(WAIT_MUSIC_PATH, HURRY)
    }

    /// Where the end of the wait is reported, and the document for what follows is fetched.
    #[must_use]
    pub fn queue_left(&self) -> String {
        self.build(QUEUE_LEFT_PATH, HURRY)
    }

    /// Where a recording is reported.
    #[must_use]
    pub fn recording(&self) -> String {
        self.build(RECORDING_PATH, KEEP_TRYING)
    }

    fn build(&self, path: &str, overrides: &str) -> String {
        self.public.join(&format!("{path}/{}{overrides}", self.token))
    }
}

/// Whether a text can be a token in a path. Of a request: whether it is worth looking up.
#[must_use]
pub fn is_token(text: &str) -> bool {
    let fits = (1..=TOKEN_CHARS_MAX).contains(&text.len());
    fits && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_is_below_the_public_one_and_ends_in_the_token() {
        let public = PublicUrl::parse("https://voice.example:8443/carillon/").unwrap();
        let urls = CallbackUrls::try_new(&public, "t0K-en_1").unwrap();
        let base = "https://voice.example:8443/carillon/api/voice/campaign";
        assert_eq!(urls.initiate(), format!("{base}/initiate/t0K-en_1#rc=2&rp=ct,rt,5xx&rt=4000"));
        assert_eq!(urls.status(), format!("{base}/status/t0K-en_1#rc=3&rp=all"));
        assert_eq!(urls.detection(), format!("{base}/amd/t0K-en_1#rc=3&rp=all"));
        assert_eq!(urls.opt_out(), format!("{base}/opt-out/t0K-en_1#rc=2&rp=ct,rt,5xx&rt=4000"));
        assert_eq!(urls.message_heard(), format!("{base}/heard/t0K-en_1#rc=2&rp=ct,rt,5xx&rt=4000"));
        let queue = "https://voice.example:8443/carillon/api/voice/queue";
        assert_eq!(urls.wait_music(), format!("{queue}/wait-music/t0K-en_1#rc=2&rp=ct,rt,5xx&rt=4000"));
        assert_eq!(urls.queue_left(), format!("{queue}/left/t0K-en_1#rc=2&rp=ct,rt,5xx&rt=4000"));
        assert_eq!(urls.recording(), format!("{base}/recording/t0K-en_1#rc=3&rp=all"));
    }

    #[test]
    fn a_token_that_would_not_come_back_as_it_went_is_refused() {
        let public = PublicUrl::parse("https://voice.example").unwrap();
        let long = "a".repeat(129);
        for bad in ["", "a/b", "a b", "a'b", "a#b", "a%20", "é", long.as_str()] {
            assert_eq!(CallbackUrls::try_new(&public, bad), None, "{bad:?}");
        }
    }
}
