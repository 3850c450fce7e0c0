"""What the examples share: requests with a token, and server-sent events. Python's standard library only."""

import json
import os
import urllib.error
import urllib.request

BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8080")
TOKEN = os.environ["TOKEN"]  # an access token or a caller key
MODEL = os.environ.get("MODEL", "demo")


def open_request(method, path, body=None, headers=None):
    request = urllib.request.Request(
        BASE_URL + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": "Bearer " + TOKEN, "Content-Type": "application/json", **(headers or {})},
    )
    try:
        return urllib.request.urlopen(request, timeout=300)
    except urllib.error.HTTPError as refused:
        # {"error": {"code": …, "message": …, "request_id": …}}: the code is stable, the message says what to do.
        raise SystemExit(f"{method} {path}: {refused.status} {refused.read().decode()}") from None


def call(method, path, body=None):
    with open_request(method, path, body) as response:
        text = response.read()
        return json.loads(text) if text else None


def events(response):
    """(id, type, data) of each event as it comes."""
    event_id, kind = None, None
    for line in response:
        line = line.decode().rstrip("\n")
        if line.startswith("id: "):
            event_id = line[4:]
        elif line.startswith("event: "):
            kind = line[7:]
        elif line.startswith("data: ") and line != "data: [DONE]":
            yield event_id, kind, json.loads(line[6:])
