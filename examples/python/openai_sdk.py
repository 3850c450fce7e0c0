"""OpenAI's own client (pip install openai) with a model and with an agent.

BASE_URL=http://127.0.0.1:8080 TOKEN=sk-jv-… MODEL=agent:exact python3 examples/python/openai_sdk.py
"""

import os

from openai import OpenAI

client = OpenAI(base_url=os.environ.get("BASE_URL", "http://127.0.0.1:8080") + "/v1", api_key=os.environ["TOKEN"])
model = os.environ.get("MODEL", "demo")  # or agent:<slug>
messages = [{"role": "user", "content": "Say good day."}]

print(client.chat.completions.create(model=model, messages=messages).choices[0].message.content)

for chunk in client.chat.completions.create(model=model, messages=messages, stream=True):
    for choice in chunk.choices:
        print(choice.delta.content or "", end="", flush=True)
print()
