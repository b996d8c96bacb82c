#!/usr/bin/env bash
# scripts/docs on a document of our own: it must notice a command that fails, output that differs, and what comes after.
set -euo pipefail
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
good=0 bad=0

# expect WANTED_LAST_LINE NAME, with the document on standard input
expect() {
  local found
  cat >"$scratch/$2.md"
  found=$("$source_dir/scripts/docs" "$scratch/$2.md" 2>&1) || true
  if [[ ${found##*$'\n'} == "$1" ]]; then good=$((good + 1)); else bad=$((bad + 1)); echo "$2: wanted $1, found: $found"; fi
}

fence='```'

expect '3 passed, 0 failed' passes <<END
${fence}sh
word=kept
sleep 300 &
$fence
Prose, and a block that is nobody's command:
${fence}json
{"a": 1}
$fence
${fence}sh
echo "\$word from the first block, seed \$RANDOM."
$fence

${fence}text
kept from the …, seed ….
$fence
${fence}sh
psql "\$DATABASE_URL" -Atc 'select current_database()'
$fence
${fence}text
docs_1
$fence
END

expect '1 passed, 2 failed' fails <<END
${fence}sh
true
$fence
${fence}sh
false
$fence
${fence}sh
echo never reached
$fence
END

expect '1 passed, 1 failed' differs <<END
${fence}sh
echo one
$fence
${fence}text
two
$fence
${fence}sh
echo fine
$fence
END

expect '0 passed, 0 failed' silent <<END
${fence}sh by-itself
false
$fence
Nothing to run, hence no success either.
END

echo "$good passed, $bad failed"
((bad == 0))
