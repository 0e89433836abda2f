"""The official Python client reads and changes every resource of a simulated carrier.

Beside `check.py`, which follows calls from end to end, this one goes for breadth: pages and filters, queues, recordings,
notifications, events, the account, and the errors of the carrier's test numbers. Use: client_against_simulator.py URL,
with a simulator started by `cargo run -p carillon-simulator --example serve -- --cps 0 --speed 20 --all-human`.
Prints "N passed, M failed" and exits 1 on a mismatch.
"""

import sys
import time

from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

ACCOUNT_SID = "AC00000000000000000000000000000001"
AUTH_TOKEN = "simulated-auth-token"
FROM = "+15005550006"
HOLD = '<Response><Say>Please hold</Say><Enqueue waitUrl="">second opinion</Enqueue></Response>'
WAIT_S = 20.0

results = {True: 0, False: 0}


class ToSimulator(TwilioHttpClient):
    """Sends what is meant for the vendor's host to the simulator."""

    def __init__(self, base):
        super().__init__(timeout=10)
        self.base = base

    def request(self, method, url, *args, **kwargs):
        return super().request(method, url.replace("https://api.twilio.com", self.base), *args, **kwargs)


def check(promise, holds):
    results[bool(holds)] += 1
    if not holds:
        print(f"FAILED: {promise}")


def eventually(promise, holds):
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline and not holds():
        time.sleep(0.05)
    check(promise, holds())


def refused(promise, code, act):
    try:
        act()
        check(promise, False)
    except TwilioRestException as error:
        check(f"{promise}: {error.code} should be {code}", error.code == code)


def lists(client):
    numbers = [f"+1312555{number:04}" for number in range(1000, 1007)]
    sids = [client.calls.create(to=to, from_=FROM, twiml="<Response/>").sid for to in numbers]
    listed = [call.sid for call in client.calls.list(page_size=3, limit=7)]
    check("pages follow each other, newest first", listed == sids[::-1])
    check("a call is found by its number", [call.sid for call in client.calls.list(to=numbers[2])] == [sids[2]])
    eventually("all are completed", lambda: len(client.calls.list(status="completed", from_=FROM)) == len(sids))
    call = client.calls(sids[0]).fetch()
    check("a finished call has its times", call.start_time <= call.end_time and call.duration is not None)
    check("a call is found by its day", call.sid in [c.sid for c in client.calls.list(start_time=call.start_time.date())])
    check("its events are readable", client.calls(sids[0]).events.list() is not None)
    check("a finished call is deleted", client.calls(sids[6]).delete())
    refused("a deleted call is gone", 20404, lambda: client.calls(sids[6]).fetch())


def queues(client):
    call = client.calls.create(to="+13125552000", from_=FROM, twiml=HOLD)
    eventually("the callee waits in a queue", lambda: any(q.current_size == 1 for q in client.queues.list()))
    queue = client.queues.list()[0]
    check("the queue has its name", queue.friendly_name == "second opinion")
    member = client.queues(queue.sid).members("Front").fetch()
    check("the callee is at its front", member.call_sid == call.sid and member.position == 1)
    refused("a queue with callees stays", 22001, lambda: client.queues(queue.sid).delete())
    client.calls(call.sid).update(status="completed")
    eventually("the queue empties", lambda: client.queues(queue.sid).fetch().current_size == 0)
    check("an empty queue goes", client.queues(queue.sid).delete())
    check("a queue is made", client.queues.create(friendly_name="made", max_size=5).max_size == 5)


def recordings(client):
    talk = "<Response><Pause length=\"10\"/></Response>"
    call = client.calls.create(to="+13125553000", from_=FROM, twiml=talk, record=True)
    eventually("a recording is completed", lambda: [r for r in call.recordings.list() if r.status == "completed"])
    recording = client.recordings.list(call_sid=call.sid)[0]
    check("it knows its call and length", recording.call_sid == call.sid and int(recording.duration) in range(10, 14))
    check("it is deleted", client.recordings(recording.sid).delete())


def account(client):
    check("the account is active", client.api.v2010.accounts(ACCOUNT_SID).fetch().status == "active")
    check("the balance is money", float(client.api.v2010.account.balance.fetch().balance) > 0)
    number = client.incoming_phone_numbers.list(phone_number=FROM)[0]
    check("an own number can speak", number.capabilities["voice"] is True)
    check("caller ids are readable", client.outgoing_caller_ids.list() == [])
    check("applications are readable", client.applications.list() == [])


def errors(client):
    for last, code in [("1", 21217), ("2", 21214), ("3", 21215), ("4", 21216)]:
        to = f"+1500555000{last}"
        refused(f"{to} is refused", code, lambda to=to: client.calls.create(to=to, from_=FROM, twiml="<Response/>"))
    refused("a strange caller id is refused", 21210,
            lambda: client.calls.create(to="+13125550777", from_="+13125550778", twiml="<Response/>"))
    call = client.calls.create(to="+13125550103", from_=FROM, url="http://127.0.0.1:9/")
    refused("a call that rings takes no document", 21220, lambda: client.calls(call.sid).update(twiml="<Response/>"))
    check("a ringing call is canceled", client.calls(call.sid).update(status="canceled").status == "canceled")
    call = client.calls.create(to="+13125550777", from_=FROM, twiml="<Response>", status_callback="http://127.0.0.1:9/",
                               status_callback_event=["busy"])
    eventually("mistakes are noted", lambda: {n.error_code for n in client.calls(call.sid).notifications.list()}
               == {"21626", "12100"})


def main():
    client = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=ToSimulator(sys.argv[1].rstrip("/")))
    for part in (lists, queues, recordings, account, errors):
        part(client)
    print(f"{results[True]} passed, {results[False]} failed")
    sys.exit(1 if results[False] or not results[True] else 0)


if __name__ == "__main__":
    main()
