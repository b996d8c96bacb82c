#!/usr/bin/env bash
# An endpoint is added without code or restart of anything else: two variables, or three lines of a file.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}}'
export ASSAY_PROVIDERS_HOUSE_BASE_URL=$FAKE_URL/v1 ASSAY_PROVIDERS_HOUSE_AUTH=none
printf 'providers:\n  corp: { vendor: mistral, base_url: "%s/v1", api_key: k }\n' "$FAKE_URL" >"$stage/assay.yaml"
for name in house corp; do
  assay providers list --config "$stage/assay.yaml" | grep -Eq "^$name .* yes +(not needed|yes) " || die "$name is not ready"
  equal "$name" "$(assay providers check "$name" --config "$stage/assay.yaml")" "$name: healthy"
done
enqueue "$(one_case "capital of France?" '[{"type": "equals", "value": "Paris"}]')" "'house/any-model', 'corp/other-model'" >/dev/null
work_bare --config "$stage/assay.yaml"
equal "verdicts" "$(sql -c "select string_agg(provider || ' ' || verdict, ',' order by provider) from assay.results")" "corp pass,house pass"
