//! Who may do what: one table for the whole program.
//!
//! A role says what a user may do, a scope on which rows. The API asks [`scope`] before anything else
//! and hands the scope to the store, which shows nothing outside it. The web application mirrors the
//! table; it never replaces it.

crate::words! {
    /// What a user is, from least to most.
    pub enum Role {
        /// Takes calls and sees their own figures.
        Agent = "agent",
        /// Runs the campaigns of their departments.
        Manager = "manager",
        /// Runs the organization.
        Administrator = "admin",
    }
}

crate::words! {
    /// Whose rows an action reaches.
    pub enum Scope {
        /// What belongs to the user.
        Own = "own",
        /// What belongs to the user's departments.
        Department = "department",
        /// Everything of the organization.
        Organization = "organization",
    }
}

crate::words! {
    /// Everything that can be done through the API.
    pub enum Action {
        ManageOwnAccount = "manage_own_account",
        TakeCalls = "take_calls",
        DialByHand = "dial_by_hand",
        ReadFigures = "read_figures",
        ReadContacts = "read_contacts",
        EditContacts = "edit_contacts",
        ImportContacts = "import_contacts",
        ExportContacts = "export_contacts",
        ReadCampaigns = "read_campaigns",
        EditCampaigns = "edit_campaigns",
        RunCampaigns = "run_campaigns",
        PlaceTestCalls = "place_test_calls",
        ReadResults = "read_results",
        ExportResults = "export_results",
        ReadEvidence = "read_evidence",
        ListenToRecordings = "listen_to_recordings",
        EditAudio = "edit_audio",
        ReadVoices = "read_voices",
        WatchAgents = "watch_agents",
        ReadDoNotCall = "read_do_not_call",
        AddDoNotCall = "add_do_not_call",
        RemoveDoNotCall = "remove_do_not_call",
        ReadSettings = "read_settings",
        EditSettings = "edit_settings",
        RelaxRecipientHours = "relax_recipient_hours",
        ReadCarrier = "read_carrier",
        EditCarrier = "edit_carrier",
        ReadDepartments = "read_departments",
        ManageDepartments = "manage_departments",
        ManageUsers = "manage_users",
        ManageTokens = "manage_tokens",
        ManageQueues = "manage_queues",
        ManageCustomFields = "manage_custom_fields",
        ManageWebhooks = "manage_webhooks",
        ManageRetention = "manage_retention",
        ErasePersons = "erase_persons",
        ReadAudit = "read_audit",
        ReadHealth = "read_health",
    }
}

/// How far an action reaches for those who may do it.
#[derive(Clone, Copy)]
enum Reach {
    /// Never beyond the user.
    Own,
    /// As far as the role: an agent's own rows, a manager's departments, all for an administrator.
    OfTheRole,
    /// The whole organization, whoever does it, because the thing belongs to no department.
    Organization,
}

use Action as A;
use Reach::{OfTheRole, Organization, Own};
use Role::{Administrator, Agent, Manager};

