"""What schemathesis must know of this server and no OpenAPI document can say.

Which numbers can be called, which zones there are, what exists; and that it must not saw off the branch it sits on.
"""

import json
import os

import schemathesis
from hypothesis import strategies

# "person", "token" and "department" with the ids that furnish.py found.
OWN = json.loads(os.environ["CONTRACT_OWN"])

schemathesis.openapi.format("phone", strategies.integers(0, 9999).map(lambda n: f"+1202555{n:04}"))
schemathesis.openapi.format("time-zone", strategies.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata"]))
schemathesis.openapi.format("country", strategies.sampled_from(["US", "CA", "DE"]))
# The shape that the server gives; that it is one of a page is seen to below.
schemathesis.openapi.format("cursor", strategies.just("WzFd"))


@schemathesis.hook
def filter_case(context, case):
    """Its own person is not disabled and its own token not revoked; any other is."""
    return case.method == "GET" or (case.path_parameters or {}).get("id") not in OWN.values()


@schemathesis.hook
def before_call(context, case, kwargs):
    """A request that is meant to be right names what exists, and no page's end that no page had."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if isinstance(case.query, dict):
        case.query.pop("cursor", None)
    if isinstance(case.body, dict):
        for member, known in (("department_id", "department"), ("user_id", "person")):
            if case.body.get(member):
                case.body[member] = OWN[known]
        if case.body.get("department_ids"):
            case.body["department_ids"] = [OWN["department"]]
