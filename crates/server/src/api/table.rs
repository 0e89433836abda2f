//! Every route and who may use it: the one place where doors are opened.
//!
//! A test walks this table with every role and department. What stands here is also what the OpenAPI document
//! says.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use carillon_domain::roles::Action;
use utoipa_axum::routes;

use super::Access::{May, Public, SignedIn};
use super::{
    ApiError, App, Doors, account, audio, best_hours, caller_ids, campaigns, carrier, contacts, custom_fields,
    departments, do_not_call, envelope, events, health, imports, media, openapi, pages, second_factor, session,
    settings, setup, system, tokens, users, voice, voices,
};

/// Opens every door.
#[must_use]
pub fn doors() -> Doors {
    let doors = Doors::new(openapi::empty_document());
    of_lists(of_campaigns(of_the_organization(of_people(doors))))
}

/// Who comes in, and what is for those who run the program.
fn of_people(doors: Doors) -> Doors {
    doors
        .open(Public, routes!(health::alive))
        .open(Public, routes!(health::ready))
        .open(Public, routes!(health::metrics))
        .open(Public, routes!(setup::show, setup::set_up))
        .open(Public, routes!(session::log_in))
        .open(SignedIn, routes!(session::show, session::log_out))
        .open(May(Action::ManageOwnAccount), routes!(session::list))
        .open(May(Action::ManageOwnAccount), routes!(session::end))
        .open(May(Action::ManageOwnAccount), routes!(account::change_password))
        .open(May(Action::ManageOwnAccount), routes!(second_factor::show, second_factor::begin))
        .open(May(Action::ManageOwnAccount), routes!(second_factor::confirm))
        .open(May(Action::ManageOwnAccount), routes!(second_factor::turn_off))
        .open(May(Action::ManageUsers), routes!(users::list, users::create))
        .open(May(Action::ManageUsers), routes!(users::show, users::change))
}

/// What an organization has set.
fn of_the_organization(doors: Doors) -> Doors {
    doors
        .open(May(Action::ReadDepartments), routes!(departments::list))
        .open(May(Action::ManageDepartments), routes!(departments::create))
        .open(May(Action::ReadDepartments), routes!(departments::show))
        .open(May(Action::ManageDepartments), routes!(departments::change))
        .open(May(Action::ManageTokens), routes!(tokens::list, tokens::create))
        .open(May(Action::ManageTokens), routes!(tokens::change, tokens::revoke))
        .open(May(Action::ReadSettings), routes!(settings::show))
        .open(May(Action::EditSettings), routes!(settings::replace))
        .open(May(Action::ReadCarrier), routes!(carrier::show))
        .open(May(Action::EditCarrier), routes!(carrier::replace))
        .open(May(Action::EditCarrier), routes!(carrier::check))
        .open(May(Action::EditCampaigns), routes!(caller_ids::list))
        .open(May(Action::ReadHealth), routes!(system::health))
        .open(May(Action::ReadVoices), routes!(voices::list))
        .open(May(Action::ReadDoNotCall), routes!(do_not_call::list))
        .open(May(Action::ReadDoNotCall), routes!(do_not_call::export::export))
        .open(May(Action::AddDoNotCall), routes!(do_not_call::add))
        .open(May(Action::RemoveDoNotCall), routes!(do_not_call::remove))
}

