#!/usr/bin/env bash
# Makes an agent, sends it a message, follows what it does as it does it, and uses it as a model. Deletes it at the end.
#   BASE_URL=http://127.0.0.1:8080 TOKEN=sk-jv-… MODEL=demo examples/curl/agent.sh
set -euo pipefail
: "${BASE_URL:=http://127.0.0.1:8080}" "${TOKEN:?an access token or a caller key}" "${MODEL:=demo}"

api() { # METHOD PATH [BODY]
    curl -sS --fail-with-body --no-buffer -X "$1" "$BASE_URL$2" -H "Authorization: Bearer $TOKEN" \
        -H 'Content-Type: application/json' ${3:+-d "$3"}
}
first() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

agent_json=$(api POST /api/v1/agents "{\"name\": \"Example\", \"instructions\": \"Be exact.\",
    \"model\": {\"model_id\": \"$MODEL\"}, \"tools\": [{\"type\": \"builtin\", \"name\": \"calculator\"}]}")
agent=$(first id <<<"$agent_json")
slug=$(first slug <<<"$agent_json")
trap 'api DELETE "/api/v1/agents/$agent"' EXIT

conversation=$(api POST /api/v1/conversations "{\"agent_id\": \"$agent\"}" | first id)
run=$(api POST "/api/v1/conversations/$conversation/messages" '{"text": "What is 0.1 + 0.2?"}' |
    grep -o '"run":{.*' | first id)

# One event a line pair. A client that was cut off asks again with the last id: -H "Last-Event-ID: 7"
api GET "/api/v1/runs/$run/events"

# The same agent for any program that speaks OpenAI's dialect.
api POST /v1/chat/completions "{\"model\": \"agent:$slug\",
    \"messages\": [{\"role\": \"user\", \"content\": \"What is 0.1 + 0.2?\"}]}"
echo
