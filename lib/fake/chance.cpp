#include "fake/chance.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay::fake {
namespace {

/// FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
std::uint64_t hash(std::string_view text, std::uint64_t from) {
  std::uint64_t value = from;
  for (char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return value;
}

/// The finisher of splitmix64, https://prng.di.unimi.it/splitmix64.c
std::uint64_t stir(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

}  // namespace

Chance::Chance(std::uint64_t seed, std::string_view subject)
    : base_(hash(subject, stir(seed) ^ 0xcbf29ce484222325ULL)) {}

double Chance::unit(std::string_view purpose) const {
  return (static_cast<double>(stir(hash(purpose, base_)) >> 11) + 0.5) / 9007199254740992.0;
}

Duration draw(const Latency& latency, const Chance& chance) {
  double ms = latency.low_ms;
  if (latency.kind == Latency::Kind::uniform) {
    ms += (latency.high_ms - latency.low_ms) * chance.unit("latency");
  } else if (latency.kind == Latency::Kind::lognormal) {
    const double normal = std::sqrt(-2 * std::log(chance.unit("latency"))) *
                          std::cos(2 * std::numbers::pi * chance.unit("latency, second half"));
    ms = std::min(latency.high_ms, ms * std::exp(latency.sigma * normal));
  }
  constexpr double day_ms = 86'400'000;
  return Duration(static_cast<Duration::rep>(std::clamp(ms, 0.0, day_ms) * 1e6));
}

}  // namespace assay::fake
