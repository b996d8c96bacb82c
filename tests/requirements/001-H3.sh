#!/usr/bin/env bash
# Every vendor of the documents, and how it is reached: in its own format, as a compatible one, or through the proxy.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

assay providers list --how >"$stage/providers"
how() { equal "$1" "$(grep -E "^$1 " "$stage/providers" | tr -s ' ' | cut -d' ' -f3)" "$2"; }
for vendor in openai anthropic gemini azure ollama bedrock; do how "$vendor" native; done
for vendor in huggingface openrouter groq together mistral deepseek xai; do how "$vendor" compatible; done
how replicate via-proxy
OPENAI_API_KEY=sk-canary assay providers list --how --json >"$stage/json"
grep -q '"name":"openai",[^}]*"ready":"yes","key":"yes"' "$stage/json" || die "a key that is there is not told"
if grep -q canary "$stage/json"; then die "the key itself is shown"; fi
