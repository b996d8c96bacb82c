#!/usr/bin/env bash
# Tokens that nobody has counted: at most so many, by script family; the command shows how, the test measures the error.
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

build/release/bin/unit_pricing --run_test=estimator_error >"$stage/measured"
grep -q "^estimate / count" "$stage/measured" || die "nothing was measured: $(<"$stage/measured")"
cat "$stage/measured"

printf 'Hi, мир 42' | assay estimate --explain >"$stage/text"
grep -qx 'at most 11 tokens (13 bytes)' "$stage/text" || die "it says: $(<"$stage/text")"
family() { grep -E "^$1 " "$stage/text" | tr -s ' ' | cut -d' ' -f2-5; }
equal "Latin" "$(family latin)" "2 2 1.5 1.33"
equal "Cyrillic" "$(family cyrillic)" "3 6 3 1.00"
equal "digits" "$(family digits)" "2 2 2 1.00"
grep -q 'An upper bound, not a count' "$stage/text" || die "it does not say what it is"

priced=$(assay estimate xxxxxxx --model gpt-4o --out 100 --json) # 8 x $2.50 and 100 x $10 a million
[[ $priced == '{"tokens_at_most":8,"bytes":7,"model":"openai/gpt-4o","prompt_cost_at_most":"0.000020000","call_cost_at_most":"0.001020000",'* ]] ||
  die "at a price it says: $priced"
code=0
assay estimate text --model nobody/knows-it 2>"$stage/unknown" || code=$?
equal "exit code without a price" "$code" 3
