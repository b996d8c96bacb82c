#!/usr/bin/env bash
# No place to call is fixed: every URL in the program is the default of a setting, and takes another. The name of JSON
# Schema's draft is written as a URL; nothing is ever fetched from it.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

if grep -rnE '"https?://[a-z]' lib worker --include=*.cpp --include=*.hpp | grep -vE '//.*"https?://|such as https|looks like http|^lib/(config/(keys|provider_keys|checks)|providers/profile)\.cpp:|http://host:port|"http://json-schema.org/draft-07/schema#?"|"http://127\.0\.0\.1:"'; then
  die "a URL stands outside the settings"
fi
assay config show >"$stage/settings"
mapfile -t hosts < <(strings -n 8 "$(command -v assay)" | grep -oE 'https://(api|generativelanguage)\.[a-z0-9./]+' | sort -u)
((${#hosts[@]} >= 5)) || die "the defaults were not found in the binary"
for host in "${hosts[@]}"; do
  if [[ $host == *api.exampl* ]]; then continue; fi
  grep -qF "base_url" <(grep -F "$host" "$stage/settings") || die "$host is no setting"
done
equal "another" "$(assay config --set providers.openai.base_url=http://elsewhere.test show | sed -n 's/^providers\.openai\.base_url *= *//p')" http://elsewhere.test
