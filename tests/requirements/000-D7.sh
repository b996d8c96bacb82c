#!/usr/bin/env bash
# Sonnet 4 costs 3 and 15 dollars a million; the price says from when it holds and where it stands.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

cost() { assay models cost claude-sonnet-4-20250514 --in "$1" --out "$2" 2>"$stage/source"; }
equal "input" "$(($(cost 100000 0 | sed 's/^0\.//;s/0*$//')))" 3
equal "both" "$(cost 100000 100000 | sed 's/0*$//')" 1.8
grep -Eq 'price of [0-9]{4}-[0-9]{2}-[0-9]{2}, source [^ ]+' "$stage/source" || die "it says: $(<"$stage/source")"
