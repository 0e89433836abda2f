"""Makes what a server can have, through its own doors: for its set-up, and anew for requests that use something up.

Each maker gives the ids by which paths name what it made. Who asks is an administrator's token.
"""

import http
import io
import itertools
import json
import os
import time
import urllib.error
import urllib.request
import uuid
import wave

BASE = os.environ["CARILLON_PUBLIC_URL"]
# Who asks, and the password of everybody.
ADMINISTRATOR = os.environ["CONTRACT_ADMINISTRATOR"]
PASSWORD = os.environ["CONTRACT_PASSWORD"]
# The simulated carrier's own account.
CARRIER = {
    "account_sid": "AC00000000000000000000000000000001",
    "auth_token": "simulated-auth-token",
    "caller_ids": ["+12025550100"],
    "public_url": None,
}
# Wide enough that nothing here waits for its turn or for the hour.
LIMITS = {
    "default_country": "US",
    "max_concurrent_campaigns": 1000,
    "max_concurrent_calls": 1000,
    "calls_per_second": 1000,
    "attempts_per_number_per_day": None,
    "allowed_countries": ["US", "CA", "DE"],
}
# A column for each field of a contact, and one more.
COLUMNS = {
    "phone": "Phone",
    "name": "Name",
    "first_name": "First",
    "last_name": "Last",
    "email": "E-mail",
    "company": "Company",
    "notes": "Notes",
    "tags": "Tags",
    "timezone": "Zone",
    "language": "Language",
    "postal_code": "Postcode",
    "state": "State",
    "custom": "Plan",
}
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DONE_WITHIN_S = 180

_numbers = itertools.count(uuid.uuid4().int % 4_000_000)


