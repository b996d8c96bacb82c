#!/usr/bin/env bash
# Requests and responses are logged at level debug alone, and no key is in the log: not ours, not one that is echoed.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"rules": [{"match": {"nth": [1]}, "status": 401, "error": {"code": "invalid_api_key", "message": "Incorrect API key provided: sk-canary0123456789abcdef"}}], "default": {"text": "Paris"}}'
suite=$(one_case x '[]')
settings=(--set "providers.openai.base_url=$FAKE_URL/v1" --set "providers.openai.headers.X-Tenant-Token=canary-of-a-header")
export OPENAI_API_KEY=sk-canary0123456789abcdef

enqueue "$suite" "'gpt-4o'" >/dev/null
enqueue "$suite" "'gpt-4o'" >/dev/null
work_bare "${settings[@]}" --set log.level=debug
((2 == $(grep -c 'msg=request' "$worker_log"))) || die "two requests were to be logged"
((2 == $(grep -c 'msg=response' "$worker_log"))) || die "two responses were to be logged"
grep -q 'X-Tenant-Token: (hidden)' "$worker_log" || die "a header is missing"
if grep -q canary "$worker_log"; then die "a key is in the log: $(grep -m 1 canary "$worker_log")"; fi

: >"$worker_log"
enqueue "$suite" "'gpt-4o'" >/dev/null
work_bare "${settings[@]}"
if grep -qE 'msg=(request|response)' "$worker_log"; then die "bodies are logged above level debug"; fi