/// Campaigns, from draft to results.
fn of_campaigns(doors: Doors) -> Doors {
    doors
        .open(May(Action::ReadCampaigns), routes!(campaigns::list::list))
        .open(May(Action::ReadCampaigns), routes!(campaigns::list::counts))
        .open(May(Action::EditCampaigns), routes!(campaigns::create))
        .open(May(Action::ReadCampaigns), routes!(campaigns::show))
        .open(May(Action::EditCampaigns), routes!(campaigns::edit::edit, campaigns::delete))
        .open(May(Action::ReadCampaigns), routes!(campaigns::readiness::readiness))
        .open(May(Action::RunCampaigns), routes!(campaigns::actions::start))
        .open(May(Action::RunCampaigns), routes!(campaigns::actions::schedule))
        .open(May(Action::RunCampaigns), routes!(campaigns::actions::unschedule))
        .open(May(Action::RunCampaigns), routes!(campaigns::actions::pause))
        .open(May(Action::RunCampaigns), routes!(campaigns::actions::resume))
        .open(May(Action::RunCampaigns), routes!(campaigns::actions::stop))
        .open(May(Action::ReadCampaigns), routes!(campaigns::watch::progress))
        .open(May(Action::ReadCampaigns), routes!(campaigns::minutes::minutes))
        .open(May(Action::ReadCampaigns), routes!(campaigns::watch::explain))
        .open(May(Action::ReadCampaigns), routes!(campaigns::watch::log))
        .open(May(Action::ReadCampaigns), routes!(campaigns::watch::runs))
        .open(May(Action::ReadResults), routes!(campaigns::list_changes::list_changes))
        .open(May(Action::ReadCampaigns), routes!(campaigns::watch::occurrences))
        .open(May(Action::EditCampaigns), routes!(campaigns::duplicate::duplicate))
        .open(May(Action::PlaceTestCalls), routes!(campaigns::test_call::test_call))
        .open(May(Action::PlaceTestCalls), routes!(campaigns::handset::pick_up))
        .open(May(Action::PlaceTestCalls), routes!(campaigns::handset::press))
        .open(May(Action::EditCampaigns), routes!(campaigns::tryout::rehearse))
        .open(May(Action::ReadResults), routes!(campaigns::recipients::list))
        .open(May(Action::EditCampaigns), routes!(campaigns::recipients::add))
        .open(May(Action::ReadResults), routes!(campaigns::recipients::story))
        .open(May(Action::EditCampaigns), routes!(campaigns::recipients::remove))
        .open(May(Action::ReadResults), routes!(campaigns::attempts::list))
        .open(May(Action::ReadResults), routes!(campaigns::heard::twiml))
        .open(May(Action::ExportResults), routes!(campaigns::results::results))
        .open(May(Action::ReadResults), routes!(best_hours::best_hours))
        .open(May(Action::ReadCampaigns), routes!(events::events))
}

/// Contacts, lists of them, and recordings.
fn of_lists(doors: Doors) -> Doors {
    doors
        .open(May(Action::ReadContacts), routes!(contacts::list))
        .open(May(Action::EditContacts), routes!(contacts::create))
        .open(May(Action::EditContacts), routes!(contacts::bulk::bulk))
        .open(May(Action::ExportContacts), routes!(contacts::export::export))
        .open(May(Action::ReadContacts), routes!(contacts::duplicates::list))
        .open(May(Action::EditContacts), routes!(contacts::duplicates::ignore))
        .open(May(Action::EditContacts), routes!(contacts::merge::merge))
        .open(May(Action::ReadContacts), routes!(contacts::show))
        .open(May(Action::EditContacts), routes!(contacts::change, contacts::remove))
        .open(May(Action::ReadContacts), routes!(contacts::history::attempts))
        .open(May(Action::EditContacts), routes!(contacts::actions::create))
        .open(May(Action::EditContacts), routes!(contacts::actions::show))
        .open(May(Action::ReadContacts), routes!(contacts::saved::list, contacts::saved::create))
        .open(May(Action::ReadContacts), routes!(contacts::saved::change, contacts::saved::remove))
        .open(May(Action::ReadContacts), routes!(custom_fields::list))
        .open(May(Action::ManageCustomFields), routes!(custom_fields::create))
        .open(May(Action::ManageCustomFields), routes!(custom_fields::change))
        .open(May(Action::ReadContacts), routes!(contacts::tags::list))
        .open(May(Action::EditContacts), routes!(contacts::tags::rename))
        .open(May(Action::EditContacts), routes!(contacts::tags::delete))
        .open(May(Action::ImportContacts), routes!(imports::list, imports::create))
        .open(May(Action::ImportContacts), routes!(imports::show))
        .open(May(Action::ImportContacts), routes!(imports::validate))
        .open(May(Action::ImportContacts), routes!(imports::commit))
        .open(May(Action::ImportContacts), routes!(imports::rejects))
        .open(May(Action::ImportContacts), routes!(imports::undo, imports::outlook::outlook))
        .open(May(Action::EditAudio), routes!(audio::list, audio::create))
        .open(May(Action::EditAudio), routes!(audio::show, audio::remove))
        .open(Public, routes!(media::play))
}

/// The OpenAPI document as text, for reading.
#[must_use]
pub fn document() -> String {
    format!("{:#}", openapi::whole(&doors().into_document()))
}

/// The whole of HTTP.
pub fn router(app: Arc<App>) -> Router {
    let (router, document) = doors().into_parts(&app);
    let document = openapi::served(&document);
    router
        .merge(voice::routes())
        .route("/api/openapi.json", get(move || async { document }))
        .fallback(pages::serve)
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(from_fn_with_state(Arc::clone(&app), envelope::envelope))
        .with_state(app)
}
