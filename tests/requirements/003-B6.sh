#!/usr/bin/env bash
# Models are listed, and one is shown with all that is known of it.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

assay models list --provider openai --json >"$stage/list"
grep -q '"name":"openai/gpt-4o","provider":"openai","mode":"chat","lifecycle":"current","context":"128000"' "$stage/list" || die "gpt-4o is not listed"
shown=$(assay models show gpt-4o --json)
for part in '"provider":"openai"' '"model":"gpt-4o"' '"context_tokens":128000' '"max_output_tokens":16384' '"input":"2.5"' '"output":"10"' '"can":['; do
  [[ $shown == *"$part"* ]] || die "$part is not in $shown"
done
code=0
assay models show gpt-4oo >"$stage/out" 2>&1 || code=$?
equal "a name that nobody has" "$code" 2
grep -q "did you mean .*gpt-4o" "$stage/out" || die "no near name: $(<"$stage/out")"
