#!/usr/bin/env bash
# Asks the vendors themselves, each whose key is there: its list of models, one short answer whole and one in a stream.
# Costs money, at most a cent a vendor; therefore only with ASSAY_LIVE=1. Exit 77, "skipped", when nobody was asked.
#
#   ASSAY_LIVE=1 tests/system/live_test.sh BIN      the build's bin folder
#
# A vendor's model is in LIVE_MODEL_<VENDOR>, where the one below is not to be had.
set -euo pipefail

bin=$1
vendors=(
  'openai OPENAI_API_KEY gpt-4o-mini'
  'anthropic ANTHROPIC_API_KEY claude-haiku-4-5'
  'gemini GOOGLE_API_KEY gemini-2.5-flash'
  'azure AZURE_API_KEY gpt-4o-mini'
  'ollama ASSAY_PROVIDERS_OLLAMA_BASE_URL llama3.2'
)

if [[ ${ASSAY_LIVE:-} != 1 ]]; then
  echo "skipped: no vendor is asked without ASSAY_LIVE=1"
  exit 77
fi
unset ASSAY_LIVE # no setting of the program
directory=$(mktemp -d "${TMPDIR:-/tmp}/assay-live.XXXXXX")
trap 'rm -rf "$directory"' EXIT

# suite STREAM: one test case that any model passes.
suite() {
  printf '{"name": "live", "prompt": "Answer with one word.", "defaults": {"max_tokens": 200, "stream": %s}, "cases": [{"title": "capital",
    "input": "The capital of France?", "assertions": [{"type": "contains", "value": "Paris"}]}]}' "$1"
}

# ask VENDOR MODEL: whole and in a stream; the answer passes.
ask() {
  local stream limit=(--max-cost 0.01)
  if [[ $1 == ollama ]]; then limit=(); fi # it has no price
  "$bin/assay" models list --from "$1" >"$directory/list" || { echo "$1: no list of models"; return 1; }
  for stream in false true; do
    suite $stream >"$directory/suite.json"
    if ! "$bin/assay" run "$directory/suite.json" --model "$1/$2" "${limit[@]}" --json >"$directory/out" 2>"$directory/said" ||
      ! grep -q '"verdict": *"pass"' "$directory/out"; then
      echo "$1/$2, stream $stream: $(cat "$directory/out" "$directory/said")"
      return 1
    fi
  done
  echo "$1/$2: answered whole and in a stream; $(wc -l <"$directory/list") models listed"
}

asked=0 failed=0
for line in "${vendors[@]}"; do
  read -r vendor variable model <<<"$line"
  chosen=LIVE_MODEL_${vendor^^}
  if [[ -z ${!variable:-} ]]; then
    echo "$vendor: skipped, there is no $variable"
    continue
  fi
  asked=$((asked + 1))
  ask "$vendor" "${!chosen:-$model}" || failed=$((failed + 1))
done
echo "$asked asked, $failed failed, $((${#vendors[@]} - asked)) skipped"
if ((failed)); then exit 1; fi
if ((asked == 0)); then exit 77; fi
