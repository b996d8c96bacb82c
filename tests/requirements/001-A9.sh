#!/usr/bin/env bash
# A hundred names and more, with price, context and the date of their source; any other name of a provider goes through all the same.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

assay models list >"$stage/models"
(($(wc -l <"$stage/models") >= 101)) || die "fewer than a hundred: $(wc -l <"$stage/models")"
equal "lines without a source" "$(tail -n +2 "$stage/models" | grep -Evc "@20[0-9-]+|snapshot" || true)" 0
priced=$(assay models list --json | tr "}" "\n" | grep -c "\"context\":\"[0-9]*\".*\"input\":\"[0-9.]*\",\"output\":\"[0-9.]*\"")
((priced >= 100)) || die "with context and price: $priced"
assay route explain --model openai/a-model-of-tomorrow | grep -q "^rule: *provider openai/$" || die "the rest does not go through"
