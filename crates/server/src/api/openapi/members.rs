//! The members of requests by name, with what each may be.
//!
//! `SCHEMA.MEMBER` goes before `MEMBER`; of queries, `OPERATION.NAME` goes before `?.NAME`. What depends on other things that are
//! kept (is it one of ours? does it fit the rest?) no schema can say; that is a 422 with the field's name.

use super::bounds::Bound::{self, Each, Format, Items, Keywords, Length, Number, Pattern, Word};

/// Something on one line, without control characters.
const NOT_BLANK: &str = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$";
const LINE: &[Bound] = &[Length(1, 120), Pattern(NOT_BLANK)];
const ADDRESS: &str = r"^[^\s@\x00-\x1f\x7f-\x9f]+@[^\s@.\x00-\x1f\x7f-\x9f]+(\.[^\s@.\x00-\x1f\x7f-\x9f]+)*$";
const ADDRESS_OF_CONTACT: &str = r#"^[\s\x00-\x1f\x7f-\x9f]*([^\s\x00-\x1f\x7f-\x9f@<>,;:"()\[\]\\]+@[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9][A-Za-z0-9-]*)+)?[\s\x00-\x1f\x7f-\x9f]*$"#;
const LANGUAGE: &str = r"^[\s\x00-\x1f\x7f-\x9f]*([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?[\s\x00-\x1f\x7f-\x9f]*$";
const E164: &str = r"^\+[1-9][0-9]{6,14}$";
const ID: &[Bound] = &[Length(0, 64), Pattern("^[A-Za-z0-9_-]*$")];
const SECRET: &[Bound] = &[Length(0, 256), Pattern("^[!-~]*$")];
const TIME_OF_DAY: &[Bound] = &[Pattern("^([01][0-9]|2[0-3]):[0-5][0-9]$")];
const COUNTRY: &[Bound] = &[Format("country"), Pattern("^[A-Z]{2}$")];
const NEW_PASSWORD: &[Bound] = &[Format("password"), Length(8, 1_024)];
const PASSWORD: &[Bound] = &[Format("password"), Length(0, 1_024)];
const REASON: &[Bound] = &[Length(1, 500), Pattern(NOT_BLANK)];
const NAME_OF_CONTACT: &[Bound] = &[Length(0, 200)];
const PART: &[Bound] = &[Length(0, 200)];
/// Values by the name of a custom field.
const CUSTOM: &str = r#"{"maxProperties": 100, "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,63}$"},
    "additionalProperties": {"type": ["boolean", "number", "string"], "maxLength": 5000}}"#;
/// Columns by field of the contact.
const MAPPING: &str = r#"{"required": ["phone"], "additionalProperties": false, "properties": {
    "phone": {"type": "string"}, "name": {"type": ["string", "null"]}, "first_name": {"type": ["string", "null"]},
    "last_name": {"type": ["string", "null"]}, "email": {"type": ["string", "null"]},
    "company": {"type": ["string", "null"]}, "notes": {"type": ["string", "null"]},
    "tags": {"type": ["string", "null"]}, "timezone": {"type": ["string", "null"]},
    "language": {"type": ["string", "null"]}, "postal_code": {"type": ["string", "null"]},
    "state": {"type": ["string", "null"]},
    "custom": {"type": "object", "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,63}$"},
        "additionalProperties": {"type": "string"}}}}"#;
/// Contacts by the field for which they are chosen.
const MERGE_FIELDS: &str = r#"{"maxProperties": 120, "additionalProperties": {"type": "string", "format": "uuid"},
    "propertyNames": {"pattern": "^(name|phone|email|company|timezone|language|postal_code|state|custom\\..+)$"}}"#;
/// Values by the key of a custom field.
const CUSTOM_CONDITIONS: &str = r#"{"type": "object", "maxProperties": 3,
    "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 200}}"#;
