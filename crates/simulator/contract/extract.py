#!/usr/bin/env python3
"""Extracts what the simulated carrier speaks from Twilio's published OpenAPI document.

Use: extract.py TWILIO_API_V2010.json > twilio_voice_openapi.json

Keeps the operations listed below with their parameters, request bodies, answers and schemas; drops descriptions,
examples and vendor extensions, which no check needs.
"""
import json
import sys

ACCOUNT = "/2010-04-01/Accounts/{AccountSid}"
OPERATIONS = {
    "/2010-04-01/Accounts/{Sid}.json": ["get"],
    f"{ACCOUNT}/Balance.json": ["get"],
    f"{ACCOUNT}/Calls.json": ["get", "post"],
    f"{ACCOUNT}/Calls/{{Sid}}.json": ["get", "post", "delete"],
    f"{ACCOUNT}/Calls/{{CallSid}}/Events.json": ["get"],
    f"{ACCOUNT}/Calls/{{CallSid}}/Notifications.json": ["get"],
    f"{ACCOUNT}/Calls/{{CallSid}}/Recordings.json": ["get", "post"],
    f"{ACCOUNT}/Calls/{{CallSid}}/Recordings/{{Sid}}.json": ["get", "post", "delete"],
    f"{ACCOUNT}/IncomingPhoneNumbers.json": ["get"],
    f"{ACCOUNT}/IncomingPhoneNumbers/{{Sid}}.json": ["get"],
    f"{ACCOUNT}/OutgoingCallerIds.json": ["get"],
    f"{ACCOUNT}/OutgoingCallerIds/{{Sid}}.json": ["get"],
    f"{ACCOUNT}/Applications.json": ["get"],
    f"{ACCOUNT}/Applications/{{Sid}}.json": ["get"],
    f"{ACCOUNT}/Queues.json": ["get", "post"],
    f"{ACCOUNT}/Queues/{{Sid}}.json": ["get", "post", "delete"],
    f"{ACCOUNT}/Queues/{{QueueSid}}/Members.json": ["get"],
    f"{ACCOUNT}/Queues/{{QueueSid}}/Members/{{CallSid}}.json": ["get", "post"],
    f"{ACCOUNT}/Recordings.json": ["get"],
    f"{ACCOUNT}/Recordings/{{Sid}}.json": ["get", "delete"],
}
DROPPED = ("description", "summary", "example", "examples", "tags", "servers", "externalDocs")


def slim(node, named=False):
    """The node without prose; under `properties` the keys are names and stay whatever they are."""
    if isinstance(node, list):
        return [slim(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: slim(value, key in ("properties", "schemas"))
        for key, value in node.items()
        if named or not (key in DROPPED or key.startswith("x-"))
    }


def references(node):
    """Every schema name the node points at."""
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value.rsplit("/", 1)[1]
            else:
                yield from references(value)


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        document = json.load(source)
    paths = {
        path: {verb: slim(document["paths"][path][verb]) for verb in verbs} for path, verbs in OPERATIONS.items()
    }
    schemas, wanted = {}, list(references(paths))
    while wanted:
        name = wanted.pop()
        if name not in schemas:
            schemas[name] = slim(document["components"]["schemas"][name])
            wanted.extend(references(schemas[name]))
    extract = {
        "openapi": document["openapi"],
        "info": {"title": document["info"]["title"], "version": document["info"]["version"],
                 "license": document["info"]["license"]},
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }
    json.dump(extract, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
