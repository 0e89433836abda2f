//! How an attempt ended.
//!
//! The machine's word for one call, never the agent's (that is a disposition) and never the state of
//! a recipient (see [`crate::recipient`]). What follows from an outcome is decided in [`crate::retry`].

crate::words! {
    /// How an attempt ended. Final but for the corrections that [`crate::attempt`] names.
    pub enum Outcome {
        /// A person answered; without answering-machine detection, a person or a machine.
        Answered = "answered",
        /// It rang until the ring timeout, or the call was declined without a busy signal.
        NoAnswer = "no_answer",
        /// The line was busy.
        Busy = "busy",
        /// The carrier or the network could not complete the call.
        Failed = "failed",
        /// An answering machine or a fax answered, by the carrier's detection.
        Voicemail = "voicemail",
        /// A person answered and no agent came in time.
        Abandoned = "abandoned",
        /// A person answered and asked not to be called again.
        OptedOut = "opted_out",
        /// We ended it before anybody answered.
        Canceled = "canceled",
        /// The carrier never told. Never redialed by itself.
        Unknown = "unknown",
    }
}

impl Outcome {
    /// A person (or, without detection, somebody or something) picked up and counts as reached.
    #[must_use]
    pub const fn reached(self) -> bool {
        matches!(self, Self::Answered | Self::Abandoned | Self::OptedOut)
    }
}
