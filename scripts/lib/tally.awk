# Counts what one ctest log (Testing/Temporary/LastTest.log) says and prints "PASSED FAILED".
# A Boost program counts once per test case, a script by its own last line "N passed, N failed", anything else once.
# A program that failed without naming a failed case (a crash, a leak, a time-out) counts as one more failure.
function finish() {
  if (name == "") return
  good = cases ? cases_good : plain_good
  bad = cases ? cases - cases_good : plain_bad
  if (good + bad == 0 && ended_well) good = 1
  if (bad == 0 && !ended_well) bad = 1
  passed += good
  failed += bad
}
/^[0-9]+\/[0-9]+ Test(ing)?: / {
  if ($2 == "Testing:") {
    finish()
    name = $3
    cases = cases_good = plain_good = plain_bad = ended_well = 0
  }
}
/^ *[0-9]+ test cases? out of [0-9]+ / {
  cases = $0
  sub(/^.* out of /, "", cases)
  cases += 0
  if ($NF == "passed" || /passed with warnings/) cases_good += $1
}
/^[0-9]+ passed, [0-9]+ failed$/ { plain_good = $1; plain_bad = $3 }
/^Test Passed\.$/ { ended_well = 1 }
END { finish(); print passed + 0, failed + 0 }