const CUSTOM_VALUE: &str = r#"{"type": ["boolean", "null", "number", "string"], "maxLength": 5000}"#;
/// Something visible; blanks in a row become one.
const LABEL: &str = r"[^\s\x00-\x1f\x7f-\x9f]";
const FIELD_KINDS: &[Bound] = &[Word(&["short_text", "long_text", "integer", "decimal", "date", "choice", "checkbox"])];
const DAMAGES: &[Bound] = &[Word(&[
    "exponent",
    "plus_lost",
    "zero_lost",
    "apostrophe",
    "several_numbers",
    "shifted_columns",
    "unclosed_quote",
])];
const DAY_OF_MONTH: &str = r#"{"type": ["integer", "string"], "minimum": 1, "maximum": 31, "pattern": "^last$"}"#;

/// Bounds by member.
pub(super) const BOUNDS: &[(&str, &[Bound])] = &[
    // Queries.
    ("?.limit", &[Number(1.0, 200.0)]),
    ("?.cursor", &[Format("cursor"), Length(0, 512)]),
    ("?.position", &[Keywords(r#"{"format": "int64", "minimum": 0, "maximum": 4294967295}"#)]),
    ("?.q", PART),
    ("?.tag", PART),
    ("?.minutes", &[Number(1.0, 180.0)]),
    ("campaigns_results.format", &[Word(&["csv", "xlsx"])]),
    ("contacts_export.format", &[Word(&["csv", "xlsx", "vcf"])]),
    ("do_not_call_list.q", &[Length(0, 40)]),
    ("?.kind", &[Word(&["added", "changed", "gone"])]),
    ("useless_after", &[Format("date-time")]),
    ("?.detail", &[Word(&["recipients", "attempts"])]),
    ("?.style", &[Word(&["spreadsheet", "raw"])]),
    ("do_not_call_export.format", &[Word(&["csv", "xlsx"])]),
    ("do_not_call_export.q", &[Length(0, 40)]),
    ("contacts_export.language", PART),
    ("contacts_list.language", PART),
    ("analytics_best_hours.area", &[Pattern("^[A-Z-]{2,8}$")]),
    ("analytics_best_hours.format", &[Word(&["json", "csv"])]),
    ("contacts_duplicates.by", &[Word(&["email", "name", "phone"])]),
    (
        "?.status",
        &[Pattern(
            "^(draft|scheduled|active|paused|completed|failed)(,(draft|scheduled|active|paused|completed|failed))*$",
        )],
    ),
    // Everywhere.
    ("name", LINE),
    ("organization", LINE),
    ("description", &[Length(0, 2_000)]),
    ("email", &[Length(3, 254), Pattern(ADDRESS)]),
    ("password", NEW_PASSWORD),
    ("current_password", PASSWORD),
    ("SecondFactorBegin.password", PASSWORD),
    ("SecondFactorOff.password", PASSWORD),
    ("LogIn.password", PASSWORD),
    ("LogIn.email", &[]),
    ("phone", &[Format("phone"), Length(1, 40)]),
    ("reason", REASON),
    ("timezone", &[Format("time-zone")]),
    ("default_country", COUNTRY),
    ("allowed_countries", &[Items(1, 250), Each(COUNTRY)]),
    ("digit", &[Pattern("^[0-9*#]$")]),
    ("first", &[Number(1.0, 1_000.0)]),
    ("department_ids", &[Items(0, 200)]),
    ("contact_ids", &[Items(0, 10_000)]),
    ("Bulk.contacts", &[Items(1, 1_000)]),
    ("google_sheet_url", &[Length(1, 2_000)]),
    ("duplicates", &[Word(&["skip", "update"])]),
    ("accept", &[Each(DAMAGES)]),
    ("accept_rows", &[Items(0, 1_000)]),
    ("mode", &[Word(&["lenient", "strict"])]),
    ("mapping", &[Keywords(MAPPING)]),
    // Contacts.
    ("NewContact.name", NAME_OF_CONTACT),
    ("NewContact.first_name", NAME_OF_CONTACT),
    ("NewContact.last_name", NAME_OF_CONTACT),
    ("NewContact.company", NAME_OF_CONTACT),
    ("NewContact.email", &[Length(0, 254), Pattern(ADDRESS_OF_CONTACT)]),
    ("ContactChange.name", NAME_OF_CONTACT),
    ("ContactChange.first_name", NAME_OF_CONTACT),
    ("ContactChange.last_name", NAME_OF_CONTACT),
    ("ContactChange.company", NAME_OF_CONTACT),
    ("ContactChange.email", &[Length(0, 254), Pattern(ADDRESS_OF_CONTACT)]),
    ("notes", &[Length(0, 10_000)]),
    ("language", &[Pattern(LANGUAGE)]),
    ("postal_code", &[Length(0, 16)]),
    ("state", &[Length(0, 64)]),
    ("tags", &[Items(0, 50), Each(&[Length(0, 50)])]),
    ("custom", &[Keywords(CUSTOM)]),
    ("TagRenaming.from", &[Length(1, 50)]),
    ("TagRenaming.to", &[Length(1, 50)]),
    ("TagRemoval.tag", &[Length(1, 50)]),
    ("DifferentPeople.by", &[Word(&["email", "name", "phone"])]),
    ("DifferentPeople.key", &[Length(0, 254)]),
    ("Merge.from", &[Items(1, 20)]),
    ("Merge.fields", &[Keywords(MERGE_FIELDS)]),
    ("ContactFilter.q", PART),
    ("ContactFilter.tag", PART),
    ("ContactFilter.language", PART),
    ("ContactFilter.custom", &[Keywords(CUSTOM_CONDITIONS)]),
    ("ContactActionRequest.contact_ids", &[Items(1, 10_000)]),
    ("ContactActionRequest.tag", &[Length(1, 50)]),
    (
        "ContactActionRequest.field",
        &[Pattern(r"^(company|notes|timezone|language|postal_code|state|custom\.[A-Za-z_][A-Za-z0-9_]{0,63})$")],
    ),
    ("ContactActionRequest.value", &[Keywords(CUSTOM_VALUE)]),
    ("NewCustomField.key", &[Pattern("^[a-z][a-z0-9_]{0,63}$")]),
    ("NewCustomField.kind", FIELD_KINDS),
    ("CustomFieldChange.kind", FIELD_KINDS),
    ("label", &[Length(1, 80), Pattern(LABEL)]),
    ("choices", &[Items(0, 100), Each(&[Length(1, 100), Pattern(LABEL)])]),
    ("position", &[Number(0.0, 9_999.0)]),
    // The carrier's account.
    ("account_sid", &[Length(1, 64), Pattern("^[A-Za-z0-9_-]*$")]),
    ("api_key_sid", ID),
    ("twiml_app_sid", ID),
    ("auth_token", SECRET),
    ("api_key_secret", SECRET),
    ("caller_ids", &[Items(0, 50), Each(&[Pattern(E164)])]),
    ("CarrierChange.caller_ids", &[Items(0, 1_000), Each(&[Format("phone"), Pattern(E164)])]),
    // Campaigns.
    ("ring_timeout_s", &[Number(5.0, 60.0)]),
    ("Message.kind", &[Word(&["tts", "audio"])]),
    ("Message.rate_percent", &[Number(50.0, 200.0)]),
    ("Message.pitch_percent", &[Number(-50.0, 50.0)]),
    ("Message.language", &[]),
    ("AfterMessage.kind", &[Word(&["hangup", "agents"])]),
    ("pacing", &[Word(&["fixed", "progressive", "predictive"])]),
    ("start", TIME_OF_DAY),
    ("end", TIME_OF_DAY),
    ("max_attempts", &[Number(1.0, 5.0)]),
    ("delays_s", &[Items(0, 4), Each(&[Number(0.0, 86_400.0)])]),
    ("Limits.max_concurrent_calls", &[Number(1.0, 10_000.0)]),
    ("Limits.calls_per_second", &[Number(0.1, 1_000.0)]),
    ("Schedule.kind", &[Word(&["manual", "once", "recurring"])]),
    ("grace_s", &[Number(0.0, 86_400.0)]),
    ("overlap", &[Word(&["skip", "wait"])]),
    ("short_months", &[Word(&["last_day", "skip"])]),
    ("unit", &[Word(&["day", "week", "month"])]),
    ("interval", &[Number(1.0, 30.0)]),
    ("day", &[Keywords(DAY_OF_MONTH)]),
    ("ScheduleUntil.kind", &[Word(&["never", "date", "occurrences"])]),
    ("ScheduleUntil.count", &[Number(1.0, 1_000.0)]),
];
