"""Many calls at once: how long they take, what they use, and what fails.

BASE_URL=http://127.0.0.1:8080 TOKEN=sk-jv-… MODEL=demo python3 examples/python/performance.py --calls 200 --at-once 20

Every call is a streamed one. Prints percentiles of the time to the first piece of the answer and to its end, tokens, calls
and tokens a second, and errors by their code. Ends with 1 if any call failed.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import time
import urllib.error
import urllib.request

BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8080")
TOKEN = os.environ["TOKEN"]
MODEL = os.environ.get("MODEL", "demo")

Result = collections.namedtuple("Result", "first total prompt completion error")


def one_call(number):
    body = {
        "model": MODEL,
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": 200,
        "messages": [{"role": "user", "content": f"Call {number}: say good day."}],
    }
    request = urllib.request.Request(
        BASE_URL + "/v1/chat/completions",
        data=json.dumps(body).encode(),
        headers={"Authorization": "Bearer " + TOKEN, "Content-Type": "application/json"},
    )
    begun = time.perf_counter()
    first, usage, ended = None, {}, False
    try:
        with urllib.request.urlopen(request, timeout=300) as response:
            for line in response:
                if line.startswith(b"data: [DONE]"):
                    ended = True
                elif line.startswith(b"data: "):
                    chunk = json.loads(line[6:])
                    if "error" in chunk:
                        return Result(None, None, 0, 0, chunk["error"]["code"])
                    if first is None and any(choice["delta"].get("content") for choice in chunk["choices"]):
                        first = time.perf_counter() - begun
                    usage = chunk.get("usage") or usage
    except urllib.error.HTTPError as refused:
        try:
            code = json.load(refused)["error"]["code"]
        except (ValueError, KeyError):
            code = str(refused.status)
        return Result(None, None, 0, 0, code)
    except OSError as broken:
        return Result(None, None, 0, 0, type(broken).__name__)
    if not ended:
        return Result(None, None, 0, 0, "cut off")
    total = time.perf_counter() - begun
    return Result(first or total, total, usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0), None)


def percentile(values, share):
    """The smallest value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def report(results, seconds):
    good = [result for result in results if result.error is None]
    print(f"{len(results)} calls in {seconds:.2f} s, {len(results) / seconds:.1f} a second, {len(good)} answered")
    if good:
        for name, values in (("first piece", [r.first for r in good]), ("whole answer", [r.total for r in good])):
            shares = "  ".join(f"p{share} {percentile(values, share) * 1000:.0f} ms" for share in (50, 90, 95, 99, 100))
            print(f"{name + ':':14}{shares}")
    prompt, completion = sum(r.prompt for r in good), sum(r.completion for r in good)
    print(f"tokens:       {prompt} in, {completion} out, {completion / seconds:.1f} out a second")
    errors = collections.Counter(result.error for result in results if result.error)
    print("errors:      ", ", ".join(f"{count} × {code}" for code, count in errors.most_common()) or "none")
    return not errors


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--calls", type=int, default=200)
    arguments.add_argument("--at-once", type=int, default=20)
    chosen = arguments.parse_args()
    begun = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(chosen.at_once) as pool:
        results = list(pool.map(one_call, range(chosen.calls)))
    raise SystemExit(0 if report(results, time.perf_counter() - begun) else 1)


if __name__ == "__main__":
    main()
