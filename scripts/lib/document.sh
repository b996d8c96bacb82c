# shellcheck shell=bash
# A document as a program: its command blocks, one shell script made of them, and the verdict on each. Sourced.

# split_document FILE DIR: writes DIR/N.sh, DIR/N.line and, where the document shows it, DIR/N.expected for every command
# block; prints how many there are.
split_document() {
  awk -v dir="$2" '
    /^```/ && kind != "" { kind = ""; next }
    /^```sh *$/ { kind = "sh"; part = dir "/" ++count ".sh"; print NR > (dir "/" count ".line"); printf "" > part; fresh = 1; next }
    /^```text *$/ && fresh { kind = "text"; part = dir "/" count ".expected"; printf "" > part; fresh = 0; next }
    /^```sh by-itself *$/ { kind = "other"; next }
    /^```/ { kind = "other"; fresh = 0; next }
    kind == "sh" || kind == "text" { print > part; next }
    kind == "" && NF { fresh = 0 }
    END { print count + 0 }' "$1"
}

# shell_script DIR BLOCKS: each block in turn; the first that fails ends the script.
shell_script() {
  local number
  # shellcheck disable=SC2016
  printf '%s\n' 'set -euo pipefail' 'trap "jobs -p | xargs -r kill 2>/dev/null; wait" EXIT'
  for ((number = 1; number <= $2; number++)); do
    printf '%s\n' "exec >'$1/$number.out' 2>'$1/$number.err'"
    cat "$1/$number.sh"
    printf '%s\n' "echo done >'$1/$number.done'"
  done
}

# judge_block DIR N: it ran to its end, and printed what the document says.
judge_block() {
  [[ -e $1/$2.done ]] || return 1
  [[ ! -e $1/$2.expected ]] || matches "$(<"$1/$2.out")" "$(<"$1/$2.expected")"
}

# matches FOUND EXPECTED: "…" in what is expected stands for anything, also across lines.
matches() {
  local found=$1 rest=$2 part
  if [[ $rest != *…* ]]; then [[ $found == "$rest" ]]; return; fi
  part=${rest%%…*} rest=${rest#*…}
  [[ $found == "$part"* ]] || return 1
  found=${found#"$part"}
  while [[ $rest == *…* ]]; do
    part=${rest%%…*} rest=${rest#*…}
    [[ $found == *"$part"* ]] || return 1
    found=${found#*"$part"}
  done
  [[ $found == *"$rest" ]]
}

# show_failure FILE DIR N
show_failure() {
  printf '%s:%s: ' "$1" "$(<"$2/$3.line")"
  if [[ ! -e $2/$3.out ]]; then echo "not reached: a block above it failed"; return; fi
  if [[ -e $2/$3.done ]]; then echo "prints something else:"; else echo "failed:"; fi
  tail -n 20 "$2/$3.out" "$2/$3.err" | sed 's/^/    /'
}
