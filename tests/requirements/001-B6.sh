#!/usr/bin/env bash
# The key travels in the request only: two providers with keys of their own, 10,000 calls between each other, and none has the other's.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

if grep -rnE '\b(setenv|putenv|unsetenv)\b' lib worker; then die "something writes into the process environment"; fi
open_database
open_fake '{"default": {"text": "Paris"}}'
enqueue "$(one_case x '[]')" "'tenant-a/m', 'tenant-b/m'" "p_repeats => 5000" "p_cells_per_share => 500" >/dev/null
work_bare --set providers.tenant-a.base_url="$FAKE_URL" --set providers.tenant-a.api_key=key-of-a \
  --set providers.tenant-b.base_url="$FAKE_URL" --set providers.tenant-b.api_key=key-of-b --set worker.slots=64

provider_of_call() { fake_calls | sed -n 's/.*"id":"\([^"]*\)","key":"\([^"]*\)".*/\1 \2/p'; }
provider_of_call >"$stage/calls"
equal "calls" "$(wc -l <"$stage/calls")" 10000
{
  echo "create temp table arrived (id text, key text);"
  echo "\\copy arrived from '$stage/calls' with (delimiter ' ')"
  echo "select count(*) from arrived a join assay.calls c on c.call_id = a.id
        where a.key = case c.provider when 'tenant-a' then '$(fingerprint key-of-a)' when 'tenant-b' then '$(fingerprint key-of-b)' end"
} >"$stage/check.sql"
equal "calls with the key of their provider" "$(sql -f "$stage/check.sql")" 10000
