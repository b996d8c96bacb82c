#!/usr/bin/env bash
# Tools and tool choice reach every vendor in its own words, a call of theirs comes back in one shape, and is judged.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

build/release/bin/unit_providers --run_test=encode_cases/tools_wire
build/release/bin/unit_providers --run_test=decode_cases/tools_wire

open_database
open_fake '{"default": {"tool_calls": [{"name": "weather", "arguments": {"city": "Lima"}}]}}'
seven_dialects
asking='{"tools": [{"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}], "tool_choice": "weather"}'
for wanted in weather time; do
  suite=$(one_case "Weather in Lima?" "[{\"type\": \"tool-call-f1\", \"value\": [\"$wanted\"]}]")
  enqueue "${suite/\"name\"/\"dialect\": \"promptfoo\", \"name\"}" "$seven_models" "p_sampling => '$asking'" >/dev/null
done
work_bare --config "$seven_settings" --set log.level=debug

equal "verdicts" "$(sql -c "select string_agg(distinct concat_ws(' ', job_id, verdict), ',') from assay.results")" "1 pass,2 fail"
equal "calls" "$(sql -c "select count(*) from assay.results where tool_calls::json #>> '{0,function,name}' = 'weather' and (tool_calls::json #>> '{0,function,arguments}')::jsonb = '{\"city\": \"Lima\"}'")" 14
equal "dropped" "$(sql -c "select string_agg(distinct provider || ' ' || array_to_string(dropped_parameters, ' '), ',') from assay.results where dropped_parameters <> '{}'")" \
  "d-ollama tool_choice"
