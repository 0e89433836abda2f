"""Makes requests that are right by the document right by what is kept, too, so that they are done and not refused.

What members ask of each other is held, names are ones that nobody has yet, and ids are of things that are there.
"""

import itertools
import json
import os
import uuid

import things

# What furnish.py found: "own" are the person, token and department that ask, "there" the things that stay, by the
# part of the path before their id, "alike" the groups of contacts that may be one person.
FURNISHED = json.loads(os.environ["CONTRACT_FURNISHED"])
OWN, THERE, ALIKE = FURNISHED["own"], FURNISHED["there"], FURNISHED["alike"]

EARLY, LATE = "2020-01-01T00:00:00Z", "2099-12-31T00:00:00Z"
SCHEDULES = {
    "manual": {"kind": "manual"},
    "once": {"kind": "once", "at": "2099-12-07T09:00", "timezone": "America/New_York"},
    "recurring": {
        "kind": "recurring",
        "at": "2099-12-07T09:00",
        "timezone": "America/New_York",
        "every": {"unit": "week", "days": ["mon"]},
        "until": {"kind": "never"},
        "contacts": "same",
    },
}
MEMBERS_OF_ACTIONS = {"tag": {"tag"}, "untag": {"tag"}, "set_field": {"field", "value"}, "delete": set()}
_turns = itertools.count()


def fit_query(query):
    """No page's end that no page had, conditions that go together, and ids of things that are there."""
    query.pop("cursor", None)
    known = {
        "campaign_id": THERE["campaigns"]["id"],
        "run_id": THERE["campaigns"]["run_id"],
        "department_id": OWN["department"],
    }
    query.update({name: known[name] for name in known if query.get(name)})
    fit_conditions(query)
    if "position" in query and next(_turns) % 2:
        del query["position"]
    elif "position" in query:
        query.pop("outcome", None)
        query.pop("q", None)
    if query.get("from") and query.get("to"):
        query["to"] = query["from"]


def fit_conditions(conditions):
    """Beginnings before their ends, and nobody who was never called and was."""
    for name in ("added", "last_called"):
        if conditions.get(f"{name}_from") and conditions.get(f"{name}_to"):
            conditions[f"{name}_from"], conditions[f"{name}_to"] = EARLY, LATE
    if conditions.get("never_called"):
        for name in ("last_called_from", "last_called_to", "outcome"):
            conditions.pop(name, None)


def fit_body(operation, case, known):
    """The body of a request, with what its door asks."""
    body = replaced(case.body)
    if operation in BODIES:
        BODIES[operation](body, known)
    if "version" in body or operation == "carrier_replace":
        body["version"] = version_of(case.path, known)
    if isinstance(body.get("filter"), dict):
        fit_filter(body["filter"])
    case.body = body


def replaced(part):
    """The same with ids of things that are there."""
    if isinstance(part, list):
        return [replaced(item) for item in part]
    if not isinstance(part, dict):
        return part
    ids = {
        "department_id": OWN["department"],
        "user_id": OWN["person"],
        "audio_id": THERE["audio"]["id"],
        "recipient_id": THERE["campaigns"]["recipient_id"],
    }
    lists = {"department_ids": OWN["department"], "contact_ids": THERE["contacts"]["id"]}
    known = {name: ids[name] if value and name in ids else replaced(value) for name, value in part.items()}
    return known | {name: [lists[name]] for name in part if name in lists and part[name]}


def version_of(path, known):
    """The version of what a request changes; what was made for it has the first."""
    if path in ("/api/v1/settings", "/api/v1/carrier"):
        return things.ask("GET", path)["version"]
    if path.startswith("/api/v1/custom-fields/"):
        fields = things.ask("GET", "/api/v1/custom-fields?limit=200")["items"]
        return next(field["version"] for field in fields if field["id"] == known["id"])
    return 1


def unlike(text):
    """A name that nobody has yet, as long as it was."""
    return text[:-8] + uuid.uuid4().hex[:8]


def fit_filter(conditions):
    """Somebody is meant, or everybody."""
    fit_conditions(conditions)
    some = {name for name, value in conditions.items() if name != "all" and value not in (None, "", False, {})}
    if some:
        conditions.pop("all", None)
    else:
        conditions["all"] = True


def fit_contact(body, known):
    if body.get("phone"):
        body["phone"] = things.phone()


def fit_name(body, known):
    if body.get("name"):
        body["name"] = unlike(body["name"])


def fit_campaign(body, known):
    """No budget yet, and of a schedule what its kind has."""
    body.pop("budget", None)
    if "schedule" in body:
        body["schedule"] = SCHEDULES[body["schedule"]["kind"]]


