#!/usr/bin/env bash
# Asks a model, first for a whole answer, then for a streamed one.
#   BASE_URL=http://127.0.0.1:8080 TOKEN=sk-jv-… MODEL=demo examples/curl/model.sh
set -euo pipefail
: "${BASE_URL:=http://127.0.0.1:8080}" "${TOKEN:?an access token or a caller key}" "${MODEL:=demo}"

ask() {
    curl -sS --fail-with-body --no-buffer "$BASE_URL/v1/chat/completions" \
        -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
        -d "{\"model\": \"$MODEL\", \"stream\": $1, \"messages\": [{\"role\": \"user\", \"content\": \"Say good day.\"}]}"
}

ask false
echo
ask true
