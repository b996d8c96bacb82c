#!/usr/bin/env bash
# One book for every provider: dollars where a price is known, calls counted apart where none is.
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "x", "tokens": {"input": 1000, "output": 100}}}'
enqueue "$(one_case x '[]')" "'gpt-4o', 'claude-sonnet-4-20250514', 'openai/of-no-price'" >/dev/null
work
by() { assay usage --by "$1" --json | sed -n "s/.*\"$1\": *\"\{0,1\}\([^\",]*\)\"\{0,1\}.*\"calls\": *\"\{0,1\}\([0-9]*\).*\"cost\": *\"\{0,1\}\([0-9.]*\).*\"unknown_calls\": *\"\{0,1\}\([0-9]*\).*/\1 \2 \3 \4/p" | paste -sd, -; }
equal "by provider" "$(by provider)" "anthropic 1 0.004500000 0,openai 2 0.003500000 1"
equal "by model" "$(by model)" "claude-sonnet-4-20250514 1 0.004500000 0,gpt-4o 1 0.003500000 0,of-no-price 1 0.000000000 1"
equal "by job" "$(by job)" "1 3 0.008000000 1"
equal "rated again at their own prices" "$(sql -c "select sum(difference), sum(unrated_calls) from assay.rerate()")" "0.000000000|1"
