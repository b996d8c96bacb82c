# shellcheck shell=bash
# Talking to a fake provider without curl. Sourced, after common.sh. $fake is its URL.

# fake_get PATH: the answer's body.
fake_get() {
  local host=${fake:?set it first} line
  host=${host#http://}
  exec {door}<>"/dev/tcp/${host%:*}/${host##*:}"
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$1" "$host" >&"$door"
  while IFS= read -r line <&"$door" && [[ $line != $'\r' ]]; do :; done
  cat <&"$door"
  exec {door}>&-
}

# open_calls_of WORKER: how many calls the fake holds open for it.
open_calls_of() {
  local stats
  stats=$(fake_get /_fake/stats)
  if [[ $stats =~ \"open_by_worker\":\{[^\}]*\"$1\":([0-9]+) ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}