def fit_field(body, known):
    """Choices for a choice alone. Whoever adds a contact need not fill it: they are added here, too."""
    body["is_required"] = False
    if body.get("kind") == "choice":
        body["choices"] = ["gold", "silver"]
    else:
        body.pop("choices", None)
    if "key" in body:
        body["key"] = f"a_{uuid.uuid4().hex}"


def fit_person(body, known):
    if body.get("password"):
        body["password"] = things.PASSWORD
    if body.get("email"):
        body["email"] = f"{things.word()}@example.com"
    body.pop("second_factor", None)


def fit_token(body, known):
    if body.get("expires_at"):
        body["expires_at"] = LATE


def fit_settings(body, known):
    """The shortest delay is the configuration's."""
    body.pop("min_retry_delay_s", None)
    if body.get("default_retry_delay_s") is not None:
        body["default_retry_delay_s"] = max(900, body["default_retry_delay_s"])


def fit_carrier(body, known):
    if body.get("caller_ids"):
        body["caller_ids"] = list(dict.fromkeys(body["caller_ids"]))


def fit_people(body, known):
    """Contacts or a filter; none of those that stay is removed."""
    if body.get("action") == "delete" or not isinstance(body.get("filter"), dict):
        body.pop("filter", None)
        body["contact_ids"] = [things.contact()["id"]]
    else:
        body.pop("contact_ids", None)


def fit_action(body, known):
    fit_people(body, known)
    others = {"tag", "field", "value"} - MEMBERS_OF_ACTIONS[body["action"]]
    for name in others:
        body.pop(name, None)
    if body["action"] in ("tag", "untag"):
        body["tag"] = body.get("tag") or "many"
    if body["action"] == "set_field":
        body["field"] = body.get("field") or "company"


def fit_import(body, known):
    """The columns of the list that is there."""
    columns = {field: things.COLUMNS[field] for field in body["mapping"] if field != "custom"}
    if "custom" in body["mapping"]:
        columns["custom"] = dict.fromkeys(body["mapping"]["custom"], things.COLUMNS["custom"])
    body["mapping"] = columns
    if body.get("campaign_id"):
        body["campaign_id"] = things.draft()["id"]


def fit_merge(body, known):
    """Two contacts that are there."""
    body["into"], body["from"] = things.contact()["id"], [things.contact()["id"]]
    body["fields"] = dict.fromkeys(body.get("fields", {}), body["from"][0])


def fit_form(content):
    """A file that is what the door wants; members that are null are no text of a form."""

    def fit(body, known):
        if "file" not in body:
            return
        for name in [name for name, value in body.items() if value is None or name == "sheet"]:
            del body[name]
        body["file"] = content().decode("ascii")

    return fit


def fit_listed(body, known):
    body["phone"] = things.listed()


def fit_group(body, known):
    body.update(ALIKE[body["by"]])


def fit_log_in(body, known):
    body.update({"email": "caller@example.com", "password": things.PASSWORD})
    body.pop("code", None)


def fit_own_password(body, known):
    """The password stays what it is."""
    body.update(dict.fromkeys(("current_password", "new_password", "password") & body.keys(), things.PASSWORD))


def fit_tag(body, known):
    """A tag that somebody has."""
    tag = things.word()
    things.contact(tags=[tag])
    body["from" if "from" in body else "tag"] = tag


BODIES = {
    "audio_create": fit_form(things.sound),
    "campaigns_add_recipients": fit_people,
    "campaigns_create": fit_campaign,
    "campaigns_edit": fit_campaign,
    "carrier_replace": fit_carrier,
    "contacts_change": fit_contact,
    "contacts_change_field": fit_field,
    "contacts_change_filter": fit_name,
    "contacts_change_many": fit_action,
    "contacts_create": fit_contact,
    "contacts_define_field": fit_field,
    "contacts_ignore_duplicates": fit_group,
    "contacts_merge": fit_merge,
    "contacts_save_filter": fit_name,
    "departments_change": fit_name,
    "departments_create": fit_name,
    "do_not_call_remove": fit_listed,
    "imports_commit": fit_import,
    "imports_create": fit_form(things.table),
    "imports_validate": fit_import,
    "second_factor_begin": fit_own_password,
    "session_change_password": fit_own_password,
    "session_log_in": fit_log_in,
    "settings_replace": fit_settings,
    "tags_delete": fit_tag,
    "tags_rename": fit_tag,
    "tokens_create": fit_token,
    "users_change": fit_person,
    "users_create": fit_person,
}
