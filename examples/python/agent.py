"""Makes an agent, sends it a message and follows what it does; comes back with Last-Event-ID; uses the agent as a model.

BASE_URL=http://127.0.0.1:8080 TOKEN=sk-jv-… MODEL=demo python3 examples/python/agent.py
"""

from jarvis import MODEL, call, events, open_request


def show(kind, data):
    if kind == "text.delta":
        print(data["text"], end="", flush=True)
    elif kind == "tool.call":
        print("→", data.get("name"), data.get("arguments"))
    elif kind == "tool.result":
        print("←", data.get("content"))
    elif kind == "run.failed":
        raise SystemExit(f"the run failed: {data['code']}: {data['message']}")


agent = call(
    "POST",
    "/api/v1/agents",
    {
        "name": "Example",
        "instructions": "Be exact.",
        "model": {"model_id": MODEL},
        "tools": [{"type": "builtin", "name": "calculator"}],
    },
)
try:
    conversation = call("POST", "/api/v1/conversations", {"agent_id": agent["id"]})
    sent = call("POST", f"/api/v1/conversations/{conversation['id']}/messages", {"text": "What is 0.1 + 0.2?"})
    path = f"/api/v1/runs/{sent['run']['id']}/events"

    # A client that loses the connection goes on behind the last event that it saw; here after the first, to show it.
    with open_request("GET", path) as response:
        last, kind, data = next(events(response))
        show(kind, data)
    with open_request("GET", path, headers={"Last-Event-ID": last}) as response:
        for _, kind, data in events(response):
            show(kind, data)
    print()

    answer = call(
        "POST",
        "/v1/chat/completions",
        {"model": "agent:" + agent["slug"], "messages": [{"role": "user", "content": "What is 0.1 + 0.2?"}]},
    )
    print("as a model:", answer["choices"][0]["message"]["content"])
finally:
    call("DELETE", f"/api/v1/agents/{agent['id']}")
