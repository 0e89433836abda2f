"""The vendor's own Python library as a second opinion on the simulated carrier.

Carillon's client and its simulator are written by the same hands, so a mistake could be made on both sides. Here the
official SDK places, reads, lists, cancels and redirects calls at the simulator, and its validator checks the signature of
every webhook that the simulator sends. Use: check.py URL-OF-THE-SIMULATOR. Exits with 1 at the first difference.
"""

import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.twiml.voice_response import Gather, VoiceResponse

ACCOUNT_SID = "AC00000000000000000000000000000001"
AUTH_TOKEN = "simulated-auth-token"
CALLER_ID = "+12025550100"
VENDOR = "https://api.twilio.com"
EVENTS = ["initiated", "ringing", "answered", "completed"]
WAIT_S = 30.0

checked = 0


def expect(condition, promise):
    global checked
    if not condition:
        sys.exit(f"second opinion: NOT SO: {promise}")
    checked += 1


class LocalClient(TwilioHttpClient):
    """Sends requests for the vendor's host to the simulator."""

    def __init__(self, base):
        super().__init__(timeout=10)
        self.base = base

    def request(self, method, uri, *args, **kwargs):
        return super().request(method, uri.replace(VENDOR, self.base), *args, **kwargs)


class Webhooks:
    """Receives what the carrier sends and keeps it, with the validator's verdict."""

    def __init__(self):
        self.heard = []
        self.changed = threading.Condition()
        outer = self

        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                answer = outer.take(self.path, body, self.headers.get("X-Twilio-Signature", ""))
                self.send_response(200)
                self.send_header("Content-Type", "text/xml")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, path, body, signature):
        form = dict(parse_qsl(body, keep_blank_values=True))
        right = RequestValidator(AUTH_TOKEN).validate(self.url + path, form, signature)
        with self.changed:
            self.heard.append((path, form, right, signature))
            self.changed.notify_all()
        return twiml() if path.startswith("/voice") else b"<Response/>"

    def statuses(self, path):
        rows = [form for where, form, *_ in self.heard if where == path]
        return [form["CallStatus"] for form in sorted(rows, key=lambda form: int(form["SequenceNumber"]))]

    def wait_for(self, path, last):
        deadline = time.monotonic() + WAIT_S
        with self.changed:
            while last not in self.statuses(path):
                left = deadline - time.monotonic()
                expect(left > 0, f"{path} ends with {last} within {WAIT_S:.0f} s (heard {self.statuses(path)})")
                self.changed.wait(left)
        return self.statuses(path)


def twiml():
    response = VoiceResponse()
    gather = Gather(num_digits=1, timeout=1, action="/voice/pressed")
    gather.say("Hello <Zoë> & family, press 9 to be called no more.", voice="Polly.Joanna-Neural", language="en-US")
    response.append(gather)
    response.hangup()
    return str(response).encode()


def place(client, web, number, name, **more):
    query = "token=a%20b&name=caf%C3%A9"
    return client.calls.create(
        to=number,
        from_=CALLER_ID,
        url=f"{web.url}/voice/{name}?{query}",
        status_callback=f"{web.url}/status/{name}?{query}",
        status_callback_event=EVENTS,
        timeout=20,
        **more,
    )


def status_path(name):
    return f"/status/{name}?token=a%20b&name=caf%C3%A9"


def outcomes(client, web):
    """What each kind of call looks like to the vendor's library, by webhook and by look-up."""
    cases = [
        ("person", "+13125550100", ["initiated", "ringing", "in-progress", "completed"]),
        ("busy", "+13125550102", ["initiated", "busy"]),
        ("silent", "+13125550103", ["initiated", "ringing", "no-answer"]),
        ("nobody", "+13125550105", ["initiated", "failed"]),
    ]
    for name, number, statuses in cases:
        call = place(client, web, number, name)
        expect(call.sid.startswith("CA") and len(call.sid) == 34, "a call has a SID")
        expect(call.status == "queued" and call.direction == "outbound-api", "a new call is queued")
        heard = web.wait_for(status_path(name), statuses[-1])
        expect([word for word in heard if word in statuses] == statuses, f"{name}: heard {heard}, wanted {statuses}")
        fetched = client.calls(call.sid).fetch()
        expect(fetched.status == statuses[-1], f"{name}: looked up as {fetched.status}")
        expect(fetched.start_time is None or fetched.start_time.tzinfo is not None, "dates are read as instants")
        listed = client.calls.list(to=number, limit=10)
        expect(call.sid in [item.sid for item in listed], f"{name}: listed by its number")


def signatures(web):
    expect(len(web.heard) > 0, "webhooks were heard")
    for path, form, right, signature in web.heard:
        expect(right, f"the signature of {path} is right")
        longer = {**form, "CallStatus": "forged"}
        expect(not RequestValidator(AUTH_TOKEN).validate(web.url + path, longer, signature), "a changed form is refused")


def moves(client, web):
    """Cancels a call that rings and redirects one that talks."""
    ringing = place(client, web, "+13125550103", "hung-up")
    web.wait_for(status_path("hung-up"), "ringing")
    expect(client.calls(ringing.sid).update(status="canceled").sid == ringing.sid, "a ringing call can be canceled")
    web.wait_for(status_path("hung-up"), "canceled")

    talking = place(client, web, "+13125550100", "redirected")
    web.wait_for(status_path("redirected"), "in-progress")
    client.calls(talking.sid).update(url=f"{web.url}/voice/elsewhere", method="POST")
    web.wait_for(status_path("redirected"), "completed")
    expect(any(path == "/voice/elsewhere" for path, *_ in web.heard), "a talking call is sent to another document")


def refusals(client, web, base):
    """Errors arrive as the library's exceptions, with the carrier's codes."""
    refused(lambda: place(client, web, "not a number", "refused"), 400, None, "a number that is none")
    refused(lambda: client.calls("CA" + "0" * 32).fetch(), 404, 20404, "an unknown call")
    stranger = Client(ACCOUNT_SID, "wrong", http_client=LocalClient(base))
    refused(lambda: place(stranger, web, "+13125550100", "refused"), 401, 20003, "wrong credentials")


def refused(act, status, code, what):
    try:
        act()
    except TwilioRestException as error:
        expect(error.status == status, f"{what}: HTTP {status}, not {error.status}")
        expect(code is None or error.code == code, f"{what}: code {code}, not {error.code}")
    else:
        expect(False, f"{what} is refused")


def main():
    base = sys.argv[1].rstrip("/")
    client = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=LocalClient(base))
    web = Webhooks()
    outcomes(client, web)
    moves(client, web)
    refusals(client, web, base)
    signatures(web)
    print(f"second opinion: {checked} statements hold by the vendor's own library, {len(web.heard)} webhooks verified")


if __name__ == "__main__":
    main()
