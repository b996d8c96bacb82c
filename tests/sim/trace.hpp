#pragma once
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "runtime/loop.hpp"

namespace assay::sim {

/// What happened, in order: a running hash (FNV-1a), and the lines themselves when a person replays a seed.
class Trace {
 public:
  Trace(Loop& loop, bool print) : loop_(loop), print_(print) {}

  void note(std::string_view what) {
    mix(std::to_string(loop_.now().time_since_epoch().count()));
    mix(what);
    if (!print_) return;
    const double seconds = std::chrono::duration<double>(loop_.now().time_since_epoch()).count();
    std::printf("%12.6f  %.*s\n", seconds, static_cast<int>(what.size()), what.data());
  }
  std::uint64_t hash() const { return hash_; }

 private:
  void mix(std::string_view text) {
    for (const char c : text) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    hash_ = (hash_ ^ 0xff) * 0x100000001b3;
  }
  Loop& loop_;
  bool print_;
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

}  // namespace assay::sim
