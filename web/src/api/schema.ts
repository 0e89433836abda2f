// Made from the OpenAPI document by `make web-types`. Not to be edited by hand.

export interface paths {
    "/api/v1/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes one's own password. */
        post: operations["session_change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether log-ins ask for a code. */
        get: operations["second_factor_show"];
        put?: never;
        /** Begins: draws a secret for the app. Log-ins ask for nothing before it is confirmed. */
        post: operations["second_factor_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turns it on: the code proves that the app has the secret. Every other session ends. */
        post: operations["second_factor_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/second-factor/off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turns it off. */
        post: operations["second_factor_turn_off"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/best-hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When people answer: answered ÷ attempts by the hour of the week where the recipient is, and by area. Calls that were
         *     withdrawn, or of which nothing is known, are left out. The figures are a few minutes old.
         */
        get: operations["analytics_best_hours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Recordings, newest first. */
        get: operations["audio_list"];
        put?: never;
        /** Brings a recording. */
        post: operations["audio_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audio/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One recording. */
        get: operations["audio_show"];
        put?: never;
        post?: never;
        /** Removes a recording that no campaign plays. */
        delete: operations["audio_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/caller-ids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The carrier's numbers that a campaign may name in `caller_ids`, in the order in which they were entered. */
        get: operations["caller_ids_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The campaigns of one's departments, newest first. */
        get: operations["campaigns_list"];
        put?: never;
        /** A new draft. */
        post: operations["campaigns_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One campaign. */
        get: operations["campaigns_show"];
        put?: never;
        post?: never;
        /** Removes a draft with its recipients. */
        delete: operations["campaigns_delete"];
        options?: never;
        head?: never;
        /** Changes a campaign, as far as its status allows. */
        patch: operations["campaigns_edit"];
        trace?: never;
    };
    "/api/v1/campaigns/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The attempts of a run, newest first. */
        get: operations["campaigns_attempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/attempts/{attempt_id}/twiml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an attempt hears: the document that would be served now for its frozen values, which is the one that was served if
         *     somebody picked up. For a machine that was left the message the one after the tone; a call that was answered after a
         *     stop, or by a number on the do-not-call list, heard nothing.
         */
        get: operations["campaigns_attempt_twiml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new draft with the settings of a campaign and, by default, its recipients. */
        post: operations["campaigns_duplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why is it not dialing? */
        get: operations["campaigns_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/handset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Picks the handset up: what a recipient hears. No call is placed. */
        post: operations["campaigns_handset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/handset/{session}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Presses a key: what follows. The key that opts out puts the number on the do-not-call list before the answer, on the
         *     simulated carrier or when it is one's own; else the answer says why not.
         */
        post: operations["campaigns_handset_keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to a campaign, newest first. */
        get: operations["campaigns_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/minutes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls a minute: every minute of the stretch, those without calls, too. */
        get: operations["campaigns_minutes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/occurrences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The next times at which a campaign will run; one without a schedule has none. */
        get: operations["campaigns_occurrences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pauses a campaign: no call is placed after the answer; calls under way go on. */
        post: operations["campaigns_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The figures of a run. */
        get: operations["campaigns_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/readiness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a launch would find, without launching: meant for a draft, and true at any time. */
        get: operations["campaigns_readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The recipients of a run, in the order of their enrollment. */
        get: operations["campaigns_recipients"];
        put?: never;
        /** Adds contacts to a draft. Numbers on the do-not-call list are added as suppressed. */
        post: operations["campaigns_add_recipients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/recipients/{recipient_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One recipient's story. */
        get: operations["campaigns_recipient"];
        put?: never;
        post?: never;
        /** Takes somebody who was not yet called out of the newest run. */
        delete: operations["campaigns_remove_recipient"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/rehearse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Not available yet. */
        post: operations["campaigns_rehearse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The results of a run as a file. */
        get: operations["campaigns_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Goes on with a paused or failed campaign; nobody is called twice for it. After the test of the first people the
         *     others are called; a test that is not done goes on.
         */
        post: operations["campaigns_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs of a campaign, newest first. */
        get: operations["campaigns_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/runs/{run_id}/list-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who came into the list of a run, changed in it, or left it, in the order of their enrollment. */
        get: operations["campaigns_list_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets the schedule of a draft in force: its runs begin by themselves. */
        post: operations["campaigns_schedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Starts a draft or scheduled campaign, with the first people alone when that is wished: the first call is placed at
         *     once.
         */
        post: operations["campaigns_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a campaign for good: no call is placed after the answer; queued and ringing ones are canceled. */
        post: operations["campaigns_stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/test-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calls one's own number with the real message; five times an hour and person at most. Limits, the do-not-call list, the
         *     allowed countries and the recipient's hours hold as for every call; of the campaign's own hours and retries none.
         */
        post: operations["campaigns_test_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/unschedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the schedule: the campaign is a draft again, or completed when it has run before. */
        post: operations["campaigns_unschedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many campaigns of one's departments stand where. */
        get: operations["campaigns_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carrier": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The carrier's account. */
        get: operations["carrier_show"];
        /** Enters the carrier's account. */
        put: operations["carrier_replace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carrier/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tests credentials, balance, numbers, and whether the carrier can reach this server. */
        post: operations["carrier_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own saved filters, and those that colleagues share, by name. */
        get: operations["contacts_saved_filters"];
        put?: never;
        /** Saves a filter. */
        post: operations["contacts_save_filter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-filters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a saved filter of one's own. */
        delete: operations["contacts_remove_filter"];
        options?: never;
        head?: never;
        /** Changes a saved filter of one's own. */
        patch: operations["contacts_change_filter"];
        trace?: never;
    };
    "/api/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Contacts that meet all conditions; up to three custom fields may be asked of as `custom.KEY=VALUE`. Newest first; those
         *     last called first, where calls alone are asked of. A page may be shorter than asked for when few of many contacts meet
         *     the conditions: there is more as long as `next_cursor` is not null.
         */
        get: operations["contacts_list"];
        put?: never;
        /** Adds a contact. */
        post: operations["contacts_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One contact. */
        get: operations["contacts_show"];
        put?: never;
        post?: never;
        /** Removes a contact. The history of its calls stays, without the link. */
        delete: operations["contacts_remove"];
        options?: never;
        head?: never;
        /** Changes a contact. */
        patch: operations["contacts_change"];
        trace?: never;
    };
    "/api/v1/contacts/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calls to a contact in all campaigns, newest first. */
        get: operations["contacts_attempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes or removes many contacts. One that a running campaign has still to call is refused by name, the others go. */
        post: operations["contacts_change_many"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/actions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a change of many contacts is: one's own, for an administrator any. */
        get: operations["contacts_change_of_many"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds contacts, as many as are right. */
        post: operations["contacts_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Groups of contacts that may be the same person. A page may be short, or empty, before the end: read on while
         *     `next_cursor` is not null.
         */
        get: operations["contacts_duplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/duplicates/ignore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says that the contacts of a group are different people, so that it is shown no more until somebody new is alike; or
         *     takes that back.
         */
        post: operations["contacts_ignore_duplicates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contacts that meet all conditions as a file, in the order of the list and by the same filter. */
        get: operations["contacts_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merges contacts into one: tags are united, notes joined, empty fields filled; calls and enrollments hang on the
         *     survivor. Of several recipients of a run who are now one person those not yet called are suppressed as `duplicate`. No
         *     number leaves the do-not-call list; the tag `DNC` of any of them puts the survivor's number on it, too.
         */
        post: operations["contacts_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/custom-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The custom fields of contacts, in their order; archived ones, too. */
        get: operations["contacts_custom_fields"];
        put?: never;
        /** Defines a custom field. Values that contacts have under this key already must fit it. */
        post: operations["contacts_define_field"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/custom-fields/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a custom field. A change of kind or choices is refused while contacts have values that would not fit. */
        patch: operations["contacts_change_field"];
        trace?: never;
    };
    "/api/v1/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The departments one belongs to, by name; all of them for an administrator. */
        get: operations["departments_list"];
        put?: never;
        /** Adds a department. */
        post: operations["departments_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/departments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One department. */
        get: operations["departments_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Renames a department. */
        patch: operations["departments_change"];
        trace?: never;
    };
    "/api/v1/do-not-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The list, newest first. */
        get: operations["do_not_call_list"];
        put?: never;
        /** Adds a number. One that is listed already stays as it is (200). */
        post: operations["do_not_call_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/do-not-call/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The list as a file, newest first. */
        get: operations["do_not_call_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/do-not-call/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Removes a number. */
        post: operations["do_not_call_remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A campaign's figures, live (`progress`, `status`); without a campaign, those of all that are under way or were
         *     changed a moment ago (`campaigns`), and how many stand where (`counts`). When nothing changes, a `heartbeat` with
         *     `{"as_of"}` says about every ten seconds when the figures were last looked at; it stays away while they can't be.
         */
        get: operations["campaigns_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The health of the system, for administrators. */
        get: operations["system_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Imports, newest first. */
        get: operations["imports_list"];
        put?: never;
        /**
         * Brings a list: a file, or the link of a Google Sheet that is shared with anyone who has it. How many sheets a
         *     person may fetch within an hour is configured (ten).
         */
        post: operations["imports_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an import is. */
        get: operations["imports_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/commit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to write the rows of a list; how far it is, the import itself says. */
        post: operations["imports_commit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/rejects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rejected rows as a CSV file with a column that says why; mended, it can be imported again. */
        get: operations["imports_rejects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says who would leave and who would stay if the import were taken back now. */
        get: operations["imports_outlook"];
        put?: never;
        /** Takes an import back: recipients not yet called leave, then contacts that it made and nobody uses. */
        post: operations["imports_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what the rows of a list are, and what is wrong with the first bad ones. Changes nothing. */
        post: operations["imports_validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is logged in. */
        get: operations["session_show"];
        put?: never;
        /** Logs in: sets the session cookie. */
        post: operations["session_log_in"];
        /** Logs out: ends the session and takes the cookie away. With a token there is nothing to end. */
        delete: operations["session_log_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own sessions, newest first. */
        get: operations["session_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one of one's own sessions, wherever its browser is. */
        delete: operations["session_end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The settings. */
        get: operations["settings_show"];
        /** Changes the settings. */
        put: operations["settings_replace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether there is something to set up. */
        get: operations["setup_show"];
        put?: never;
        /** Makes the organization, its department General and its administrator, and logs them in. */
        post: operations["setup_set_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tags of contacts, in alphabetical order. */
        get: operations["tags_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a tag away from all contacts that one may edit. Taking `DNC` away takes no number off the do-not-call list.
         *     Contacts of an import that still runs keep their tags.
         */
        post: operations["tags_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags/rename": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renames a tag of all contacts that one may edit; when the other exists, the two become one. Contacts renamed to
         *     `DNC` come on the do-not-call list; renaming `DNC` takes nobody off it. Contacts of an import that still runs keep
         *     their tags.
         */
        post: operations["tags_rename"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tokens of the organization, newest first. */
        get: operations["tokens_list"];
        put?: never;
        /** Makes a token. Its value is in this answer and nowhere else. */
        post: operations["tokens_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a token, for good. */
        delete: operations["tokens_revoke"];
        options?: never;
        head?: never;
        /** Renames or revokes a token. */
        patch: operations["tokens_change"];
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people of the organization, by address. */
        get: operations["users_list"];
        put?: never;
        /** Adds a person. */
        post: operations["users_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person. */
        get: operations["users_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a person. */
        patch: operations["users_change"];
        trace?: never;
    };
    "/api/v1/voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The voices, by language and name. */
        get: operations["voices_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alive: the process answers. */
        get: operations["health_alive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A recording. */
        get: operations["media_play"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus. */
        get: operations["health_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ready: the database answers and has the schema of this program. */
        get: operations["health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description What to do.
         * @enum {string}
         */
        ActionName: "tag" | "untag" | "set_field" | "delete";
        /** @description What became of the wish to add people. */
        AddedRecipients: {
            /**
             * Format: int64
             * @description New in the run.
             */
            added: number;
            /**
             * Format: int64
             * @description Their number was in the run before.
             */
            already_enrolled: number;
        };
        /** @description What follows the message: `hangup`, or `agents` with queue and pacing. */
        AfterMessage: {
            /**
             * @description `hangup` or `agents`
             * @example hangup
             */
            kind: string;
            /** @description `fixed`, `progressive` or `predictive` */
            pacing?: string | null;
            queue_id?: string | null;
        };
        /** @description Calls, and those of them that were answered. */
        AnswerCounts: {
            /** Format: int64 */
            answered: number;
            /** Format: int64 */
            attempts: number;
        };
        /**
         * @description What to do when an answering machine picks up.
         * @enum {string}
         */
        AnsweringMachine: "off" | "hang_up" | "leave_message";
        /** @description One call to a recipient. */
        Attempt: {
            /** Format: date-time */
            answered_at?: string | null;
            /** @description `human`, `machine`, `fax` or `unknown`, when somebody listened for it. */
            answered_by?: string | null;
            call_sid?: string | null;
            cost?: components["schemas"]["Money"] | null;
            /**
             * Format: int32
             * @description Seconds from answer to end.
             */
            duration_s?: number | null;
            /** Format: date-time */
            ended_at?: string | null;
            /**
             * Format: int64
             * @description The carrier's, of a call that failed.
             */
            error_code?: number | null;
            from: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: int64
             * @description 1 for the first.
             */
            number: number;
            outcome?: components["schemas"]["Outcome"] | null;
            phone: string;
            /** Format: date-time */
            placed_at: string;
            /** Format: uuid */
            recipient_id: string;
            /**
             * Format: date-time
             * @description Since when it rang, by the carrier's clock where it says so.
             */
            ringing_at?: string | null;
            /** @description For example `ringing`, `talking`, `ended`. */
            state: string;
        };
        /** @description A form with a recording. */
        AudioForm: {
            /** Format: uuid */
            department_id?: string | null;
            /**
             * Format: binary
             * @description MP3 or WAV, up to 10 MB.
             */
            file: string;
            /** @description The file's name when left out. */
            name?: string | null;
        };
        /** @description A recording. */
        AudioView: {
            /** Format: int64 */
            bytes: number;
            /** Format: int64 */
            channels: number;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            department_id: string;
            /**
             * Format: int64
             * @description Begun seconds.
             */
            duration_s: number;
            /** Format: uuid */
            id: string;
            /**
             * Format: double
             * @description The mean loudness, in decibels below full scale.
             */
            loudness_dbfs: number;
            /** @description `audio/mpeg` or `audio/wav`. */
            media_type: string;
            name: string;
            /** Format: int64 */
            sample_rate: number;
            /** @description Where it can be played from, for some minutes. */
            url: string;
        };
        /** @description Recipients who wait for one opening of their hours. */
        Awaited: {
            /**
             * Format: date-time
             * @description When they may be called.
             */
            at: string;
            /**
             * Format: int64
             * @description How many they are.
             */
            recipients: number;
        };
        /** @description When people answer. */
        BestHours: {
            /** Format: int64 */
            answered: number;
            /** @description All areas in which there were calls, those with the most first, whichever area was asked for. */
            areas: components["schemas"]["BestHoursArea"][];
            /** Format: date-time */
            as_of: string;
            /** Format: int64 */
            attempts: number;
            /** @description Hours of the week in which there were calls, from Monday on. */
            cells: components["schemas"]["BestHoursCell"][];
            /** Format: date */
            from: string;
            /**
             * Format: double
             * @description Of all of them, in percent; null without calls.
             */
            rate?: number | null;
            /**
             * @description Hours that are surely better than the average and within those in which people may be called, the best first. They
             *     are hours where the recipient is.
             */
            suggested: components["schemas"]["SuggestedHours"][];
            /** Format: date */
            to: string;
            /** @description Calls to people whose hour is not known: the zones they may be in do not agree on it. */
            zone_unknown: components["schemas"]["AnswerCounts"];
        };
        /** @description An area. */
        BestHoursArea: {
            /** Format: int64 */
            answered: number;
            /**
             * @description A state or province of North America, by the area code, else a country; `ZZ`: not known.
             * @example US-CA
             */
            area: string;
            /** Format: int64 */
            attempts: number;
            /** @description Of a state or province; null of a country. */
            name?: string | null;
            /**
             * Format: double
             * @description In percent.
             */
            rate: number;
        };
        /** @description An hour of the week. */
        BestHoursCell: {
            /** Format: int64 */
            answered: number;
            /** Format: int64 */
            attempts: number;
            /** @description Whether there are enough calls to propose something: 30. */
            enough: boolean;
            /** Format: double */
            high: number;
            /**
             * Format: int32
             * @description From 0 to 23.
             */
            hour: number;
            /**
             * Format: double
             * @description The true rate is between these, with a certainty of 95 %.
             */
            low: number;
            /**
             * Format: double
             * @description In percent.
             */
            rate: number;
            /** @example mon */
            weekday: string;
        };
        /** @description One thing that holds a campaign back. */
        Blocker: {
            /**
             * @description One of the words of the planner, for example `recipient_hours`.
             * @example recipient_hours
             */
            kind: string;
            /** @description The same in a sentence. */
            message: string;
            /**
             * @description Of closed hours: how many wait for which opening, the next first; at most 24, of more the rest is in
             *     `recipients` alone.
             */
            openings: components["schemas"]["Awaited"][];
            /**
             * Format: int64
             * @description Recipients that wait for it.
             */
            recipients: number;
            /**
             * Format: date-time
             * @description When it ends by itself, if that is known.
             */
            until?: string | null;
        };
        /** @description What the campaign may cost. */
        Budget: {
            amount: string;
            currency: string;
            /**
             * Format: int32
             * @default 80
             */
            warn_percent: number;
        };
        /** @description Contacts to be. */
        Bulk: {
            /** @description 1 to 1,000 contacts. */
            contacts: unknown[];
        };
        /** @description Why one of them was not kept. */
        BulkError: {
            /** @description Its place in the list, from 0. */
            index: number;
            message: string;
        };
        /** @description What became of them. */
        BulkResult: {
            created: number;
            errors: components["schemas"]["BulkError"][];
        };
        /** @description A number to call from. */
        CallerId: {
            /** @description A campaign that names no number calls from this one. */
            is_default: boolean;
            /** @example +12025550100 */
            number: string;
        };
        /** @description All of them: the list has no further pages. */
        CallerIds: {
            items: components["schemas"]["CallerId"][];
            next_cursor?: string | null;
        };
        /** @description The hours in which the campaign dials, by the clock of one zone. */
        CallingHours: {
            days: components["schemas"]["Day"][];
            /**
             * @description Before `start`: the window closes on the day after.
             * @example 17:00
             */
            end: string;
            /** @example 09:00 */
            start: string;
            /**
             * Format: time-zone
             * @example America/New_York
             */
            timezone: string;
        };
        /** @description A campaign. */
        Campaign: {
            after_message: components["schemas"]["AfterMessage"];
            answering_machine: components["schemas"]["AnsweringMachine"];
            budget?: components["schemas"]["Budget"] | null;
            caller_ids: string[];
            calling_hours?: components["schemas"]["CallingHours"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            department_id: string;
            description: string;
            ended_by?: components["schemas"]["CampaignEndedBy"] | null;
            /** Format: date-time */
            finished_at?: string | null;
            /**
             * Format: int32
             * @description While it is a test of the first people: how many. Else it is not there.
             */
            first?: number | null;
            /** Format: uuid */
            id: string;
            limits: components["schemas"]["Limits"];
            list_source?: components["schemas"]["ListSource"] | null;
            message?: components["schemas"]["Message"] | null;
            name: string;
            opt_out: components["schemas"]["OptOut"];
            progress?: components["schemas"]["Progress"] | null;
            purpose: components["schemas"]["Purpose"];
            recipient_hours: components["schemas"]["RecipientHours"];
            recording: components["schemas"]["Recording"];
            retry: components["schemas"]["Retry"];
            /** Format: int32 */
            ring_timeout_s: number;
            schedule: components["schemas"]["Schedule"];
            /** Format: date-time */
            started_at?: string | null;
            status: components["schemas"]["CampaignStatus"];
            /** @description Why it is paused or failed, when the system did it. */
            status_reason?: string | null;
            /**
             * Format: uuid
             * @description The campaign of which this is a test call. Else it is not there.
             */
            test_of?: string | null;
            /** Format: date-time */
            useless_after?: string | null;
            /**
             * Format: int64
             * @description Goes up with every change; an edit names the one it saw.
             */
            version: number;
        };
        /** @description How many campaigns stand where. */
        CampaignCounts: {
            /** Format: int64 */
            active: number;
            /** Format: int64 */
            completed: number;
            /** Format: int64 */
            draft: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            paused: number;
            /** Format: int64 */
            scheduled: number;
        };
        /** @description What to change about a campaign; each member given replaces the whole of it. */
        CampaignEdit: {
            after_message?: components["schemas"]["AfterMessage"];
            answering_machine?: components["schemas"]["AnsweringMachine"];
            budget?: components["schemas"]["Budget"] | null;
            /** @description At most 50 of the carrier's numbers; none: the organization's default. */
            caller_ids?: string[];
            calling_hours?: components["schemas"]["CallingHours"] | null;
            /**
             * Format: uuid
             * @description The creator's only department when left out, else the organization's only one.
             */
            department_id?: string;
            /** @description At most 2,000 characters. */
            description?: string;
            limits?: components["schemas"]["Limits"];
            message?: components["schemas"]["Message"] | null;
            /** @description 1 to 120 characters. */
            name?: string;
            opt_out?: components["schemas"]["OptOutGiven"];
            purpose?: components["schemas"]["Purpose"];
            recipient_hours?: components["schemas"]["RecipientHoursGiven"];
            recording?: components["schemas"]["RecordingGiven"];
            retry?: components["schemas"]["RetryGiven"];
            /**
             * Format: int32
             * @description 5 to 60; for telemarketing 15 to 60.
             */
            ring_timeout_s?: number;
            schedule?: components["schemas"]["Schedule"];
            /**
             * Format: date-time
             * @description An instant: whoever is not called by then is not called any more. Null: never too late.
             */
            useless_after?: string | null;
            /**
             * Format: int64
             * @description Of the campaign as it was read.
             */
            version: number;
        };
        /**
         * @description How a completed campaign came to its end.
         * @enum {string}
         */
        CampaignEndedBy: "list_done" | "stopped";
        /**
         * @description Where a campaign stands.
         * @enum {string}
         */
        CampaignStatus: "draft" | "scheduled" | "active" | "paused" | "completed" | "failed";
        /** @description The carrier's account, without its secrets. */
        Carrier: {
            account_sid: string;
            api_key_secret_set: boolean;
            api_key_sid?: string | null;
            auth_token_set: boolean;
            /**
             * @example [
             *       "+12025550100"
             *     ]
             */
            caller_ids: string[];
            /** @description Wins over the configuration's. */
            public_url?: string | null;
            /**
             * @description Where that stands: `carrier` (here) or `configuration`.
             * @example configuration
             */
            public_url_from?: string | null;
            /** @description Where the carrier reaches this server; null: neither here nor in the configuration is one. */
            public_url_in_force?: string | null;
            twiml_app_sid?: string | null;
            /**
             * Format: int64
             * @description 0 until something has been entered.
             */
            version: number;
        };
        /** @description The carrier's account to be. What is left out stays; null or an empty text takes it away. */
        CarrierChange: {
            account_sid?: string | null;
            api_key_secret?: string | null;
            api_key_sid?: string | null;
            auth_token?: string | null;
            caller_ids?: string[] | null;
            public_url?: string | null;
            twiml_app_sid?: string | null;
            /**
             * Format: int64
             * @description May be left out the first time.
             */
            version?: number | null;
        };
        /** @description What the check found. */
        CarrierCheck: {
            checks: components["schemas"]["FindingView"][];
            /** @description Whether campaigns can call: nothing failed. */
            ok: boolean;
        };
        /** @description A column of a list, with the cells of its first rows. */
        ColumnView: {
            name: string;
            samples: string[];
        };
        /** @description How to read a list, and what to do with its rows. */
        CommitRequest: {
            /**
             * @description As in the look before.
             * @example [
             *       "plus_lost"
             *     ]
             */
            accept?: string[];
            /** @description As in the look before. */
            accept_rows?: number[];
            /**
             * Format: uuid
             * @description A draft that all rows are enrolled in.
             */
            campaign_id?: string | null;
            /**
             * Format: country
             * @example US
             */
            default_country?: string | null;
            /**
             * @description `skip` (default) or `update`.
             * @example skip
             */
            duplicates?: string | null;
            mapping: {
                company?: string | null;
                custom?: {
                    [key: string]: string;
                };
                email?: string | null;
                first_name?: string | null;
                language?: string | null;
                last_name?: string | null;
                name?: string | null;
                notes?: string | null;
                phone: string;
                postal_code?: string | null;
                state?: string | null;
                tags?: string | null;
                timezone?: string | null;
            };
            /**
             * @description `lenient` (default) or `strict`.
             * @example lenient
             */
            mode?: string | null;
            /** @description Tags for every row. */
            tags?: string[];
        };
        /** @description How far a change is. */
        ContactAction: {
            /** @description There are more than `matched`: they are counted up to 10,000. */
            at_least: boolean;
            /**
             * Format: int64
             * @description Those that were not so already.
             */
            changed: number;
            /** Format: int64 */
            done: number;
            /**
             * Format: uuid
             * @description Null for a preview.
             */
            id?: string | null;
            /**
             * Format: int64
             * @description Contacts that are meant; while a filter's run it is what was counted ahead.
             */
            matched: number;
            note?: string | null;
            /** @description The first 100. */
            refused: components["schemas"]["RefusedContact"][];
            /** Format: int64 */
            refused_count: number;
            /** @description `preview`, `running`, `done` or `failed`. */
            state: string;
        };
        /** @description What to do with which contacts: `contact_ids` or a `filter`. */
        ContactActionRequest: {
            action: components["schemas"]["ActionName"];
            /** @description At most 10,000; up to 200 are changed before the answer. */
            contact_ids?: string[] | null;
            /**
             * @description `company`, `notes`, `timezone`, `language`, `postal_code`, `state`, or `custom.KEY`.
             * @example custom.plan
             */
            field?: string | null;
            filter?: components["schemas"]["ContactFilter"] | null;
            /** @description Changes nothing and counts, up to 10,000. */
            preview?: boolean;
            /** @description To tag with, or to take away. `DNC` puts the numbers on the do-not-call list; taking it away removes none. */
            tag?: string | null;
            /** @description A text, a number, or true or false; null or absent empties the field. */
            value?: boolean | null | number | string;
        };
        /** @description One call to a contact. */
        ContactAttempt: components["schemas"]["NamedAttempt"] & {
            /** Format: uuid */
            campaign_id: string;
            campaign_name: string;
        };
        /** @description What to change about a contact; null empties a field. */
        ContactChange: {
            company?: string | null;
            custom?: {
                [key: string]: boolean | number | string;
            } | null;
            email?: string | null;
            first_name?: string | null;
            language?: string | null;
            last_name?: string | null;
            name?: string | null;
            notes?: string | null;
            /** Format: phone */
            phone?: string | null;
            postal_code?: string | null;
            state?: string | null;
            tags?: string[] | null;
            /** Format: time-zone */
            timezone?: string | null;
            /** Format: int64 */
            version: number;
        };
        /** @description Which contacts: all conditions hold. `all` stands alone, where everybody is meant. */
        ContactFilter: {
            /**
             * Format: date-time
             * @description Added at this instant or later.
             */
            added_from?: string | null;
            /**
             * Format: date-time
             * @description Added before this instant.
             */
            added_to?: string | null;
            all?: boolean | null;
            /** @description Up to three values by key, as they are written out. */
            custom?: {
                [key: string]: string;
            };
            /** Format: uuid */
            department_id?: string | null;
            language?: string | null;
            /** Format: date-time */
            last_called_from?: string | null;
            /** Format: date-time */
            last_called_to?: string | null;
            never_called?: boolean | null;
            outcome?: components["schemas"]["Outcome"] | null;
            /** @description Parts of a name, number, e-mail address or company. */
            q?: string | null;
            tag?: string | null;
        };
        /** @description A contact. */
        ContactView: {
            company: string;
            /** Format: date-time */
            created_at: string;
            custom: Record<string, never>;
            /** Format: uuid */
            department_id: string;
            email: string;
            first_name: string;
            /** Format: uuid */
            id: string;
            language?: string | null;
            last_name: string;
            name: string;
            notes: string;
            /**
             * @description E.164.
             * @example +12025550143
             */
            phone: string;
            postal_code?: string | null;
            state?: string | null;
            /** @description The tag `DNC` puts the number on the do-not-call list. */
            tags: string[];
            timezone?: string | null;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        /** @description A custom field. */
        CustomField: {
            /** @description Offered to nobody any more; its values stay. */
            archived: boolean;
            /** @description For a choice, else empty. */
            choices: string[];
            /** Format: uuid */
            id: string;
            /** @description Whoever creates a contact has to fill it, and whoever changes `custom`; imports need not. */
            is_required: boolean;
            is_visible: boolean;
            /**
             * @description What merge fields and `custom` call it; it never changes.
             * @example loyalty_points
             */
            key: string;
            /**
             * @description `short_text`, `long_text`, `integer`, `decimal`, `date`, `choice` or `checkbox`.
             * @example integer
             */
            kind: string;
            label: string;
            /**
             * Format: int64
             * @description Fields are listed by it.
             */
            position: number;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change about a custom field. */
        CustomFieldChange: {
            archived?: boolean | null;
            choices?: string[] | null;
            is_required?: boolean | null;
            is_visible?: boolean | null;
            kind?: string | null;
            label?: string | null;
            /** Format: int64 */
            position?: number | null;
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        Day: "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
        /** @description What to change about a department. */
        DepartmentChange: {
            name?: string | null;
            /** Format: int64 */
            version: number;
        };
        /** @description A department. */
        DepartmentView: {
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: int64 */
            version: number;
        };
        /** @description A group, and whether it is one of different people. */
        DifferentPeople: {
            /** @example email */
            by: string;
            /**
             * Format: uuid
             * @description As the group has it.
             */
            department_id?: string | null;
            /** @description False takes it back. */
            ignored?: boolean;
            /** @description As the group has it. */
            key: string;
        };
        /** @description Contacts that may be the same person. */
        DuplicateGroup: {
            /** @description There are more than `size`. */
            at_least: boolean;
            /** @example email */
            by: string;
            /** @description The ten newest. */
            contacts: components["schemas"]["ContactView"][];
            /**
             * Format: uuid
             * @description The department they are in; null when they are alike across departments.
             */
            department_id?: string | null;
            /** @description It was said that they are different people. */
            ignored: boolean;
            /** @description What they have in common, folded. */
            key: string;
            /** @description How many they are; they are counted up to 100. */
            size: number;
        };
        /** @description What to take along. */
        Duplication: {
            /**
             * @description The recipients of the newest run, too.
             * @default true
             */
            contacts: boolean | null;
        };
        /** @description A number that must not be called. */
        EntryView: {
            /** Format: date-time */
            added_at: string;
            /** @description Who added it: `user:ID`, `token:ID`, or the call that a key was pressed in. */
            added_by: string;
            /** @description Their name now, or their e-mail address; null when no person added it. */
            added_by_name?: string | null;
            /** @example +12025550143 */
            phone: string;
            reason: string;
            /** @description How it came here: `page`, `import`, `key_press`, `handset`, `tag`. */
            source: string;
        };
        /** @description One event of the stream. */
        Event: {
            /** @description The figures, as JSON; of `status` the word alone. */
            data: string;
            /** @description `progress`, `status`, `campaigns`, `counts` or `heartbeat` */
            event: string;
            /** @description The instant it tells of, in microseconds. */
            id: string;
        };
        /** @description Why a campaign is dialing, or not, or not faster. */
        Explanation: {
            blockers: components["schemas"]["Blocker"][];
            /** @description Calls are being started now. */
            dialing: boolean;
        };
        /** @description One thing looked at. */
        FindingView: {
            /** @description What was looked at: `credentials`, `balance`, `numbers` or `webhooks`. */
            check: string;
            /**
             * @description What was found, as a word that stays, for pages in other languages: of credentials `account_missing`,
             *     `account_incomplete`, `account_hidden`, `account_not_active`, `trial_account`, `account_active`,
             *     `credentials_refused`, `carrier_unreachable`; of the balance `balance_spent`, `balance_known`, `balance_hidden`,
             *     `balance_unknown`; of numbers `numbers_missing`, `numbers_unknown`, `numbers_fine`, `numbers_foreign`; of webhooks
             *     `webhooks_reachable`, `webhooks_unreachable`.
             */
            code: string;
            /** @description What to do about it; null when all is well. */
            mend?: string | null;
            /** @description What was found, in words. */
            message: string;
            /** @description `ok`, `warning` or `failed`. */
            verdict: string;
        };
        /** @description Whom to be. Nobody named: somebody with sample values. */
        HandsetCall: {
            /**
             * Format: phone
             * @description One's own number, as people write it; the organization's default country is assumed.
             * @example +12025550143
             */
            phone?: string | null;
            /**
             * Format: uuid
             * @description A recipient of the campaign, whose values are merged.
             */
            recipient_id?: string | null;
        };
        /** @description A key that was pressed. */
        HandsetKey: {
            /**
             * @description One of 0-9, `*` and `#`.
             * @example 9
             */
            digit: string;
        };
        /** @description One step of a call. Which members are there is said by its kind. */
        HandsetStep: {
            /** @description The keys that mean something; any other begins the message again (gather). */
            digits?: string[] | null;
            /**
             * @description What a step does.
             * @enum {string}
             */
            kind: "say" | "play" | "pause" | "gather" | "enqueue" | "hangup";
            language?: string | null;
            /**
             * Format: int32
             * @description Pitch; 0 is the voice's own (say).
             */
            pitch_percent?: number | null;
            /**
             * Format: int32
             * @description Speed; 100 is the voice's own (say).
             */
            rate_percent?: number | null;
            /**
             * Format: int32
             * @description How long it is silent (pause).
             */
            seconds?: number | null;
            /** @description What is heard while keys are listened for (gather). */
            steps?: components["schemas"]["HandsetStep"][] | null;
            /** @description What is spoken (say), or the queue (enqueue). */
            text?: string | null;
            /**
             * Format: int32
             * @description How long a key is waited for after the last step inside (gather).
             */
            timeout_s?: number | null;
            /** @description Where a browser finds the recording, for some minutes (play). */
            url?: string | null;
            /** @description How it is spoken (say). */
            voice?: string | null;
        };
        /** @description What is heard now. */
        HandsetView: {
            /** @description The number that is shown; empty when there is none yet. */
            from: string;
            /** @description Why a call would hear nothing. */
            note?: string | null;
            /** @description After the key that opts out: `recorded`, or `not recorded: ` and why. */
            opt_out?: string | null;
            /** @description After these steps the call has ended: no key is listened for. */
            over: boolean;
            /** @description For the address of the keys; good for 15 minutes, for the one who began. */
            session: string;
            /** @description What the document says, in its order. */
            steps: components["schemas"]["HandsetStep"][];
            to: string;
            /** @description The document, as the carrier would get it. */
            twiml: string;
        };
        /** @description A word for machines. */
        Health: {
            status: string;
        };
        /** @description One figure. */
        HealthFigure: {
            level: components["schemas"]["Level"];
            /** @description Which one, for example `carrier_latency_p99`. */
            name: string;
            /** @description What it should be, in words. */
            target: string;
            /**
             * @description The same as a code, for pages in other languages: `below_limit`, `up_to_limit_while_due`, `as_limits_allow`,
             *     `at_most`, `at_least`, `answers`, `room_to_grow` or `as_expected`.
             */
            target_code: string;
            /**
             * Format: double
             * @description The bound that the code speaks of, in the figure's unit; null where it speaks of none.
             */
            target_value?: number | null;
            /** @description `campaigns`, `calls`, `recipients`, `calls_per_minute`, `ms`, `percent`, `bytes`, `nodes`, or nothing. */
            unit: string;
            value: number | string | null;
        };
        /** @description What a call hears. */
        HeardDocument: {
            /** @description The document in the carrier's language. In its addresses the call's token is left out. */
            twiml: string;
        };
        /** @description How far an import is, and what became of its rows. */
        ImportView: {
            /** Format: uuid */
            campaign_id?: string | null;
            columns: components["schemas"]["ColumnView"][];
            /** Format: date-time */
            created_at: string;
            delimiter: string;
            /** Format: uuid */
            department_id: string;
            /**
             * Format: int64
             * @description Rows that have a fate; the four below add up to it.
             */
            done: number;
            /** @description For example `UTF-8` or `windows-1252`. */
            encoding: string;
            /**
             * Format: date-time
             * @description While it runs, when it probably ends; null as long as nothing can be said.
             */
            estimated_end?: string | null;
            file_name: string;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: uuid */
            id: string;
            /** Format: int64 */
            imported: number;
            /** @description Why it failed, or what else there is to know. */
            note?: string | null;
            /** Format: int64 */
            rejected: number;
            /**
             * Format: int64
             * @description Of the imported, updated and skipped rows, those that were mended.
             */
            repaired: number;
            /** Format: int64 */
            rows: number;
            /**
             * Format: double
             * @description While it runs, the mean so far; null as long as nothing can be said.
             */
            rows_per_second?: number | null;
            /**
             * Format: uuid
             * @description The run whose list it is, when it was fetched anew for that.
             */
            run_id?: string | null;
            /** @description The sheet of a workbook that was read. */
            sheet?: string | null;
            /** @description The sheets of a workbook that people see; empty for any other list. */
            sheets: string[];
            /** Format: int64 */
            skipped: number;
            /** @description `file` or `google_sheet`. */
            source: string;
            /** Format: date-time */
            started_at?: string | null;
            /** @description `uploaded`, `validated`, `running`, `done` or `failed`. */
            state: string;
            /** @description Columns by field of the contact; `custom` holds columns that are named after a custom field. */
            suggested_mapping: Record<string, never>;
            undo?: components["schemas"]["UndoView"] | null;
            /** Format: int64 */
            updated: number;
        };
        /** @description How much of a kind of damage there is. */
        KindView: {
            /**
             * Format: int64
             * @description Rows set aside that `accept` would bring in, unless another kind stands in the way.
             */
            proposed: number;
            /**
             * Format: int64
             * @description Rows mended of it.
             */
            repaired: number;
            /** @description As in `accept`. */
            what: string;
        };
        /**
         * @description What a figure means.
         * @enum {string}
         */
        Level: "good" | "warn" | "bad";
        /** @description The campaign's own limits; null: the organization's alone. */
        Limits: {
            /**
             * Format: double
             * @description 0.1 to 1,000
             */
            calls_per_second?: number | null;
            /**
             * Format: int32
             * @description 1 to 10,000
             */
            max_concurrent_calls?: number | null;
        };
        /** @description Somebody who came, changed or left. */
        ListChange: {
            /** Format: uuid */
            contact_id?: string | null;
            name: string;
            /** @description The name before, of somebody who changed. */
            name_before?: string | null;
            phone: string;
            /**
             * Format: uuid
             * @description In this run; of somebody who left, in the one before.
             */
            recipient_id: string;
        };
        /** @description A form with a list. */
        ListForm: {
            /** Format: uuid */
            department_id?: string | null;
            /**
             * Format: binary
             * @description CSV or another text, or an Excel workbook (.xlsx), up to 50 MB.
             */
            file: string;
            /** @description Which sheet of a workbook; the first with rows when left out. */
            sheet?: string | null;
        };
        /** @description A Google Sheet that a list came from. */
        ListSource: {
            /** Format: uuid */
            import_id: string;
            /** Format: date-time */
            imported_at: string;
            /**
             * @description `google_sheet`
             * @example google_sheet
             */
            kind: string;
            /**
             * Format: int64
             * @description The number of the tab (`gid`); null: the first.
             */
            tab?: number | null;
            url: string;
        };
        /** @description A log-in. */
        LogIn: {
            /** @description For people with a second factor: the six digits of the app, or a recovery code. */
            code?: string | null;
            email: string;
            /** Format: password */
            password: string;
        };
        /** @description One thing that happened to a campaign. */
        LogItem: {
            /** @description Who did it. */
            actor: string;
            /** Format: date-time */
            at: string;
            id: string;
            /** @description For example `started`, `paused`, `edited`. */
            kind: string;
            message: string;
        };
        /** @description How to read a list. */
        LookRequest: {
            /**
             * @description Kinds of damage whose proposed repairs are accepted, for example `plus_lost`.
             * @example [
             *       "plus_lost"
             *     ]
             */
            accept?: string[];
            /** @description Rows whose proposed repairs are accepted, by their first line; at most 1,000. */
            accept_rows?: number[];
            /**
             * Format: country
             * @description The country of numbers that are written without one; the organization's when left out.
             * @example US
             */
            default_country?: string | null;
            /**
             * @description `skip` (default) or `update`.
             * @example skip
             */
            duplicates?: string | null;
            /** @description Columns by field of the contact; `custom` holds columns by custom field. */
            mapping: {
                company?: string | null;
                custom?: {
                    [key: string]: string;
                };
                email?: string | null;
                first_name?: string | null;
                language?: string | null;
                last_name?: string | null;
                name?: string | null;
                notes?: string | null;
                phone: string;
                postal_code?: string | null;
                state?: string | null;
                tags?: string | null;
                timezone?: string | null;
            };
        };
        /** @description What a list holds; the five counts add up to `rows`. */
        LookView: {
            /** Format: int64 */
            do_not_call: number;
            /** Format: int64 */
            duplicates_existing: number;
            /** Format: int64 */
            duplicates_in_file: number;
            /** Format: int64 */
            invalid: number;
            /** @description How much of each kind there is, the rows not shown included. */
            kinds: components["schemas"]["KindView"][];
            /** @description The first 100. */
            problems: components["schemas"]["ProblemView"][];
            /**
             * Format: int64
             * @description Rows that were mended; each is also in one of the counts above but `invalid`.
             */
            repaired: number;
            /** @description The first 100 that are applied, and the first 100 that are proposed, in the list's order. */
            repairs: components["schemas"]["RepairView"][];
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            valid: number;
        };
        /** @description A loop, and when it last looked. */
        LoopView: {
            /**
             * Format: date-time
             * @description Null for one that has not looked yet.
             */
            last_tick_at?: string | null;
            level: components["schemas"]["Level"];
            name: string;
        };
        /** @description Contacts that are the same person. */
        Merge: {
            /**
             * @description Whose word is taken, by field (`name`, `phone`, `email`, `company`, `timezone`, `language`, `postal_code`,
             *     `state`, `custom.KEY`). Left out: the survivor's, or the first of the others that has one.
             */
            fields?: {
                [key: string]: string;
            };
            /** @description Those that become part of it, 1 to 20 of the same department. */
            from: string[];
            /**
             * Format: uuid
             * @description The one that stays.
             */
            into: string;
            /**
             * Format: int64
             * @description Its version.
             */
            version: number;
        };
        /** @description A field that the message names. */
        MergeFieldGap: {
            /** @description More than 100,000 people wait, and only so many were looked at. */
            at_least: boolean;
            /** @example first_name */
            field: string;
            /** @description Every use of it says what is spoken where there is no value. */
            has_default: boolean;
            /**
             * Format: int64
             * @description Those who wait to be called and have no value for it.
             */
            recipients_without: number;
        };
        /** @description What is said: a spoken text (`tts`) or a recording of the library (`audio`). */
        Message: {
            /** @description The recording (audio). */
            audio_id?: string | null;
            /**
             * @description `tts` or `audio`
             * @example tts
             */
            kind: string;
            /** @example en-US */
            language?: string | null;
            /**
             * Format: int32
             * @description -50 to 50; 0 unless the voice has pitch (tts).
             */
            pitch_percent?: number | null;
            /**
             * Format: int32
             * @description 50 to 200 (tts).
             */
            rate_percent?: number | null;
            /** @description 1 to 3,000 characters as the recipient hears them; merge fields like `{{first_name|there}}` (tts). */
            text?: string | null;
            /**
             * @description One of `GET /api/v1/voices` (tts).
             * @example Polly.Joanna-Neural
             */
            voice?: string | null;
        };
        /** @description The calls that were started in one minute. */
        Minute: {
            /**
             * Format: int64
             * @description Those of them that a person or a machine has picked up by now.
             */
            answered: number;
            /**
             * Format: date-time
             * @description When the minute began.
             */
            at: string;
            /**
             * Format: int64
             * @description Those of them that are over by now.
             */
            ended: number;
            /** Format: int64 */
            started: number;
        };
        /** @description A stretch of minutes, oldest first. */
        Minutes: {
            items: components["schemas"]["Minute"][];
        };
        /** @description An amount of money. */
        Money: {
            /** @example 12.3400 */
            amount: string;
            /** @example USD */
            currency: string;
        };
        /** @description One call, and who was called. */
        NamedAttempt: components["schemas"]["Attempt"] & {
            /** @description The recipient's, as it was at enrollment. */
            name: string;
        };
        /** @description A campaign to be. */
        NewCampaign: {
            after_message?: components["schemas"]["AfterMessage"];
            answering_machine?: components["schemas"]["AnsweringMachine"];
            budget?: components["schemas"]["Budget"] | null;
            /** @description At most 50 of the carrier's numbers; none: the organization's default. */
            caller_ids?: string[];
            calling_hours?: components["schemas"]["CallingHours"] | null;
            /**
             * Format: uuid
             * @description The creator's only department when left out, else the organization's only one.
             */
            department_id?: string;
            /** @description At most 2,000 characters. */
            description?: string;
            limits?: components["schemas"]["Limits"];
            message?: components["schemas"]["Message"] | null;
            /** @description 1 to 120 characters. */
            name: string;
            opt_out?: components["schemas"]["OptOutGiven"];
            purpose?: components["schemas"]["Purpose"];
            recipient_hours?: components["schemas"]["RecipientHoursGiven"];
            recording?: components["schemas"]["RecordingGiven"];
            retry?: components["schemas"]["RetryGiven"];
            /**
             * Format: int32
             * @description 5 to 60; for telemarketing 15 to 60.
             */
            ring_timeout_s?: number;
            schedule?: components["schemas"]["Schedule"];
            /**
             * Format: date-time
             * @description An instant: whoever is not called by then is not called any more. Null: never too late.
             */
            useless_after?: string | null;
        };
        /** @description A contact to be. Only the number is required. */
        NewContact: {
            company?: string | null;
            custom?: {
                [key: string]: boolean | number | string;
            };
            /** Format: uuid */
            department_id?: string | null;
            email?: string | null;
            first_name?: string | null;
            language?: string | null;
            last_name?: string | null;
            name?: string | null;
            notes?: string | null;
            /**
             * Format: phone
             * @description As people write it; the organization's default country is assumed.
             */
            phone: string;
            postal_code?: string | null;
            state?: string | null;
            tags?: string[];
            /** Format: time-zone */
            timezone?: string | null;
        };
        /** @description A custom field to be. */
        NewCustomField: {
            choices?: string[];
            is_required?: boolean;
            /** @description True when left out. */
            is_visible?: boolean | null;
            /**
             * @description Small letters, digits and `_`.
             * @example loyalty_points
             */
            key: string;
            /** @example integer */
            kind: string;
            label: string;
            /**
             * Format: int64
             * @description 0 to 9,999; at the end when left out.
             */
            position?: number | null;
        };
        /** @description A department to be. */
        NewDepartment: {
            name: string;
        };
        /** @description Contacts by id, or by a filter. */
        NewRecipients: {
            /** @description At most 10,000. */
            contact_ids?: string[] | null;
            filter?: components["schemas"]["ContactFilter"] | null;
        };
        /** @description A filter to save. */
        NewSavedFilter: {
            filter: components["schemas"]["ContactFilter"];
            is_shared?: boolean;
            name: string;
        };
        /** @description A token to be. */
        NewToken: {
            /**
             * Format: date-time
             * @description Never, when left out.
             */
            expires_at?: string | null;
            name: string;
            /**
             * Format: uuid
             * @description Whom it acts as; oneself when left out.
             */
            user_id?: string | null;
        };
        /** @description A new token with its value, which is never shown again. */
        NewTokenView: components["schemas"]["TokenView"] & {
            token: string;
        };
        /** @description A person to be. */
        NewUser: {
            /** @description The organization's only department when left out. */
            department_ids?: string[] | null;
            email: string;
            /** @description The part before the @ when left out. */
            name?: string | null;
            /**
             * Format: password
             * @description Without one the person cannot log in.
             */
            password?: string | null;
            /** @enum {string} */
            role: "agent" | "manager" | "admin";
        };
        /** @description A number and why it is added or removed. */
        NumberAndReason: {
            /**
             * Format: phone
             * @description As people write it; the organization's default country is assumed.
             * @example +12025550143
             */
            phone: string;
            reason: string;
        };
        /** @description One time at which a campaign will run. */
        Occurrence: {
            /** Format: date-time */
            at: string;
            /**
             * @description By the clock of the schedule's zone.
             * @example 2026-12-07T09:00
             */
            local: string;
        };
        /** @description When a campaign will run. */
        Occurrences: {
            items: components["schemas"]["Occurrence"][];
        };
        /** @description The offer to press a key and not be called again. */
        OptOut: {
            /**
             * @description One of 0-9, `*` and `#`.
             * @default 9
             */
            digit: string;
            /** @default false */
            enabled: boolean;
        };
        /** @description The offer to press a key and not be called again. */
        OptOutGiven: {
            /**
             * @description One of 0-9, `*` and `#`.
             * @default 9
             */
            digit: string;
            /** @default false */
            enabled: boolean;
        };
        /**
         * @description How an attempt ended.
         * @enum {string}
         */
        Outcome: "answered" | "no_answer" | "busy" | "failed" | "voicemail" | "abandoned" | "opted_out" | "canceled" | "unknown";
        /** @description Ended attempts by outcome. */
        Outcomes: {
            /** Format: int64 */
            abandoned: number;
            /** Format: int64 */
            answered: number;
            /** Format: int64 */
            busy: number;
            /** Format: int64 */
            canceled: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            no_answer: number;
            /** Format: int64 */
            opted_out: number;
            /** Format: int64 */
            unknown: number;
            /** Format: int64 */
            voicemail: number;
        };
        /** @description One page of a list. */
        Page_AudioView: {
            items: {
                /** Format: int64 */
                bytes: number;
                /** Format: int64 */
                channels: number;
                /** Format: date-time */
                created_at: string;
                /** Format: uuid */
                department_id: string;
                /**
                 * Format: int64
                 * @description Begun seconds.
                 */
                duration_s: number;
                /** Format: uuid */
                id: string;
                /**
                 * Format: double
                 * @description The mean loudness, in decibels below full scale.
                 */
                loudness_dbfs: number;
                /** @description `audio/mpeg` or `audio/wav`. */
                media_type: string;
                name: string;
                /** Format: int64 */
                sample_rate: number;
                /** @description Where it can be played from, for some minutes. */
                url: string;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_Campaign: {
            items: {
                after_message: components["schemas"]["AfterMessage"];
                answering_machine: components["schemas"]["AnsweringMachine"];
                budget?: components["schemas"]["Budget"] | null;
                caller_ids: string[];
                calling_hours?: components["schemas"]["CallingHours"] | null;
                /** Format: date-time */
                created_at: string;
                /** Format: uuid */
                department_id: string;
                description: string;
                ended_by?: components["schemas"]["CampaignEndedBy"] | null;
                /** Format: date-time */
                finished_at?: string | null;
                /**
                 * Format: int32
                 * @description While it is a test of the first people: how many. Else it is not there.
                 */
                first?: number | null;
                /** Format: uuid */
                id: string;
                limits: components["schemas"]["Limits"];
                list_source?: components["schemas"]["ListSource"] | null;
                message?: components["schemas"]["Message"] | null;
                name: string;
                opt_out: components["schemas"]["OptOut"];
                progress?: components["schemas"]["Progress"] | null;
                purpose: components["schemas"]["Purpose"];
                recipient_hours: components["schemas"]["RecipientHours"];
                recording: components["schemas"]["Recording"];
                retry: components["schemas"]["Retry"];
                /** Format: int32 */
                ring_timeout_s: number;
                schedule: components["schemas"]["Schedule"];
                /** Format: date-time */
                started_at?: string | null;
                status: components["schemas"]["CampaignStatus"];
                /** @description Why it is paused or failed, when the system did it. */
                status_reason?: string | null;
                /**
                 * Format: uuid
                 * @description The campaign of which this is a test call. Else it is not there.
                 */
                test_of?: string | null;
                /** Format: date-time */
                useless_after?: string | null;
                /**
                 * Format: int64
                 * @description Goes up with every change; an edit names the one it saw.
                 */
                version: number;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_ContactAttempt: {
            items: (components["schemas"]["NamedAttempt"] & {
                /** Format: uuid */
                campaign_id: string;
                campaign_name: string;
            })[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_ContactView: {
            items: {
                company: string;
                /** Format: date-time */
                created_at: string;
                custom: Record<string, never>;
                /** Format: uuid */
                department_id: string;
                email: string;
                first_name: string;
                /** Format: uuid */
                id: string;
                language?: string | null;
                last_name: string;
                name: string;
                notes: string;
                /**
                 * @description E.164.
                 * @example +12025550143
                 */
                phone: string;
                postal_code?: string | null;
                state?: string | null;
                /** @description The tag `DNC` puts the number on the do-not-call list. */
                tags: string[];
                timezone?: string | null;
                /** Format: date-time */
                updated_at: string;
                /** Format: int64 */
                version: number;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_CustomField: {
            items: {
                /** @description Offered to nobody any more; its values stay. */
                archived: boolean;
                /** @description For a choice, else empty. */
                choices: string[];
                /** Format: uuid */
                id: string;
                /** @description Whoever creates a contact has to fill it, and whoever changes `custom`; imports need not. */
                is_required: boolean;
                is_visible: boolean;
                /**
                 * @description What merge fields and `custom` call it; it never changes.
                 * @example loyalty_points
                 */
                key: string;
                /**
                 * @description `short_text`, `long_text`, `integer`, `decimal`, `date`, `choice` or `checkbox`.
                 * @example integer
                 */
                kind: string;
                label: string;
                /**
                 * Format: int64
                 * @description Fields are listed by it.
                 */
                position: number;
                /** Format: int64 */
                version: number;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_DepartmentView: {
            items: {
                /** Format: date-time */
                created_at: string;
                /** Format: uuid */
                id: string;
                name: string;
                /** Format: int64 */
                version: number;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_DuplicateGroup: {
            items: {
                /** @description There are more than `size`. */
                at_least: boolean;
                /** @example email */
                by: string;
                /** @description The ten newest. */
                contacts: components["schemas"]["ContactView"][];
                /**
                 * Format: uuid
                 * @description The department they are in; null when they are alike across departments.
                 */
                department_id?: string | null;
                /** @description It was said that they are different people. */
                ignored: boolean;
                /** @description What they have in common, folded. */
                key: string;
                /** @description How many they are; they are counted up to 100. */
                size: number;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_EntryView: {
            items: {
                /** Format: date-time */
                added_at: string;
                /** @description Who added it: `user:ID`, `token:ID`, or the call that a key was pressed in. */
                added_by: string;
                /** @description Their name now, or their e-mail address; null when no person added it. */
                added_by_name?: string | null;
                /** @example +12025550143 */
                phone: string;
                reason: string;
                /** @description How it came here: `page`, `import`, `key_press`, `handset`, `tag`. */
                source: string;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_ImportView: {
            items: {
                /** Format: uuid */
                campaign_id?: string | null;
                columns: components["schemas"]["ColumnView"][];
                /** Format: date-time */
                created_at: string;
                delimiter: string;
                /** Format: uuid */
                department_id: string;
                /**
                 * Format: int64
                 * @description Rows that have a fate; the four below add up to it.
                 */
                done: number;
                /** @description For example `UTF-8` or `windows-1252`. */
                encoding: string;
                /**
                 * Format: date-time
                 * @description While it runs, when it probably ends; null as long as nothing can be said.
                 */
                estimated_end?: string | null;
                file_name: string;
                /** Format: date-time */
                finished_at?: string | null;
                /** Format: uuid */
                id: string;
                /** Format: int64 */
                imported: number;
                /** @description Why it failed, or what else there is to know. */
                note?: string | null;
                /** Format: int64 */
                rejected: number;
                /**
                 * Format: int64
                 * @description Of the imported, updated and skipped rows, those that were mended.
                 */
                repaired: number;
                /** Format: int64 */
                rows: number;
                /**
                 * Format: double
                 * @description While it runs, the mean so far; null as long as nothing can be said.
                 */
                rows_per_second?: number | null;
                /**
                 * Format: uuid
                 * @description The run whose list it is, when it was fetched anew for that.
                 */
                run_id?: string | null;
                /** @description The sheet of a workbook that was read. */
                sheet?: string | null;
                /** @description The sheets of a workbook that people see; empty for any other list. */
                sheets: string[];
                /** Format: int64 */
                skipped: number;
                /** @description `file` or `google_sheet`. */
                source: string;
                /** Format: date-time */
                started_at?: string | null;
                /** @description `uploaded`, `validated`, `running`, `done` or `failed`. */
                state: string;
                /** @description Columns by field of the contact; `custom` holds columns that are named after a custom field. */
                suggested_mapping: Record<string, never>;
                undo?: components["schemas"]["UndoView"] | null;
                /** Format: int64 */
                updated: number;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_ListChange: {
            items: {
                /** Format: uuid */
                contact_id?: string | null;
                name: string;
                /** @description The name before, of somebody who changed. */
                name_before?: string | null;
                phone: string;
                /**
                 * Format: uuid
                 * @description In this run; of somebody who left, in the one before.
                 */
                recipient_id: string;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_LogItem: {
            items: {
                /** @description Who did it. */
                actor: string;
                /** Format: date-time */
                at: string;
                id: string;
                /** @description For example `started`, `paused`, `edited`. */
                kind: string;
                message: string;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_NamedAttempt: {
            items: (components["schemas"]["Attempt"] & {
                /** @description The recipient's, as it was at enrollment. */
                name: string;
            })[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_Recipient: {
            items: {
                /** Format: int64 */
                attempts: number;
                /**
                 * Format: uuid
                 * @description Null once the contact is deleted.
                 */
                contact_id?: string | null;
                /**
                 * Format: date-time
                 * @description When the next attempt is due; null: as soon as may be, or never.
                 */
                due_at?: string | null;
                /** Format: uuid */
                id: string;
                name: string;
                outcome?: components["schemas"]["Outcome"] | null;
                phone: string;
                /** @description Why it is suppressed, or why it failed. */
                reason?: string | null;
                state: components["schemas"]["RecipientState"];
                /** @description Where they may be. */
                timezones: string[];
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_RunView: {
            items: {
                /** Format: date-time */
                finished_at?: string | null;
                /** Format: uuid */
                id: string;
                list?: components["schemas"]["RunList"] | null;
                /** Format: int64 */
                number: number;
                /**
                 * @description `manual`, or the local date and time it was due; `next` of a run that waits for its time.
                 * @example 2026-12-07T09:00
                 */
                occurrence: string;
                /** @description Why nobody of a failed one was called. */
                reason?: string | null;
                /** Format: date-time */
                started_at?: string | null;
                /**
                 * @description `prepared`, `started`, `finished`, `stopped` or `failed`
                 * @example started
                 */
                state: string;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_SavedContactFilter: {
            items: {
                filter: components["schemas"]["ContactFilter"];
                /** Format: uuid */
                id: string;
                /** @description It is one's own, and may be changed. */
                is_own: boolean;
                /** @description Colleagues of the owner's departments see it. */
                is_shared: boolean;
                /** @description Unique among those of its owner. */
                name: string;
                /** Format: int64 */
                version: number;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_SessionItem: {
            items: {
                /** Format: date-time */
                created_at: string;
                /** @description The one that asks. */
                current: boolean;
                /** Format: date-time */
                expires_at: string;
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                seen_at: string;
                user_agent: string;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_Tag: {
            items: {
                /** @description There are more than `contacts`. */
                at_least: boolean;
                /**
                 * Format: int64
                 * @description Contacts that have it; they are counted up to 10,000.
                 */
                contacts: number;
                /** @description In lower case, as tags are compared. */
                tag: string;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_TokenView: {
            items: {
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                expires_at?: string | null;
                /** @description How it begins. */
                hint: string;
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                last_used_at?: string | null;
                name: string;
                /** Format: date-time */
                revoked_at?: string | null;
                /** Format: uuid */
                user_id: string;
                /** Format: int64 */
                version: number;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_UserView: {
            items: {
                /** Format: date-time */
                created_at: string;
                department_ids: string[];
                disabled: boolean;
                email: string;
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                role: "agent" | "manager" | "admin";
                /** @description Log-ins ask for a code of an app. */
                second_factor: boolean;
                /** Format: int64 */
                version: number;
            }[];
            /** @description Hand it back as `cursor` to read on; null at the end. */
            next_cursor?: string | null;
        };
        /** @description Another password for oneself. */
        PasswordChange: {
            /** Format: password */
            current_password: string;
            /** Format: password */
            password: string;
        };
        /** @description Where the test call can be followed: `…/campaigns/{campaign_id}/recipients/{recipient_id}`. */
        PlacedTestCall: {
            /**
             * Format: uuid
             * @description A campaign that stands in no list.
             */
            campaign_id: string;
            /** Format: uuid */
            recipient_id: string;
        };
        /** @description An error: RFC 9457. */
        Problem: {
            /** @description What is possible in that state (state-conflict). */
            actions?: string[] | null;
            /** @description The newer resource (version-conflict). */
            current?: Record<string, never> | null;
            detail: string;
            /** @description What is wrong with which field (invalid). */
            errors?: components["schemas"]["ProblemField"][] | null;
            /**
             * Format: int64
             * @description How much of it is used (limit-reached).
             */
            in_use?: number | null;
            /**
             * Format: int64
             * @description The limit (limit-reached).
             */
            limit?: number | null;
            /** @description The state it is in (state-conflict). */
            state?: string | null;
            /** Format: int32 */
            status: number;
            title: string;
            /** @description `/problems/NAME` */
            type: string;
        };
        /** @description What is wrong with one field. */
        ProblemField: {
            /** @description Its path, for example `retry.max_attempts`. */
            field: string;
            message: string;
        };
        /** @description What is wrong with a row. */
        ProblemView: {
            column: string;
            problem: string;
            /**
             * Format: int64
             * @description The line of the file on which it begins, from 1.
             */
            row: number;
            value: string;
        };
        /** @description Where a run stands: `total` = remaining + dialing + retrying + completed + failed + suppressed, always. */
        Progress: {
            /** Format: date-time */
            as_of: string;
            /**
             * Format: int64
             * @description Calls sent, retries included.
             */
            attempts: number;
            /**
             * Format: int64
             * @description Recipients called at least once.
             */
            called: number;
            /**
             * Format: int64
             * @description Calls started within the last minute.
             */
            calls_per_minute: number;
            /** Format: int64 */
            completed: number;
            /** Format: int64 */
            dialing: number;
            /**
             * Format: date-time
             * @description At this pace; null when it cannot be said.
             */
            estimated_end?: string | null;
            /** Format: int64 */
            failed: number;
            /** @description Ended attempts; every outcome is there. */
            outcomes: components["schemas"]["Outcomes"];
            /**
             * Format: int64
             * @description Not yet called.
             */
            remaining: number;
            /** Format: int64 */
            retrying: number;
            /**
             * Format: double
             * @description Completed of called, 0 to 100 with one decimal; null while nobody was called.
             */
            success_rate?: number | null;
            /** Format: int64 */
            suppressed: number;
            /** Format: int64 */
            total: number;
        };
        /**
         * @description What a campaign is for.
         * @enum {string}
         */
        Purpose: "informational" | "telemarketing" | "healthcare" | "collections" | "charity" | "political" | "survey" | "emergency";
        /** @description How ready a campaign is for its launch. */
        Readiness: {
            /**
             * Format: int64
             * @description Those of them who may be called at this moment by the hours and their due times; limits, the daily cap and later
             *     entries of the do-not-call list are asked at each call. Null when more than 100,000 people who share their time
             *     zones wait for a time of their own.
             */
            callable_now: number | null;
            /**
             * Format: date-time
             * @description When the first of them may be called: now, or when the hours open. Exact: the planner's own look at every set of
             *     time zones in the list. Null when nobody waits, or no minute is allowed within eight days.
             */
            earliest_call_at: string | null;
            /** @description What that start would answer with 422, every cause. */
            errors: components["schemas"]["ReadinessFault"][];
            /** @description The fields that the message names, in the order of their first use; empty for a recording. */
            merge_fields: components["schemas"]["MergeFieldGap"][];
            /**
             * @description A start (of a paused or failed one: a resume) would be taken, as far as the campaign itself decides: that not too
             *     many run at once is asked by the start alone.
             */
            ready: boolean;
            /**
             * Format: int64
             * @description Those who wait to be called; suppressed ones aside.
             */
            recipients: number;
        };
        /** @description What is missing. */
        ReadinessFault: {
            /** @description For example `recipients`, `message`, `caller_ids`, `carrier`. */
            field: string;
            message: string;
        };
        /** @description Somebody who is called in a run. */
        Recipient: {
            /** Format: int64 */
            attempts: number;
            /**
             * Format: uuid
             * @description Null once the contact is deleted.
             */
            contact_id?: string | null;
            /**
             * Format: date-time
             * @description When the next attempt is due; null: as soon as may be, or never.
             */
            due_at?: string | null;
            /** Format: uuid */
            id: string;
            name: string;
            outcome?: components["schemas"]["Outcome"] | null;
            phone: string;
            /** @description Why it is suppressed, or why it failed. */
            reason?: string | null;
            state: components["schemas"]["RecipientState"];
            /** @description Where they may be. */
            timezones: string[];
        };
        /** @description The hours in which a recipient may be called, by their own clock. */
        RecipientHours: {
            /** @description Switched off, or set wider than the organization's, by an administrator alone. */
            enabled: boolean;
            /** @example 21:00 */
            end: string;
            /** @example 08:00 */
            start: string;
        };
        /** @description The hours in which a recipient may be called, by their own clock. */
        RecipientHoursGiven: {
            /** @description Switched off, or set wider than the organization's, by an administrator alone. */
            enabled?: boolean;
            /** @example 21:00 */
            end?: string;
            /** @example 08:00 */
            start?: string;
        };
        /**
         * @description Where a recipient stands.
         * @enum {string}
         */
        RecipientState: "pending" | "dialing" | "retrying" | "completed" | "failed" | "suppressed";
        /** @description A recipient with every attempt to reach it. */
        RecipientStory: components["schemas"]["Recipient"] & {
            /**
             * @description Why `due_at` is when it is: `retry_delay`, `not_placed`, `recipient_hours`, `calling_hours`, `daily_cap`,
             *     `number_in_use` or `test_of_first`. Null where that is.
             * @example retry_delay
             */
            due_reason?: string | null;
            /**
             * Format: date-time
             * @description To the millisecond.
             */
            enrolled_at?: string | null;
            /** @description What the message may name, as it was at enrollment. */
            fields: Record<string, never>;
            held_by?: components["schemas"]["Blocker"] | null;
            /** @description Oldest first. */
            history: components["schemas"]["Attempt"][];
            /** Format: uuid */
            run_id: string;
            /**
             * Format: date-time
             * @description When the reason came up for which it is suppressed. Null for somebody whom a person removed (the audit log tells),
             *     and for who was suppressed before it was recorded.
             */
            suppressed_at?: string | null;
            /**
             * @description What says where the person may be, each clue with the zones it gives; `timezones` are those of all of them, and
             *     every one must be inside the hours. As it was at enrollment; null for who was enrolled before it was recorded.
             */
            timezones_from?: components["schemas"]["TimezoneClue"][] | null;
        };
        /** @description Whether calls are recorded. */
        Recording: {
            /** @default false */
            enabled: boolean;
        };
        /** @description Whether calls are recorded. */
        RecordingGiven: {
            /** @default false */
            enabled: boolean;
        };
        /** @description Codes for the day the app is lost; they are in this answer and nowhere else. */
        RecoveryCodes: {
            recovery_codes: string[];
        };
        /** @description A contact that was not changed. */
        RefusedContact: {
            /** Format: uuid */
            contact_id: string;
            message: string;
        };
        /** @description A cell that is mended, or would be if somebody accepted it. */
        RepairView: {
            after: string;
            before: string;
            column: string;
            /** @description It is certain, or was accepted, and so is everything else in the row; else the row is set aside. */
            is_applied: boolean;
            /** @description Only one thing can have been meant. */
            is_certain: boolean;
            /** @description What happened, in words. */
            reason: string;
            /**
             * Format: int64
             * @description The line of the file on which its row begins, from 1.
             */
            row: number;
            /**
             * @description The kind of damage, as in `accept`: `exponent`, `plus_lost`, `zero_lost`, `apostrophe`, `several_numbers` or
             *     `shifted_columns`.
             */
            what: string;
        };
        /** @description How to go on. */
        ResumeWish: {
            /**
             * @description Call everybody, although the test of the first people is not done.
             * @default false
             */
            all: boolean | null;
        };
        /** @description Which outcomes are tried again, how often and after what delay. */
        Retry: {
            /** @description Seconds before attempt 2, 3, ...; at most four values, the last repeats. */
            delays_s: number[];
            /**
             * Format: int32
             * @description Calls in all, counting the first: 1 to 5.
             */
            max_attempts: number;
            on: components["schemas"]["RetryCondition"][];
        };
        /**
         * @description An outcome that may be tried again; `voicemail` only when answering machines are listened for.
         * @enum {string}
         */
        RetryCondition: "no_answer" | "busy" | "failed" | "voicemail";
        /** @description Which outcomes are tried again, how often and after what delay. */
        RetryGiven: {
            /** @description Seconds before attempt 2, 3, ...; at most four values, the last repeats. */
            delays_s?: number[];
            /**
             * Format: int32
             * @description Calls in all, counting the first: 1 to 5.
             */
            max_attempts?: number;
            on?: components["schemas"]["RetryCondition"][];
        };
        /** @description How the list of a run that was fetched anew differs from the one before. */
        RunList: {
            /** Format: int64 */
            added: number;
            /** Format: int64 */
            changed: number;
            /** Format: date-time */
            fetched_at: string;
            /** Format: int64 */
            gone: number;
            /** Format: uuid */
            import_id: string;
            /**
             * Format: int64
             * @description Rows that make nobody; the import has them.
             */
            rejected: number;
            /** Format: int64 */
            same: number;
        };
        /** @description One execution of a campaign. */
        RunView: {
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: uuid */
            id: string;
            list?: components["schemas"]["RunList"] | null;
            /** Format: int64 */
            number: number;
            /**
             * @description `manual`, or the local date and time it was due; `next` of a run that waits for its time.
             * @example 2026-12-07T09:00
             */
            occurrence: string;
            /** @description Why nobody of a failed one was called. */
            reason?: string | null;
            /** Format: date-time */
            started_at?: string | null;
            /**
             * @description `prepared`, `started`, `finished`, `stopped` or `failed`
             * @example started
             */
            state: string;
        };
        /** @description A saved filter. */
        SavedContactFilter: {
            filter: components["schemas"]["ContactFilter"];
            /** Format: uuid */
            id: string;
            /** @description It is one's own, and may be changed. */
            is_own: boolean;
            /** @description Colleagues of the owner's departments see it. */
            is_shared: boolean;
            /** @description Unique among those of its owner. */
            name: string;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change about a saved filter. */
        SavedFilterChange: {
            filter?: components["schemas"]["ContactFilter"] | null;
            is_shared?: boolean | null;
            name?: string | null;
            /** Format: int64 */
            version: number;
        };
        /** @description When the campaign runs: `manual`, `once` or `recurring`. */
        Schedule: {
            /** @description With `refresh_sheet`: a sheet that lost more than half of its rows is taken as it is; else its run fails. */
            accept_shrunk_list?: boolean | null;
            /**
             * @description Date and time by the clocks of the zone; of a recurring one from which the days count.
             * @example 2026-12-07T09:00
             */
            at?: string | null;
            /**
             * @description `same`: each run calls the same list. `refresh_sheet`: shortly before each run the campaign's Google Sheet
             *     (`list_source`) is fetched again.
             * @example same
             */
            contacts?: string | null;
            every?: components["schemas"]["ScheduleEvery"] | null;
            /**
             * Format: int32
             * @description How late an occurrence may begin: 0 to 86,400, default 3,600.
             */
            grace_s?: number | null;
            /**
             * @description `manual`: when somebody starts it. `once`: with `at` and `timezone`. `recurring`: with `every`, `until` and
             *     `contacts` besides.
             * @example manual
             */
            kind: string;
            /**
             * @description What becomes of an occurrence that comes while the run before it is under way: `skip` or `wait`.
             * @example skip
             */
            overlap?: string | null;
            /**
             * @description What becomes of day 29, 30 or 31 in a month that has none: `last_day` or `skip`.
             * @example last_day
             */
            short_months?: string | null;
            /**
             * Format: time-zone
             * @example America/New_York
             */
            timezone?: string | null;
            until?: components["schemas"]["ScheduleUntil"] | null;
        };
        /** @description The days of a recurring schedule. */
        ScheduleEvery: {
            /** @description 1 to 31, or `last` (month). */
            day?: number | string;
            /** @description At least one (week). */
            days?: components["schemas"]["Day"][] | null;
            /**
             * Format: int32
             * @description Every so many days, 1 to 30 (day).
             */
            interval?: number | null;
            /**
             * @description `day`, `week` or `month`
             * @example week
             */
            unit: string;
        };
        /** @description When a recurring schedule ends. */
        ScheduleUntil: {
            /**
             * Format: int32
             * @description Runs that are started, 1 to 1,000 (occurrences).
             */
            count?: number | null;
            /**
             * @description The last date, by the calendar of the zone (date).
             * @example 2027-01-31
             */
            date?: string | null;
            /**
             * @description `never`, `date` or `occurrences`
             * @example never
             */
            kind: string;
        };
        /** @description One's own second factor. */
        SecondFactor: {
            /** @description Log-ins ask for a code. */
            enabled: boolean;
            /**
             * Format: int64
             * @description Each is good for one log-in.
             */
            recovery_codes_left: number;
        };
        /** @description The present password, before anything changes. */
        SecondFactorBegin: {
            /** Format: password */
            password: string;
        };
        /** @description A code of the app that has the secret. */
        SecondFactorConfirm: {
            /** @description The six digits that the app shows now. */
            code: string;
        };
        /** @description Password and code, to do without a second factor. */
        SecondFactorOff: {
            /** @description The six digits that the app shows now, or a recovery code. */
            code: string;
            /** Format: password */
            password: string;
        };
        /** @description What goes into the app; it is in this answer and nowhere else. */
        SecondFactorSecret: {
            /** @description The same for a picture that the app reads. */
            otpauth_url: string;
            /** @description To be typed into the app. */
            secret: string;
        };
        /** @description One of one's own sessions. */
        SessionItem: {
            /** Format: date-time */
            created_at: string;
            /** @description The one that asks. */
            current: boolean;
            /** Format: date-time */
            expires_at: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            seen_at: string;
            user_agent: string;
        };
        SessionOrganization: {
            /**
             * @description The country of numbers that are written without one.
             * @example US
             */
            default_country: string;
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description The zone of schedules that name none.
             * @example America/New_York
             */
            timezone: string;
        };
        SessionUser: {
            department_ids: string[];
            email: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "agent" | "manager" | "admin";
        };
        /** @description Who is logged in, and until when. */
        SessionView: {
            /**
             * Format: date-time
             * @description The latest end; without use it ends earlier. Null for an API token.
             */
            expires_at?: string | null;
            organization: components["schemas"]["SessionOrganization"];
            server_version: string;
            /** @description No phone rings: calls go to a simulated carrier. */
            simulated_carrier: boolean;
            user: components["schemas"]["SessionUser"];
        };
        /** @description As the document shows them: the domain's types know nothing of documents. */
        Settings: {
            /**
             * @example [
             *       "US"
             *     ]
             */
            allowed_countries: string[];
            /**
             * Format: int32
             * @description Null: no cap.
             * @default 3
             */
            attempts_per_number_per_day: number | null;
            /**
             * Format: double
             * @default 1
             */
            calls_per_second: number;
            /** @example US */
            default_country: string;
            /**
             * Format: int32
             * @default 3
             */
            default_max_attempts: number;
            /**
             * Format: int32
             * @default 3600
             */
            default_retry_delay_s: number;
            /**
             * Format: int32
             * @default 100
             */
            max_concurrent_calls: number;
            /**
             * Format: int32
             * @default 10
             */
            max_concurrent_campaigns: number;
            /**
             * Format: int32
             * @description The shortest delay of a retry, by the configuration of the server; it can't be changed here.
             * @example 900
             */
            readonly min_retry_delay_s: number;
            recipient_hours: components["schemas"]["RecipientHours"];
            /**
             * Format: int32
             * @default 30
             */
            ring_timeout_s: number;
            /** @example America/New_York */
            timezone: string;
            /** Format: int64 */
            version: number;
        };
        /** @description The settings to be; what is left out stays. */
        SettingsChange: {
            /**
             * @example [
             *       "US"
             *     ]
             */
            allowed_countries?: string[] | null;
            /**
             * Format: int32
             * @description Null: no cap.
             */
            attempts_per_number_per_day?: number | null;
            /** Format: double */
            calls_per_second?: number | null;
            /**
             * Format: country
             * @example US
             */
            default_country?: string | null;
            /** Format: int32 */
            default_max_attempts?: number | null;
            /** Format: int32 */
            default_retry_delay_s?: number | null;
            /** Format: int32 */
            max_concurrent_calls?: number | null;
            /** Format: int32 */
            max_concurrent_campaigns?: number | null;
            /**
             * Format: int32
             * @description Not set here: taken, so that what was read may be sent back, when it is the value in force, and refused otherwise.
             */
            min_retry_delay_s?: number | null;
            recipient_hours?: components["schemas"]["RecipientHours"] | null;
            /** Format: int32 */
            ring_timeout_s?: number | null;
            /**
             * Format: time-zone
             * @example America/New_York
             */
            timezone?: string | null;
            /** Format: int64 */
            version: number;
        };
        /** @description An organization to be, and its administrator. */
        SetUp: {
            /** @description What the server printed when it was started; from this machine it is not needed. */
            code?: string | null;
            /**
             * Format: country
             * @example US
             */
            default_country: string;
            email: string;
            /** @description What the administrator is called. */
            name: string;
            /** @description What the organization is called. */
            organization: string;
            /** Format: password */
            password: string;
            /**
             * Format: time-zone
             * @example America/New_York
             */
            timezone: string;
        };
        /** @description Whether there is something to set up. */
        SetupView: {
            /** @description The set-up asks this browser for the code that the server printed. */
            code_needed: boolean;
            /** @description There is no organization yet. */
            needed: boolean;
        };
        /** @description A Google Sheet that anyone with the link may read. It is fetched once, now. */
        SheetList: {
            /** Format: uuid */
            department_id?: string | null;
            /**
             * @description As the browser shows it, or as "Copy link" gives it; the tab that it names is the one that is fetched.
             * @example https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0
             */
            google_sheet_url: string;
        };
        /** @description How to start. */
        StartWish: {
            /**
             * Format: int32
             * @description Call only the first so many people of the list, 1 to 1,000, with their retries, as a test: then the campaign
             *     pauses itself and says how it went.
             */
            first?: number | null;
        };
        /** @description Hours in the form of a campaign's `calling_hours`, without a zone. */
        SuggestedHours: {
            /**
             * Format: double
             * @description The average, in percent.
             */
            against: number;
            /** Format: int64 */
            answered: number;
            /** Format: int64 */
            attempts: number;
            days: string[];
            /** @example 20:00 */
            end: string;
            /**
             * Format: double
             * @description In percent.
             */
            rate: number;
            /** @example 18:00 */
            start: string;
        };
        /** @description The health of the system. */
        SystemHealth: {
            /** Format: date-time */
            as_of: string;
            figures: components["schemas"]["HealthFigure"][];
            /** @description The loops of this node. */
            loops: components["schemas"]["LoopView"][];
        };
        /** @description A tag. */
        Tag: {
            /** @description There are more than `contacts`. */
            at_least: boolean;
            /**
             * Format: int64
             * @description Contacts that have it; they are counted up to 10,000.
             */
            contacts: number;
            /** @description In lower case, as tags are compared. */
            tag: string;
        };
        /** @description A tag. */
        TagRemoval: {
            tag: string;
        };
        /** @description A tag and its new name. */
        TagRenaming: {
            from: string;
            /** @description When there is such a tag already, both become this one. */
            to: string;
        };
        /** @description What became of the contacts that had a tag. */
        TagsChanged: {
            /**
             * Format: int64
             * @description How many were changed.
             */
            contacts: number;
            /** @description There are others left: ask again. */
            more: boolean;
        };
        /** @description Whom to call. */
        TestCall: {
            /**
             * Format: phone
             * @description One's own number.
             * @example +12025550143
             */
            phone: string;
        };
        /** @description A clue to where a person may be. */
        TimezoneClue: {
            /**
             * @description `number` (its area code or country), `postal_code`, `state`, `imported` (a zone that stood in a list) or `stated`
             *     (by the person; nothing else counts beside it).
             * @example number
             */
            clue: string;
            /** @description Empty when nothing is known of it, for example of a state that does not exist. */
            timezones: string[];
        };
        /** @description What to change about a token. */
        TokenChange: {
            name?: string | null;
            /** @description True revokes it; that cannot be undone. */
            revoked?: boolean | null;
            /** Format: int64 */
            version: number;
        };
        /** @description A token, without its value. */
        TokenView: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at?: string | null;
            /** @description How it begins. */
            hint: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            last_used_at?: string | null;
            name: string;
            /** Format: date-time */
            revoked_at?: string | null;
            /** Format: uuid */
            user_id: string;
            /** Format: int64 */
            version: number;
        };
        /** @description Who would leave and who would stay. */
        UndoOutlook: {
            /** @description There are more: no further than the first 10,000 were counted. */
            at_least: boolean;
            /**
             * Format: int64
             * @description Contacts that it made and nobody uses.
             */
            contacts_leaving: number;
            /**
             * Format: int64
             * @description Contacts that it made and that were called, edited, or are used elsewhere.
             */
            contacts_staying: number;
            /**
             * Format: int64
             * @description People whom it enrolled and who were called, or are being called: they stay, with their calls.
             */
            recipients_called: number;
            /**
             * Format: int64
             * @description People whom it enrolled and nobody has called: they leave their campaign.
             */
            recipients_leaving: number;
        };
        /** @description How far an undo is. */
        UndoView: {
            /** Format: int64 */
            contacts_removed: number;
            /** Format: int64 */
            recipients_removed: number;
            /** @description `running` or `done`. */
            state: string;
        };
        /** @description What to change about a person. */
        UserChange: {
            department_ids?: string[] | null;
            disabled?: boolean | null;
            name?: string | null;
            /** Format: password */
            password?: string | null;
            /** @enum {string} */
            role?: "agent" | "manager" | "admin";
            /** @description False takes it away from somebody who lost the app; only they themselves can turn it on. */
            second_factor?: boolean | null;
            /** Format: int64 */
            version: number;
        };
        /** @description A person who logs in. */
        UserView: {
            /** Format: date-time */
            created_at: string;
            department_ids: string[];
            disabled: boolean;
            email: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "agent" | "manager" | "admin";
            /** @description Log-ins ask for a code of an app. */
            second_factor: boolean;
            /** Format: int64 */
            version: number;
        };
        /** @description All of them: the list has no further pages. */
        Voices: {
            items: components["schemas"]["VoiceView"][];
            next_cursor?: string | null;
        };
        /** @description A voice of the carrier. */
        VoiceView: {
            /** @enum {string} */
            engine: "basic" | "standard" | "neural" | "generative";
            /** @enum {string} */
            gender: "female" | "male";
            /** @description Whether its pitch can be changed. */
            has_pitch: boolean;
            /** @description Whether its speed can be changed. */
            has_rate: boolean;
            /** @description The languages it speaks, its own first. */
            languages: string[];
            /**
             * @description What a message names it by.
             * @example Polly.Joanna-Neural
             */
            name: string;
        };
    };
    responses: {
        /** @description A problem */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    session_change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            /** @description Too many wrong passwords */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    second_factor_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactor"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    second_factor_begin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondFactorBegin"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactorSecret"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description It is on already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            /** @description Too many wrong passwords */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    second_factor_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondFactorConfirm"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description Not begun, or on already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            /** @description Too many wrong codes */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    second_factor_turn_off: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondFactorOff"];
            };
        };
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description It is not on */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            /** @description Too many wrong passwords or codes */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    analytics_best_hours: {
        parameters: {
            query?: {
                /** @description Numbers of one area, as `areas` has it: a state or province as `US-CA`, or a country. */
                area?: string;
                /** @description The calls of one campaign. */
                campaign_id?: string;
                /** @description The calls of one department's campaigns. */
                department_id?: string;
                /**
                 * @description `json` (default), or `csv`: the cells as lines.
                 * @example json
                 */
                format?: string;
                /**
                 * @description The first day, by the recipients' calendars; 90 days in all when left out.
                 * @example 2026-08-25
                 */
                from?: string;
                /**
                 * @description Cells of CSV: `spreadsheet` (default) keeps any from being a formula, `raw` leaves them as they are.
                 * @example spreadsheet
                 */
                style?: string;
                /**
                 * @description The last day; today when left out.
                 * @example 2026-11-22
                 */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BestHours"];
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    audio_list: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AudioView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    audio_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["AudioForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AudioView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description Too many recordings are kept */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    audio_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AudioView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    audio_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description A campaign plays it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    caller_ids_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallerIds"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_list: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
                /** @description Part of a name. */
                q?: string;
                /**
                 * @description One status, or several separated by commas.
                 * @example active,paused,failed
                 */
                status?: string;
                /** @description What to tell of each campaign besides: its progress. */
                with?: "progress";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Campaign"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCampaign"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description It is not a draft */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_edit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignEdit"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_attempts: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
                outcome?: components["schemas"]["Outcome"];
                /** @description Part of a name or number. */
                q?: string;
                /** @description The newest run when left out. */
                run_id?: string;
            };
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_NamedAttempt"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_attempt_twiml: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                attempt_id: string;
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeardDocument"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description The campaign has no message */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_duplicate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Duplication"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_explain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_handset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandsetCall"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandsetView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            /** @description There is no message yet */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_handset_keys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
                /** @description As the server wrote it into the address */
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandsetKey"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandsetView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description Not found, or no longer good */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_log: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_LogItem"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_minutes: {
        parameters: {
            query?: {
                /** @description 1 to 180, default 60; the last one is the minute that is not yet over. */
                minutes?: number;
                /** @description The newest run when left out. */
                run_id?: string;
            };
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Minutes"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_occurrences: {
        parameters: {
            query?: {
                /** @description 1 to 200, default 10. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Occurrences"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Not in this state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_progress: {
        parameters: {
            query?: {
                run_id?: string;
            };
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Progress"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_recipients: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
                outcome?: components["schemas"]["Outcome"];
                /** @description How many rows to skip before the page begins, to jump in a long list; not beside `cursor`, `outcome` or `q`. */
                position?: number;
                /** @description Part of a name or number. */
                q?: string;
                /** @description The newest run when left out. */
                run_id?: string;
                state?: components["schemas"]["RecipientState"];
            };
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Recipient"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_add_recipients: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRecipients"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedRecipients"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description It was started already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_recipient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
                /** @description The id, as lists and creations tell it */
                recipient_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipientStory"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_remove_recipient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
                /** @description The id, as lists and creations tell it */
                recipient_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Called already, or being called */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_rehearse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Not available yet */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_results: {
        parameters: {
            query: {
                /**
                 * @description `recipients` (default): one line a recipient; `attempts`: one line an attempt.
                 * @example recipients
                 */
                detail?: string;
                /**
                 * @description `csv` or `xlsx`
                 * @example csv
                 */
                format: string;
                /** @description The newest run when left out. */
                run_id?: string;
                /**
                 * @description Cells of CSV: `spreadsheet` (default) keeps any from being a formula, `raw` leaves them as they are.
                 * @example spreadsheet
                 */
                style?: string;
            };
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResumeWish"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Not in this state, or too many campaigns run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            /** @description Every cause that keeps it from going on */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_runs: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_RunView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_list_changes: {
        parameters: {
            query: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description `added`, `changed` or `gone`. */
                kind: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
                /** @description The id, as lists and creations tell it */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ListChange"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Not in this state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Every cause that would keep it from starting, and what is wrong with the schedule */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_start: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StartWish"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Not in this state, or too many campaigns run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            /** @description Every cause that keeps it from starting */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_stop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Not in this state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_test_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestCall"];
            };
        };
        responses: {
            /** @description Begun; it goes on after this answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedTestCall"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            /** @description Every cause that keeps it from being placed now */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Five test calls within an hour */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_unschedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Not in this state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_counts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignCounts"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    carrier_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Carrier"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    carrier_replace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CarrierChange"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Carrier"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    carrier_check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CarrierCheck"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_saved_filters: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SavedContactFilter"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_save_filter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSavedFilter"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedContactFilter"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description As many are saved as one person may */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_remove_filter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_change_filter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavedFilterChange"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedContactFilter"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_list: {
        parameters: {
            query?: {
                /** @description Added at this instant or later. */
                added_from?: string;
                /** @description Added before this instant. */
                added_to?: string;
                /** @description Where an earlier page ended. */
                cursor?: string;
                department_id?: string;
                /** @description As in the contact, for example `en-US`. */
                language?: string;
                /** @description Last called at this instant or later. */
                last_called_from?: string;
                /** @description Last called before this instant. */
                last_called_to?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
                /** @description `true`: those who were never called. */
                never_called?: boolean;
                /** @description How their last call ended. */
                outcome?: components["schemas"]["Outcome"];
                /** @description Parts of a name, number, e-mail address or company. */
                q?: string;
                /** @description A tag they all have. */
                tag?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ContactView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewContact"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description A campaign that runs still has to call it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactChange"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_attempts: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ContactAttempt"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_change_many: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactActionRequest"];
            };
        };
        responses: {
            /** @description A preview, or it is done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactAction"];
                };
            };
            /** @description It goes on in the background */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactAction"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description As many changes are running as may */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_change_of_many: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactAction"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_bulk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Bulk"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_duplicates: {
        parameters: {
            query: {
                /**
                 * @description `email`: the same address in a department. `name`: the same name there, whatever its capitals, accents, signs and
                 *     order of words. `phone`: the same number in several departments, for administrators.
                 * @example email
                 */
                by: string;
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Those that were said to be different people, instead of the others. */
                ignored?: boolean;
                /** @description Groups in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_DuplicateGroup"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_ignore_duplicates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DifferentPeople"];
            };
        };
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description There is no such group (any more) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_export: {
        parameters: {
            query: {
                /** @description Added at this instant or later. */
                added_from?: string;
                /** @description Added before this instant. */
                added_to?: string;
                department_id?: string;
                /** @example csv */
                format: string;
                /** @description As in the contact, for example `en-US`. */
                language?: string;
                /** @description Last called at this instant or later. */
                last_called_from?: string;
                /** @description Last called before this instant. */
                last_called_to?: string;
                /** @description `true`: those who were never called. */
                never_called?: boolean;
                /** @description How their last call ended. */
                outcome?: components["schemas"]["Outcome"];
                /** @description Parts of a name, number, e-mail address or company. */
                q?: string;
                /**
                 * @description Cells of CSV: `spreadsheet` (default) keeps any from being a formula, `raw` leaves them as they are. Both come
                 *     back through an import as they were.
                 * @example spreadsheet
                 */
                style?: string;
                /** @description A tag they all have. */
                tag?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv": string;
                    "text/vcard": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_merge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Merge"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description The survivor was changed since, or one of them is being called */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_custom_fields: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_CustomField"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_define_field: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCustomField"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomField"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description There are as many as there may be, or an import is running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    contacts_change_field: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomFieldChange"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomField"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Changed by somebody else, or an import is running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    departments_list: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_DepartmentView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    departments_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDepartment"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    departments_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    departments_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentChange"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    do_not_call_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                /** @description Digits that the number contains, or a part of the reason. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_EntryView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    do_not_call_add: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberAndReason"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    do_not_call_export: {
        parameters: {
            query: {
                /**
                 * @description `csv` or `xlsx`
                 * @example csv
                 */
                format: string;
                /** @description Digits that the number contains, or a part of the reason. */
                q?: string;
                /**
                 * @description Cells of CSV: `spreadsheet` (default) keeps any from being a formula, `raw` leaves them as they are.
                 * @example spreadsheet
                 */
                style?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    do_not_call_remove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberAndReason"];
            };
        };
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description The number is not on the list */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    campaigns_events: {
        parameters: {
            query?: {
                /** @description The campaign to watch; when left out, all that are under way. */
                campaign_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Event"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description Not found, or not for the one who asks */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem"];
            /** @description Too many */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    system_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemHealth"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    imports_list: {
        parameters: {
            query?: {
                /** @description Those that brought people into this campaign. */
                campaign_id?: string;
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ImportView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    imports_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SheetList"];
                "multipart/form-data": components["schemas"]["ListForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description Too many lists are kept */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            /** @description No list that can be read, or no sheet that can be fetched; in words */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description As many sheets as may be fetched within an hour */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    imports_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    imports_commit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommitRequest"];
            };
        };
        responses: {
            /** @description Begun; it goes on after this answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Committed before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    imports_rejects: {
        parameters: {
            query?: {
                /**
                 * @description Cells: `spreadsheet` (default) keeps any from being a formula, `raw` leaves them as they are.
                 * @example spreadsheet
                 */
                style?: string;
            };
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Not ended yet */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    imports_outlook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoOutlook"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Not ended, or taken back before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    imports_undo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Not ended, or taken back before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    imports_validate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookRequest"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            /** @description Committed before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    session_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    session_log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogIn"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            400: components["responses"]["Problem"];
            /** @description Not right; of the type second-factor-required when only the code is missing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            /** @description Too many wrong guesses */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    session_log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    session_list: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SessionItem"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    session_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    settings_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    settings_replace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsChange"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    setup_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupView"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    setup_set_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUp"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            /** @description There is an organization already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            /** @description Too many wrong codes */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    tags_list: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
                /** @description How the tag begins. It is looked for among the next 10,000 tags of a department. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Tag"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    tags_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagRemoval"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagsChanged"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    tags_rename: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagRenaming"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagsChanged"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    tokens_list: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_TokenView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    tokens_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewTokenView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    tokens_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no more to say */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    tokens_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenChange"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    users_list: {
        parameters: {
            query?: {
                /** @description Where an earlier page ended. */
                cursor?: string;
                /** @description Items in a page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_UserView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    users_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    users_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    users_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id, as lists and creations tell it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    voices_list: {
        parameters: {
            query?: {
                /**
                 * @description Only voices that speak this language.
                 * @example en-US
                 */
                language?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voices"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    health_alive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    media_play: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As the server wrote it into the address */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/mpeg": string;
                    "audio/wav": string;
                };
            };
            /** @description A part of it */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As the asker has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["Problem"];
            /** @description No such part */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            422: components["responses"]["Problem"];
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    health_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for, or as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
}
