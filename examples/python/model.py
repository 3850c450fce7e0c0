"""Asks a model, first for a whole answer, then for a streamed one.

BASE_URL=http://127.0.0.1:8080 TOKEN=sk-jv-… MODEL=demo python3 examples/python/model.py
"""

from jarvis import MODEL, call, events, open_request

question = {"model": MODEL, "messages": [{"role": "user", "content": "Say good day."}]}

answer = call("POST", "/v1/chat/completions", question)
print(answer["choices"][0]["message"]["content"], answer["usage"])

streamed = {**question, "stream": True, "stream_options": {"include_usage": True}}
with open_request("POST", "/v1/chat/completions", streamed) as response:
    for _, _, chunk in events(response):
        for choice in chunk["choices"]:
            print(choice["delta"].get("content") or "", end="", flush=True)
        if chunk.get("usage"):
            print("\n", chunk["usage"])
