//! All that decides what one call hears: the campaign's settings, the values of the person, who calls.
//!
//! The carrier's documents and the virtual handset are made of the same scenes by the same functions, so that whoever
//! tries a campaign hears what a recipient hears. Which steps follow each other is `carillon_domain::call_flow`'s, how
//! they are written [`twiml`]'s business; whether a call may hear anything is asked in [`super::document`].

use carillon_domain::call_flow::{AfterMessage, CallFlow, FixedTexts, Identification, Key, Script, Speech, Spoken};
use carillon_domain::campaign_settings::{CampaignSettings, Purpose};
use carillon_domain::message::{MergeFields, Message, ORGANIZATION_NAME};

use crate::api::App;
use crate::telephony::{CallbackUrls, FlowUrls, PublicUrl, twiml};

/// All that decides what one call hears.
pub struct Scene {
    pub settings: CampaignSettings,
    pub organization_name: String,
    /// The values of the person called.
    pub fields: MergeFields,
    pub public: PublicUrl,
}

impl Scene {
    /// The key that opts out, when it is offered.
    #[must_use]
    pub fn opt_out_key(&self) -> Option<Key> {
        let offer = &self.settings.opt_out;
        Key::parse(&offer.digit).ok().filter(|_| offer.enabled)
    }

    /// Everything the flow needs; `None` without a message, which no launched campaign is.
    #[must_use]
    pub fn script(&self) -> Option<Script> {
        let message = self.settings.message.as_ref()?;
        let is_telemarketing = self.settings.purpose == Purpose::Telemarketing;
        let language = match message {
            Message::Tts { language, .. } => language.as_str(),
            Message::Audio { .. } => "en-US",
        };
        Some(Script {
            spoken: self.spoken(message)?,
            after: AfterMessage::HangUp,
            opt_out: self.opt_out_key(),
            identification: is_telemarketing
                .then(|| Identification { organization_name: self.organization_name.clone() }),
            is_recorded: false,
            texts: FixedTexts::for_language(language),
        })
    }

    fn spoken(&self, message: &Message) -> Option<Spoken> {
        match message {
            Message::Audio { audio_id } => Some(Spoken::Audio { audio_id: audio_id.clone() }),
            Message::Tts { .. } => {
                let template = message.template()?.ok()?;
                let mut fields = self.fields.clone();
                fields.set(ORGANIZATION_NAME, self.organization_name.clone());
                Some(Spoken::Text { text: template.render(&fields).text, speech: Speech::of_message(message)? })
            }
        }
    }

    /// What is heard when a call is answered, as far as it is not known to be a machine.
    #[must_use]
    pub fn answered(&self, script: &Script) -> CallFlow {
        let flow = CallFlow::for_person(script);
        if self.settings.detects_machines() { flow.until_verdict() } else { flow }
    }

    /// The document of a flow. One that cannot be rendered ends the call without a word.
    #[must_use]
    pub fn render(&self, app: &App, token: &str, flow: &CallFlow) -> String {
        let Some(callbacks) = CallbackUrls::try_new(&self.public, token) else { return twiml::hang_up() };
        let audio = |id: &str| app.audio_url(&self.public, id);
        let document = twiml::render(flow, &FlowUrls { callbacks: &callbacks, audio: &audio });
        document.unwrap_or_else(|error| {
            tracing::error!(%error, "a document could not be rendered; the call ends without a word");
            twiml::hang_up()
        })
    }
}
