#!/usr/bin/env bash
# A streamed answer is the same answer: in every dialect the same text, verdict, tokens and cost as the whole one.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris, on the Seine: « Fluctuat nec mergitur » 🛶", "tokens": {"input": 120, "cached": 50, "output": 30}}}'
seven_dialects
for stream in false true; do
  enqueue "$(one_case question '[{"type": "contains", "value": "Seine"}]')" "$seven_models" "p_sampling => '{\"stream\": $stream}'" >/dev/null
done
work_bare --config "$seven_settings"

equal "answers" "$(sql -c "select job_id, count(*), bool_or(streamed), bool_and(streamed) from assay.results where verdict = 'pass' group by 1 order by 1" | paste -sd, -)" \
  "1|7|f|f,2|7|t|t"
equal "models whose two answers differ" "$(sql -c "
  select count(*) from (select model from assay.results group by model
    having count(*) <> 2 or count(distinct (response, verdict, score, input, cached_read, output, usage_source, cost, served_model, failure)) <> 1) d")" 0
equal "pieces" "$(sql -c "select count(*) from assay.results where streamed and first_token_ms is not null")" 7
equal "streams that were asked for" "$(fake_calls | grep -c '"model"')" 14
