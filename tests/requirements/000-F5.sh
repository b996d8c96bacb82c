#!/usr/bin/env bash
# An error keeps the vendor's own words and status, beside our kind of it, whose fault it is, and what to do where we know.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"rules": [{"match": {"model": "gpt-4o"}, "status": 400, "error": {"code": "unsupported_value", "message": "Temperature must be 1."}}]}'
enqueue "$(one_case x '[{"type": "contains", "value": "a"}]')" "'gpt-4o', 'gtp-4o', 'claude-sonnet-4-20250514'" >/dev/null
ANTHROPIC_API_KEY='' work_bare --set providers.openai.base_url="$FAKE_URL" --set providers.openai.api_key=k \
  --set providers.anthropic.base_url="$FAKE_URL"

error_of() { sql -c "select details -> 'error' ->> '$2' from assay.results where model = '$1'"; }
equal "our kind" "$(error_of gpt-4o kind) $(error_of gpt-4o source)" "bad_request vendor"
equal "the vendor's code and words" "$(error_of gpt-4o status) $(error_of gpt-4o vendor_code): $(error_of gpt-4o detail)" \
  "400 unsupported_value: Temperature must be 1."
[[ $(error_of gtp-4o detail) == *'did you mean gpt-4o'* ]] || die "no next step for a wrong name"
[[ $(error_of claude-sonnet-4-20250514 detail) == *'set ANTHROPIC_API_KEY'* ]] || die "no next step for a missing key"
