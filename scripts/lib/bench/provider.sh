# shellcheck shell=bash disable=SC2154 # names set by scripts/bench and the parts sourced before
# The provider that all sides of a bench call: the ideal's mock, or our fake. Sourced, after fake.sh.

provider=  # its URL

start_provider() {
  local port
  if [[ -n $ideal ]]; then
    port=$(free_port)
    "$bench_copy/upstream/upstream" "port=$port" &
    provider=http://127.0.0.1:$port
  else
    assay fake-provider >"$throwaway/fake.url" 2>"$throwaway/fake.log" &
  fi
  children+=($!)
  provider_pid=$!
  until [[ -n $provider ]] && (: <"/dev/tcp/127.0.0.1/${provider##*:}") 2>/dev/null; do
    kill -0 "$provider_pid" 2>/dev/null || die "the provider did not start"
    if [[ -z $ideal && -s $throwaway/fake.url ]]; then provider=$(<"$throwaway/fake.url"); fi
    sleep 0.05
  done
}

free_port() {
  local port=$((20000 + RANDOM % 10000))
  while (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

# set_provider LATENCY_MS: from now on, counters at zero.
set_provider() {
  if [[ -n $ideal ]]; then
    ask_provider POST "/config?latency_ms=$1&size=1600" >/dev/null
    ask_provider POST /reset >/dev/null
  else
    ask_provider POST /_fake/script "{\"default\": {\"latency_ms\": $1, \"text_bytes\": 1600}}" >/dev/null
    ask_provider POST /_fake/reset >/dev/null
  fi
}

# provider_counts: calls received, and the most that were open at once.
provider_counts() {
  if [[ -n $ideal ]]; then
    { ask_provider GET /stats; echo; } | sed -n 's/.*"total":\([0-9]*\).*"max_in_flight":\([0-9]*\).*/\1 \2/p'
  else
    { ask_provider GET /_fake/stats; echo; } | sed -n 's/.*"peak_open":\([0-9]*\).*"received":\([0-9]*\).*/\2 \1/p'
  fi
}

# ask_provider METHOD PATH [BODY]: the answer's body.
ask_provider() {
  local address=${provider#http://} line door body=${3:-}
  exec {door}<>"/dev/tcp/${address%:*}/${address##*:}"
  printf '%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' "$1" "$2" "$address" "${#body}" "$body" >&"$door"
  while IFS= read -r line <&"$door" && [[ $line != $'\r' ]]; do :; done
  cat <&"$door"
  exec {door}>&-
}