def ask(method, path, body=None, content_type="application/json"):
    """What a door answers; of a refusal an error."""
    data = json.dumps(body).encode() if isinstance(body, dict) else body
    headers = {"Authorization": f"Bearer {os.environ['CARILLON_TOKEN']}"}
    if data is not None:
        headers["Content-Type"] = content_type
    request = urllib.request.Request(BASE + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        content = answer.read()
    return json.loads(content) if answer.headers.get_content_type() == "application/json" else content


def bring(path, content):
    """Brings a file in a form."""
    edge = uuid.uuid4().hex
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="contract"\r\n\r\n'
    form = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    return ask("POST", path, form, f"multipart/form-data; boundary={edge}")


def wait_for(path, is_done):
    """Reads until it is so."""
    end = time.monotonic() + DONE_WITHIN_S
    while not is_done(found := ask("GET", path)):
        if time.monotonic() > end:
            raise TimeoutError(f"{path}: {found}")
        time.sleep(0.05)
    return found


def word():
    return uuid.uuid4().hex


def phone():
    """A number that nobody has yet."""
    return f"+1303{2_000_000 + next(_numbers)}"


def open_the_way():
    """Sets what is needed for calls, whatever it was before."""
    version = ask("GET", "/api/v1/settings")["version"]
    ask("PUT", "/api/v1/settings", LIMITS | {"version": version})
    version = ask("GET", "/api/v1/carrier")["version"]
    ask("PUT", "/api/v1/carrier", CARRIER | {"version": version})


def contact(**members):
    return {"id": ask("POST", "/api/v1/contacts", {"phone": phone()} | members)["id"]}


def draft(**members):
    """A campaign with a message, in force at any hour."""
    message = {"kind": "tts", "text": "Good morning.", "voice": "Polly.Joanna-Neural", "language": "en-US"}
    known = {
        "name": word(),
        "message": message,
        "recipient_hours": {"enabled": False},
        "opt_out": {"enabled": True, "digit": "9"},
        "retry": {"max_attempts": 1},
    }
    return {"id": ask("POST", "/api/v1/campaigns", known | members)["id"]}


def recipient(**members):
    """A draft with somebody in its list."""
    campaign = draft(**members)["id"]
    ask("POST", f"/api/v1/campaigns/{campaign}/recipients", {"contact_ids": [contact()["id"]]})
    found = ask("GET", f"/api/v1/campaigns/{campaign}/recipients")["items"][0]
    return {"id": campaign, "recipient_id": found["id"]}


def to_be_scheduled():
    return recipient(schedule={"kind": "once", "at": "2099-12-07T09:00", "timezone": "America/New_York"})


def _brought_to(make, *actions):
    made = make()
    for action in actions:
        ask("POST", f"/api/v1/campaigns/{made['id']}/{action}")
    return made


def scheduled():
    return _brought_to(to_be_scheduled, "schedule")


def waiting():
    """As a draft with somebody in its list, whose hours are on another day: it does not end by itself meanwhile."""
    the_day_after_tomorrow = DAYS[(time.gmtime().tm_wday + 2) % len(DAYS)]
    hours = {"timezone": "Etc/UTC", "days": [the_day_after_tomorrow], "start": "09:00", "end": "17:00"}
    return recipient(calling_hours=hours)


def active():
    return _brought_to(waiting, "start")


def paused():
    return _brought_to(waiting, "start", "pause")


def called():
    """A campaign whose calls are over."""
    made = _brought_to(recipient, "start")
    wait_for(f"/api/v1/campaigns/{made['id']}", lambda campaign: campaign["status"] == "completed")
    run = ask("GET", f"/api/v1/campaigns/{made['id']}/runs")["items"][0]["id"]
    attempt = ask("GET", f"/api/v1/campaigns/{made['id']}/attempts")["items"][0]["id"]
    return made | {"run_id": run, "attempt_id": attempt}


def handset(campaign):
    session = ask("POST", f"/api/v1/campaigns/{campaign}/handset", {})["session"]
    return {"id": campaign, "session": session}


def table():
    """A list with a good row, and one that is rejected."""
    good = dict.fromkeys(COLUMNS, "") | {"phone": phone(), "name": "Ann Example", "tags": "contract", "custom": "gold"}
    bad = dict.fromkeys(COLUMNS, "") | {"phone": "none"}
    rows = [COLUMNS, good, bad]
    return "\r\n".join(",".join(row[field] for field in COLUMNS) for row in rows).encode()


def uploaded():
    return {"id": bring("/api/v1/imports", table())["id"]}


def imported():
    made = uploaded()
    mapping = {field: COLUMNS[field] for field in ("phone", "name", "tags")} | {"custom": {"plan": COLUMNS["custom"]}}
    ask("POST", f"/api/v1/imports/{made['id']}/validate", {"mapping": mapping})
    ask("POST", f"/api/v1/imports/{made['id']}/commit", {"mapping": mapping})
    wait_for(f"/api/v1/imports/{made['id']}", lambda one: one["state"] == "done")
    return made


def sound():
    """A tenth of a second of silence, in ASCII alone: a form's text can hold it."""
    file = io.BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(1)
        recording.setframerate(8000)
        recording.writeframes(bytes(800))
    return file.getvalue()


def audio():
    made = bring("/api/v1/audio", sound())
    return {"id": made["id"], "token": made["url"].rpartition("/")[2]}


def saved_filter():
    return {"id": ask("POST", "/api/v1/contact-filters", {"name": word(), "filter": {"tag": "contract"}})["id"]}


def change_of_many():
    wish = {"action": "tag", "tag": "many", "contact_ids": [contact()["id"]]}
    return {"id": ask("POST", "/api/v1/contacts/actions", wish)["id"]}


def custom_field():
    key = f"field_{word()}"
    return {"id": ask("POST", "/api/v1/custom-fields", {"key": key, "label": key, "kind": "short_text"})["id"]}


def department():
    return {"id": ask("POST", "/api/v1/departments", {"name": word()})["id"]}


def user(**members):
    return {"id": ask("POST", "/api/v1/users", {"email": f"{word()}@example.com", "role": "agent"} | members)["id"]}


def session():
    """A log-in of the person who asks; when there were too many of late, one that is not there."""
    try:
        ask("POST", "/api/v1/session", {"email": ADMINISTRATOR, "password": PASSWORD})
    except urllib.error.HTTPError as error:
        if error.code != http.HTTPStatus.TOO_MANY_REQUESTS:
            raise
        return {"id": str(uuid.uuid4())}
    return {"id": ask("GET", "/api/v1/sessions")["items"][0]["id"]}


def token():
    return {"id": ask("POST", "/api/v1/tokens", {"name": word()})["id"]}


def listed():
    """A number on the do-not-call list."""
    number = phone()
    ask("POST", "/api/v1/do-not-call", {"phone": number, "reason": "asked for it"})
    return number
