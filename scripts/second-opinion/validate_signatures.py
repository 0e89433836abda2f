"""The official validator judges the signature of every kind of webhook that a simulated carrier sends.

A tiny server receives them: status, documents by POST and GET, keys, queue music, detection, recordings, with queries,
fragments, empty and non-ASCII values. Use: validate_signatures.py URL, with a simulator started by
`cargo run -p carillon-simulator --example serve -- --cps 0 --speed 20`. Prints "N passed, M failed" and exits 1 on a
mismatch.
"""

import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import requests
from requests.auth import HTTPBasicAuth
from twilio.request_validator import RequestValidator

ACCOUNT_SID = "AC00000000000000000000000000000001"
AUTH_TOKEN = "simulated-auth-token"
VALIDATOR = RequestValidator(AUTH_TOKEN)
QUERY = "token=a%20b&name=caf%C3%A9&empty="
EXPECTED = ["/status", "/voice", "/pressed", "/wait", "/left", "/amd", "/recording"]
DOCUMENTS = {
    "/voice": '<Response><Gather numDigits="1" method="GET" action="/pressed?{q}"><Say>Press a key, please, now</Say>'
              "</Gather></Response>",
    "/pressed": '<Response><Enqueue waitUrl="/wait?{q}" action="/left?{q}">Zoë &amp; friends</Enqueue></Response>',
    "/wait": "<Response><Say>Please hold</Say><Leave/></Response>",
    "/left": "<Response><Hangup/></Response>",
}
WAIT_S = 20.0

lock = threading.Lock()
right, wrong = Counter(), []


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def judge(self, form):
        url = f"http://{self.headers['Host']}{self.path}"
        signature = self.headers.get("X-Twilio-Signature", "")
        holds = VALIDATOR.validate(url, form, signature)
        forged = VALIDATOR.validate(url + "x", form, signature)
        token = self.headers.get("I-Twilio-Idempotency-Token")
        path = self.path.split("?")[0]
        with lock:
            if holds and not forged and token and "#" not in self.path:
                right[path] += 1
            else:
                wrong.append(f"{self.command} {self.path}")
        body = DOCUMENTS.get(path, "<Response/>").replace("{q}", QUERY.replace("&", "&amp;")).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.judge(dict(parse_qsl(body, keep_blank_values=True)))

    def do_GET(self):
        self.judge({})

    def log_message(self, *_):
        pass


def place(base, hooks):
    params = [
        # Ends in 6: answers after 5 s and presses 9 three seconds later.
        ("To", "+13125550106"),
        ("From", "+12025550100"),
        ("Url", f"{hooks}/voice?{QUERY}#rc=2&rp=all"),
        ("StatusCallback", f"{hooks}/status?{QUERY}#rc=3"),
        ("MachineDetection", "Enable"),
        ("AsyncAmd", "true"),
        ("AsyncAmdStatusCallback", f"{hooks}/amd?{QUERY}"),
        ("Record", "true"),
        ("RecordingStatusCallback", f"{hooks}/recording?{QUERY}"),
    ]
    params += [("StatusCallbackEvent", event) for event in ("initiated", "ringing", "answered", "completed")]
    url = f"{base}/2010-04-01/Accounts/{ACCOUNT_SID}/Calls.json"
    requests.post(url, data=params, auth=HTTPBasicAuth(ACCOUNT_SID, AUTH_TOKEN), timeout=10).raise_for_status()


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    place(sys.argv[1].rstrip("/"), f"http://127.0.0.1:{server.server_port}")
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        with lock:
            if all(right[path] for path in EXPECTED) and right["/status"] == 4:
                break
        time.sleep(0.05)
    with lock:
        wrong.extend(f"nothing right came to {path}" for path in EXPECTED if not right[path])
        for line in wrong:
            print(f"FAILED: {line}")
        print(f"{sum(right.values())} passed, {len(wrong)} failed")
        sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
