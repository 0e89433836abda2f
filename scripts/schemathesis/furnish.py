"""Waits until the server is ready, gives it one of everything, and prints what it has: ids by kind, for hooks.py."""

import json
import time

import things

READY_WITHIN_S = 30


def wait_until_ready():
    end = time.monotonic() + READY_WITHIN_S
    while True:
        try:
            return things.ask("GET", "/readyz")
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def alike():
    """Contacts that may be one person, by each likeness: what a group of them is called."""
    other = things.department()["id"]
    number = things.phone()
    for department in ({}, {"department_id": other}):
        things.contact(phone=number, **department)
    for _ in range(2):
        things.contact(name="Zoe Alike", email="zoe@example.com")
    found = {}
    for by in ("email", "name", "phone"):
        group = things.ask("GET", f"/api/v1/contacts/duplicates?by={by}")["items"][0]
        found[by] = {"by": by, "key": group["key"], "department_id": group["department_id"]}
    return found


def main():
    wait_until_ready()
    things.open_the_way()
    person = things.ask("GET", "/api/v1/session")["user"]
    own = {
        "person": person["id"],
        "token": things.ask("GET", "/api/v1/tokens")["items"][0]["id"],
        "department": person["department_ids"][0],
    }
    called = things.called()
    things.user(email="caller@example.com", password=things.PASSWORD)
    there = {
        "campaigns": called,
        "contacts": {"id": things.ask("GET", f"/api/v1/campaigns/{called['id']}/recipients")["items"][0]["contact_id"]},
        "contacts/actions": things.change_of_many(),
        "contact-filters": things.saved_filter(),
        "custom-fields": things.custom_field(),
        "departments": {"id": own["department"]},
        "imports": things.imported(),
        "audio": things.audio(),
        "users": things.user(),
        "tokens": things.token(),
    }
    print(json.dumps({"own": own, "there": there, "alike": alike()}))


main()
