#!/usr/bin/env bash
# The key that is given beats the environment's; a dummy is sent only where auth: none is written.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}}'
suite=$(one_case "capital of France?" '[{"type": "equals", "value": "Paris"}]')
export LITELLM_PROXY_URL=$FAKE_URL

enqueue "$suite" "'one'" >/dev/null
LITELLM_API_KEY=of-the-environment work_bare --set executor.mode=proxy --set proxy.api_key=explicit
enqueue "$suite" "'two'" >/dev/null
LITELLM_API_KEY=of-the-environment work_bare --set executor.mode=proxy
enqueue "$suite" "'three'" >/dev/null
work_bare --set executor.mode=proxy --set proxy.auth=none

equal "keys that arrived" "$(fake_field key | tr '\n' ' ')" \
  "$(fingerprint explicit) $(fingerprint of-the-environment) $(fingerprint none) "
if assay config --set executor.mode=proxy show >"$stage/out" 2>&1; then die "a proxy without a key was accepted"; fi
grep -q 'LITELLM_API_KEY' "$stage/out" || die "it does not say what to set"
