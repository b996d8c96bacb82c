# shellcheck shell=bash disable=SC2154 # names set by scripts/bench and the parts sourced before
# The judge beside promptfoo's own functions, on the same texts in one run. Sourced, after oracle.sh and figures.sh.

bench_judge() {
  local texts=$project/tests/data/similarity/bench_texts.json taken
  prepare_oracle
  build_judge_benches
  taken=$(mktemp -d "${TMPDIR:-/tmp}/assay-bench.XXXXXX")
  say "Machine: $(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(uname -sr), load $(cut -d ' ' -f 1 /proc/loadavg)"
  judge_bench "$texts" >"$taken/judge"
  similarity_bench "$texts" >"$taken/kernels"
  "$oracle/node_modules/.bin/node" "$project/tests/bench/promptfoo_functions.mjs" "$oracle" "$texts" >"$taken/promptfoo" 2>"$taken/noise" ||
    { tail -n 20 "$taken/noise" >&2; die "promptfoo could not be measured"; }
  grep tests_per_second "$taken/judge" | sed -E 's/^judge_tests_per_second_(.*): (.*)/judged tests per second on one core, \1: \2/; s/_/ /g'
  beside_promptfoo "one assertion judged" "$taken/judge" "$taken/promptfoo" ""
  beside_promptfoo "the function alone" "$taken/kernels" "$taken/promptfoo" bare_
  rm -rf "$taken"
}

build_judge_benches() {
  if [[ -n ${BENCH_PROGRAMS:-} ]]; then
    export PATH="$BENCH_PROGRAMS:$PATH"
    return
  fi
  need build
  mkdir -p "$project/build/log"
  (cd "$project" && cmake --preset release && cmake --build --preset release --parallel "$(nproc)" --target judge_bench similarity_bench) \
    >"$project/build/log/bench-build.log" 2>&1 || { tail -n 20 "$project/build/log/bench-build.log" >&2; die "the build failed"; }
  export PATH="$project/build/release/bin:$PATH"
}

# beside_promptfoo WHAT OURS THEIRS PREFIX: a line for each figure that both files have.
beside_promptfoo() {
  local name ours theirs
  while IFS=': ' read -r name ours; do
    theirs=$(sed -n "s/^$4$name: //p" "$3")
    if [[ $name == *_ns && -n $theirs ]]; then
      name=${name%_ns}
      printf '%s, %s: %s x promptfoo (%s ns, %s ns)\n' "$1" "${name//_/-}" "$(ratio "$theirs" "$ours" 1)" "$ours" "$theirs"
    fi
  done <"$2"
}
