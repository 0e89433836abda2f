"""What schemathesis must know of this server and no OpenAPI document can say.

Which numbers can be called, which zones there are, what exists; and that it must not saw off the branch it sits on. A request
names what exists wherever it is meant to be right, so that doors are met with things and not with a 404 each.
"""

import functools

import schemathesis
import things
from fitting import OWN, THERE, fit_body, fit_query
from hypothesis import strategies
from schemathesis.core.parameters import ParameterLocation

schemathesis.openapi.format("phone", strategies.integers(0, 9999).map(lambda n: f"+1202555{n:04}"))
schemathesis.openapi.format("time-zone", strategies.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata"]))
schemathesis.openapi.format("country", strategies.sampled_from(["US", "CA", "DE"]))
# The shape that the server gives; that it is one of a page is seen to in fitting.py.
schemathesis.openapi.format("cursor", strategies.just("WzFd"))

# What is made anew for a request, since such a request uses it up or changes where it stands.
FRESH = {
    "audio_remove": things.audio,
    "campaigns_add_recipients": things.draft,
    "campaigns_delete": things.draft,
    "campaigns_edit": things.draft,
    "campaigns_handset_keys": lambda: things.handset(THERE["campaigns"]["id"]),
    "campaigns_pause": things.active,
    "campaigns_readiness": things.recipient,
    "campaigns_remove_recipient": things.recipient,
    "campaigns_resume": things.paused,
    "campaigns_schedule": things.to_be_scheduled,
    "campaigns_start": things.recipient,
    "campaigns_stop": things.active,
    "campaigns_unschedule": things.scheduled,
    "contacts_change": things.contact,
    "contacts_change_filter": things.saved_filter,
    "contacts_remove": things.contact,
    "contacts_remove_filter": things.saved_filter,
    "departments_change": things.department,
    "imports_commit": things.uploaded,
    "imports_undo": things.imported,
    "imports_validate": things.uploaded,
    "session_end": things.session,
    "tokens_change": things.token,
    "tokens_revoke": things.token,
    "users_change": things.user,
}


@schemathesis.hook
def filter_case(context, case):
    """Its own person is not disabled and its own token not revoked; any other is."""
    return case.method == "GET" or (case.path_parameters or {}).get("id") not in OWN.values()


def name_of(case):
    return case.operation.definition.raw["operationId"]


@functools.cache
def spare(operation):
    """For requests that are to be refused: one is enough for all of them."""
    return FRESH[operation]()


def thing_for(case, is_meant):
    """What a path names."""
    operation = name_of(case)
    if operation in FRESH:
        uses_it_up = is_meant or case.method == "DELETE"
        return FRESH[operation]() if uses_it_up else spare(operation)
    if operation == "media_play":
        return {"token": THERE["audio"]["token"]}
    kinds = [kind for kind in THERE if case.path.startswith(f"/api/v1/{kind}/{{id}}")]
    return THERE[kinds[0]] if kinds else {}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Names what exists, and fits what is meant to be right."""
    if case.meta is None:
        return
    is_meant = case.meta.generation.mode.is_positive
    of_path = case.meta.components.get(ParameterLocation.PATH)
    known = {}
    if of_path is not None and of_path.mode.is_positive:
        known = thing_for(case, is_meant)
        case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
    if is_meant and isinstance(case.query, dict):
        fit_query(case.query)
    if is_meant and isinstance(case.body, dict):
        fit_body(name_of(case), case, known)


@schemathesis.hook
def after_call(context, case, response):
    """Leaves the server as it was where the next request would meet a limit or a closed way."""
    if response.status_code == 200 and name_of(case) in ("settings_replace", "carrier_replace"):
        things.open_the_way()
    if response.status_code == 201 and name_of(case) == "contacts_save_filter":
        things.ask("DELETE", f"/api/v1/contact-filters/{response.json()['id']}")
    if response.status_code == 200 and name_of(case) == "contacts_change_filter":
        things.ask("DELETE", f"/api/v1/contact-filters/{response.json()['id']}")
