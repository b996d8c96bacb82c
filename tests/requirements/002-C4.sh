#!/usr/bin/env bash
# What a call of 1000 tokens in and 500 out costs with every model, the cheapest first; and the cheapest alone.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

assay models cost --in 1000 --out 500 --all >"$stage/costs"
(($(wc -l <"$stage/costs") > 80)) || die "few models: $(wc -l <"$stage/costs")"
tail -n +2 "$stage/costs" | tr -s ' ' | cut -d' ' -f2 >"$stage/amounts"
sort -c -g "$stage/amounts" || die "not sorted"
grep -Eq '^openai/gpt-4o +0\.007500000 ' "$stage/costs" || die "gpt-4o: 1000 at 2.5 and 500 at 10 dollars a million"
assay models cost --in 1000 --out 500 --cheapest >"$stage/cheapest"
equal "lines" "$(wc -l <"$stage/cheapest")" 1
equal "the cheapest" "$(<"$stage/cheapest")" "$(sed -n '2s/^\([^ ]*\) *\([^ ]*\) .*/\1 \2/p' "$stage/costs")"
