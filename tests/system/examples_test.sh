#!/usr/bin/env bash
# Runs the programs of examples/cpp against the fake provider: each says what it must.
#
#   tests/system/examples_test.sh BIN      the build's bin folder
# shellcheck disable=SC2016 # the dollars are dollars
set -euo pipefail

bin=$1
directory=$(mktemp -d "${TMPDIR:-/tmp}/assay-examples.XXXXXX")
# shellcheck disable=SC2317 # called by the trap
leave() {
  if [[ -n ${fake:-} ]]; then kill "$fake" 2>/dev/null || true; fi
  rm -rf "$directory"
}
trap leave EXIT

# says COMMAND… -- LINE…: every line (a regular expression) stands in what it prints.
says() {
  local words=() said line
  while [[ $1 != -- ]]; do words+=("$1"); shift; done
  shift
  said=$("${words[@]}" 2>&1) || { echo "${words[*]}: ended with $?: $said"; exit 1; }
  for line in "$@"; do
    grep -qE "^$line\$" <<<"$said" || { echo "${words[*]}: no line '$line' in: $said"; exit 1; }
  done
}

echo '{"default": {"text": "Lima, the city of kings.", "tokens": {"input": 1000, "output": 100}}}' >"$directory/script.json"
mkfifo "$directory/url"
"$bin/assay" fake-provider --script "$directory/script.json" >"$directory/url" 2>"$directory/log" &
fake=$!
read -r OPENAI_BASE_URL <"$directory/url"
export OPENAI_BASE_URL OPENAI_API_KEY=sk-example-0123456789

says "$bin/example_basic" -- 'Lima, the city of kings\.' '1000 tokens in, 100 out \(provider\), cost \$0\.003500'
says "$bin/example_basic" gpt-4o-mini 'Capital of Peru?' -- '1000 tokens in, 100 out \(provider\), cost \$0\.000210'
says "$bin/example_stream" -- 'Lima, the city of kings\.' '24 bytes, cost \$0\.003500'
says "$bin/example_stream" --pull -- 'Lima, the city of kings\.' '24 bytes, cost \$0\.003500'
says "$bin/example_embed" 'a cat' 'a cat' 'a cathedral' -- '1\.0000  a cat' '-?0\.[0-9]{4}  a cathedral' '[0-9]+ tokens, cost \$0\.[0-9]{6}'

OPENAI_API_KEY='' "$bin/example_basic" >"$directory/said" 2>&1 && { echo "no key, and yet an answer"; exit 1; }
grep -q '^auth: .*OPENAI_API_KEY' "$directory/said" || { cat "$directory/said"; exit 1; }
echo "three examples say what they must"
