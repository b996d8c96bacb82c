// The simulator: sim [--seeds N] [--from N] [--seed N] [--plant no_token_check|settle_without_lock|open_cells_before_claim]
//
// --seeds N    runs N seeds; fails at the first broken sentence, or when a fault never fired, or when a seed run twice
//              gives two traces (every 50th seed is run twice).
// --seed N     replays one seed and prints its trace.
// --plant BUG  runs with a bug on purpose and succeeds only when it is found.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "tests/sim/world.hpp"

using namespace assay;
using namespace assay::sim;

namespace {

struct Arguments {
  std::uint64_t seeds = 1'000, from = 1;
  std::optional<std::uint64_t> replay;
  std::string plant;
};

[[noreturn]] void usage(const char* wrong) {
  std::fprintf(stderr, "sim: %s\nusage: sim [--seeds N] [--from N] [--seed N] [--plant no_token_check|settle_without_lock|open_cells_before_claim]\n", wrong);
  std::exit(2);
}

Arguments read(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (i + 1 == count) usage(("no value for " + word).c_str());
    const std::string value = words[++i];
    if (word == "--seeds") {
      arguments.seeds = std::stoull(value);
    } else if (word == "--from") {
      arguments.from = std::stoull(value);
    } else if (word == "--seed") {
      arguments.replay = std::stoull(value);
    } else if (word == "--plant") {
      arguments.plant = value;
    } else {
      usage(("unknown option " + word).c_str());
    }
  }
  return arguments;
}

queue::MemoryStore::Faults planted(const std::string& name) {
  queue::MemoryStore::Faults faults;
  if (name == "no_token_check") {
    faults.no_token_check = true;
  } else if (name == "settle_without_lock") {
    faults.settle_without_lock = true;
  } else if (name == "open_cells_before_claim") {
    faults.open_cells_before_claim = true;
  } else if (!name.empty()) {
    usage(("unknown bug " + name).c_str());
  }
  return faults;
}

int replay(const Plan& plan) {
  const Verdicts verdicts = run_world(plan);
  std::printf("seed %llu: %zu jobs, %zu cells, %zu calls, %zu workers, trace %016llx\n", static_cast<unsigned long long>(plan.seed),
              verdicts.jobs, verdicts.cells, verdicts.calls, verdicts.workers, static_cast<unsigned long long>(verdicts.trace_hash));
  if (!verdicts.broken) return 0;
  std::printf("BROKEN: %s\n", verdicts.broken->c_str());
  return 1;
}

}  // namespace

int main(int count, char** words) {
  const Arguments arguments = read(count, words);
  Plan plan;
  plan.planted = planted(arguments.plant);
  if (arguments.replay) {
    plan.seed = *arguments.replay;
    plan.print = true;
    return replay(plan);
  }

  FaultCounts faults;
  std::size_t cells = 0, calls = 0, repeated = 0;
  for (std::uint64_t seed = arguments.from; seed < arguments.from + arguments.seeds; ++seed) {
    plan.seed = seed;
    const Verdicts verdicts = run_world(plan);
    faults.add(verdicts.faults);
    cells += verdicts.cells;
    calls += verdicts.calls;
    if (verdicts.broken) {
      std::printf("seed %llu broke: %s\nreplay: sim --seed %llu%s%s\n", static_cast<unsigned long long>(seed), verdicts.broken->c_str(),
                  static_cast<unsigned long long>(seed), arguments.plant.empty() ? "" : " --plant ", arguments.plant.c_str());
      return arguments.plant.empty() ? 1 : 0;
    }
    if (verdicts.jobs < 10 || verdicts.cells < 60 || verdicts.workers < 3) {
      std::printf("seed %llu is too small a world\n", static_cast<unsigned long long>(seed));
      return 1;
    }
    if (seed % 50 == 0) {
      ++repeated;
      if (run_world(plan).trace_hash != verdicts.trace_hash) {
        std::printf("seed %llu gave two traces\n", static_cast<unsigned long long>(seed));
        return 1;
      }
    }
  }
  if (!arguments.plant.empty()) {
    std::printf("the planted bug %s was not found in %llu seeds\n", arguments.plant.c_str(), static_cast<unsigned long long>(arguments.seeds));
    return 1;
  }
  bool all_fired = true;
  for (std::size_t i = 0; i < faults.fired.size(); ++i) {
    std::printf("%-36.*s %llu\n", static_cast<int>(fault_names[i].size()), fault_names[i].data(), static_cast<unsigned long long>(faults.fired[i]));
    all_fired = all_fired && faults.fired[i] > 0;
  }
  std::printf("%llu seeds, %zu cells, %zu calls, %zu seeds run twice with one trace\n", static_cast<unsigned long long>(arguments.seeds), cells, calls, repeated);
  if (!all_fired) {
    std::printf("a fault never fired: the run proves nothing about it\n");
    return arguments.seeds < 100 ? 0 : 1;
  }
  return 0;
}
