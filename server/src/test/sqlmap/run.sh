#!/usr/bin/env bash
# S12: sqlmap at level 3 on endpoints of a server whose data may be lost, its credentials' headers among them.
#   JARVIS_PASSWORD=… server/src/test/sqlmap/run.sh http://127.0.0.1:8080 admin [results directory]
# Needs sqlmap (Debian: apt-get install sqlmap), curl and jq. Ends with 0 when nothing can be injected.
set -euo pipefail

base=$1
user=$2
results=${3:-$(mktemp -d)}
mkdir -p "$results"

post() {
  curl -fsS "$base$1" -H "Authorization: Bearer ${token:-}" -H 'content-type: application/json' -d "$2"
}

token=$(post /api/v1/auth/login "{\"username\":\"$user\",\"password\":\"$JARVIS_PASSWORD\"}" | jq -r .access_token)
key=$(post /api/v1/keys '{"name":"sqlmap"}' | jq -r .key) # a token would end after 15 minutes
model=$(curl -fsS "$base/api/v1/llm-models" -H "Authorization: Bearer $key" | jq -r '.data[0].id')

failed=0
number=0
# try NAME ARGUMENT...: one endpoint. Whatever status a payload is answered with is looked at like any other.
try() {
  local name=$1
  shift
  number=$((number + 1))
  local log="$results/$number-$name.log"
  local begun=$SECONDS
  sqlmap --batch --disable-coloring --flush-session --output-dir="$results/sessions" --level 3 --risk 1 --dbms PostgreSQL \
    --threads 4 --timeout 30 --ignore-code '*' "$@" >"$log" 2>&1 || true
  local verdict
  if grep -q 'all tested parameters do not appear to be injectable' "$log"; then
    verdict=clean
  else
    verdict="LOOK AT $log"
    failed=1
  fi
  printf '%-14s %4s tests %4s s  %s\n' "$name" "$(grep -c "testing '" "$log" || true)" "$((SECONDS - begun))" "$verdict"
}

auth=(-H "Authorization: Bearer $key")
json=(-H 'content-type: application/json')

try models "${auth[@]}" -u "$base/api/v1/llm-models?provider=jarvis&type=text&status=enabled&q=demo&sort=name" -p provider,type,status,q,sort
try model "${auth[@]}" -u "$base/api/v1/llm-models/$model*"
try users "${auth[@]}" -u "$base/api/v1/users?q=a&role=admin&status=active" -p q,role,status
try teams "${auth[@]}" -u "$base/api/v1/teams?q=a&page=1" -p q,page
try usage "${auth[@]}" -u "$base/api/v1/usage?tz=UTC&group_by=user&model=demo&order=cost&limit=9" -p tz,group_by,model,order,limit
try records "${auth[@]}" -u "$base/api/v1/usage/records?model=demo&outcome=completed&request_id=x&min_cost=1&after=x" -p model,outcome,request_id,min_cost,after
try own-usage "${auth[@]}" -u "$base/api/v1/llm/usage?group_by=model&tz=UTC" -p group_by,tz
try audit-logs "${auth[@]}" -u "$base/api/v1/audit-logs?actor=admin&action=login&target=x&outcome=done" -p actor,action,target,outcome
try budgets "${auth[@]}" -u "$base/api/v1/budgets?scope=user&status=x" -p scope,status
try login "${json[@]}" -u "$base/api/v1/auth/login" --data '{"username":"nobody*","password":"not the password"}'
try chat "${auth[@]}" "${json[@]}" -u "$base/v1/chat/completions" --data '{"model":"demo*","messages":[{"role":"user","content":"x"}]}'
try authorization -H 'Authorization: Bearer sk-jv-*' -u "$base/api/v1/users"
try x-api-key -H 'x-api-key: sk-jv-*' -u "$base/v1/models"
try access-token -H 'Authorization: Bearer a.*.c' -u "$base/api/v1/llm/usage"

echo "logs: $results"
exit "$failed"
