"""Gives a server that is ready a carrier's account, a campaign and its recipient, and prints the ids of who asks.

Use: furnish.py BASE; ends with 1 when the server is not ready yet.
"""

import json
import os
import sys
import urllib.error
import urllib.request

# The simulated carrier's own account.
CARRIER = {
    "account_sid": "AC00000000000000000000000000000001",
    "auth_token": "simulated-auth-token",
    "caller_ids": ["+12025550100"],
}


def ask(method, path, body=None):
    request = urllib.request.Request(sys.argv[1] + path, method=method)
    request.add_header("Authorization", f"Bearer {os.environ['CARILLON_TOKEN']}")
    if body is not None:
        request.add_header("Content-Type", "application/json")
        request.data = json.dumps(body).encode()
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def main():
    try:
        ask("GET", "/readyz")
    except OSError:
        sys.exit(1)
    ask("PUT", "/api/v1/carrier", CARRIER)
    campaign = ask("POST", "/api/v1/campaigns", {"name": "Contract"})
    contact = ask("POST", "/api/v1/contacts", {"phone": "+12025550143", "tags": ["contract"]})
    ask("POST", f"/api/v1/campaigns/{campaign['id']}/recipients", {"contact_ids": [contact["id"]]})
    person = ask("GET", "/api/v1/session")["user"]["id"]
    token = ask("GET", "/api/v1/tokens")["items"][0]["id"]
    print(json.dumps({"person": person, "token": token, "department": campaign["department_id"]}))


main()
