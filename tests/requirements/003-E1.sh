#!/usr/bin/env bash
# The answer's body is kept as it came where the operator wants it: large integers, spaces and repeated keys intact.
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

body='{"id":"r-1",  "model":"gpt-4o","created":9223372036854775807,"x":1,"x":2.50,"choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}'
blocks='{"id":"m-1","type":"message","role":"assistant","model":"claude-sonnet-4-20250514","content":[{"type":"text","text":"a"},{"type":"card","face":"♥"},{"type":"text","text":"b"}],"stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":1}}'
quoted() { printf '%s' "${1//\"/\\\"}"; }
open_database
open_fake "{\"rules\": [{\"match\": {\"dialect\": \"openai\"}, \"raw\": {\"body\": \"$(quoted "$body")\"}},
  {\"match\": {\"dialect\": \"anthropic\"}, \"raw\": {\"body\": \"$(quoted "$blocks")\"}}]}"
enqueue "$(one_case x '[]')" "'gpt-4o', 'claude-sonnet-4-20250514'" >/dev/null
work --set limits.stored_raw=64KiB
raw() { sql -c "select raw_answer from assay.results where job_id = $1 and model like '$2'"; }
equal "the body as kept" "$(raw 1 'gpt%')" "$body"
equal "all blocks" "$(raw 1 'claude%')" "$blocks"
equal "the text blocks" "$(sql -c "select response from assay.results where model like 'claude%'")" $'a\nb'
enqueue "$(one_case x '[]')" "'gpt-4o'" >/dev/null
work
equal "what is kept unasked" "$(raw 2 '%')" ""