/// The permission matrix: the least role, and the reach.
const PERMISSIONS: &[(Action, Role, Reach)] = &[
    (A::ManageOwnAccount, Agent, Own),
    (A::TakeCalls, Agent, Own),
    (A::DialByHand, Agent, Own),
    (A::ReadFigures, Agent, OfTheRole),
    (A::ReadContacts, Manager, OfTheRole),
    (A::EditContacts, Manager, OfTheRole),
    (A::ImportContacts, Manager, OfTheRole),
    (A::ExportContacts, Manager, OfTheRole),
    (A::ReadCampaigns, Manager, OfTheRole),
    (A::EditCampaigns, Manager, OfTheRole),
    (A::RunCampaigns, Manager, OfTheRole),
    (A::PlaceTestCalls, Manager, OfTheRole),
    (A::ReadResults, Manager, OfTheRole),
    (A::ExportResults, Manager, OfTheRole),
    (A::ReadEvidence, Manager, OfTheRole),
    (A::ListenToRecordings, Manager, OfTheRole),
    (A::EditAudio, Manager, OfTheRole),
    (A::ReadVoices, Manager, Organization),
    (A::WatchAgents, Manager, OfTheRole),
    (A::ReadDoNotCall, Manager, Organization),
    (A::AddDoNotCall, Manager, Organization),
    (A::RemoveDoNotCall, Administrator, Organization),
    (A::ReadSettings, Manager, Organization),
    (A::EditSettings, Administrator, Organization),
    (A::RelaxRecipientHours, Administrator, Organization),
    (A::ReadCarrier, Administrator, Organization),
    (A::EditCarrier, Administrator, Organization),
    (A::ReadDepartments, Manager, OfTheRole),
    (A::ManageDepartments, Administrator, Organization),
    (A::ManageUsers, Administrator, Organization),
    (A::ManageTokens, Administrator, Organization),
    (A::ManageQueues, Administrator, Organization),
    (A::ManageCustomFields, Administrator, Organization),
    (A::ManageWebhooks, Administrator, Organization),
    (A::ManageRetention, Administrator, Organization),
    (A::ErasePersons, Administrator, Organization),
    (A::ReadAudit, Administrator, Organization),
    (A::ReadHealth, Administrator, Organization),
];

/// Whether a role may do something at all.
#[must_use]
pub fn may(role: Role, action: Action) -> bool {
    scope(role, action).is_some()
}

/// On whose rows a role may do something; `None`: on none. An action that is not in the table is nobody's.
#[must_use]
pub fn scope(role: Role, action: Action) -> Option<Scope> {
    let (_, least, reach) = PERMISSIONS.iter().find(|(listed, _, _)| *listed == action)?;
    (role >= *least).then_some(match (reach, role) {
        (Own, _) | (OfTheRole, Agent) => Scope::Own,
        (OfTheRole, Manager) => Scope::Department,
        (Organization, _) | (OfTheRole, Administrator) => Scope::Organization,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_every_action_once() {
        let listed: Vec<Action> = PERMISSIONS.iter().map(|(action, _, _)| *action).collect();
        assert_eq!(listed, Action::ALL, "in the order of the actions, so that none is missing or twice");
    }

    #[test]
    fn a_higher_role_may_all_that_a_lower_one_may_and_no_less_of_it() {
        for action in Action::ALL.iter().copied() {
            let scopes: Vec<Option<Scope>> = Role::ALL.iter().map(|role| scope(*role, action)).collect();
            assert!(scopes.is_sorted(), "{action}: {scopes:?}");
            assert!(may(Administrator, action), "{action}");
        }
    }

    #[test]
    fn an_agent_reaches_nothing_but_their_own() {
        let reached: Vec<Action> = Action::ALL.iter().copied().filter(|action| may(Agent, *action)).collect();
        assert_eq!(reached, [A::ManageOwnAccount, A::TakeCalls, A::DialByHand, A::ReadFigures]);
        assert!(reached.iter().all(|action| scope(Agent, *action) == Some(Scope::Own)));
    }

    #[test]
    fn a_manager_runs_departments_and_not_the_organization() {
        for action in Action::ALL.iter().copied() {
            let changes_all = matches!(scope(Manager, action), Some(Scope::Organization));
            let expected = matches!(action, A::ReadVoices | A::ReadDoNotCall | A::AddDoNotCall | A::ReadSettings);
            assert_eq!(changes_all, expected, "{action}");
        }
        for action in [A::EditSettings, A::EditCarrier, A::ManageUsers, A::RemoveDoNotCall, A::RelaxRecipientHours] {
            assert!(!may(Manager, action), "{action}");
        }
    }

    #[test]
    fn roles_are_the_words_of_the_command_line() {
        let words: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        assert_eq!(words, ["agent", "manager", "admin"]);
    }
}
