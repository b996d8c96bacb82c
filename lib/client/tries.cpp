#include "client/tries.hpp"

#include <array>

namespace assay::client {
namespace {

std::string drawn_name(Random& random) {
  constexpr std::array<char, 16> digits{'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
  std::string name = "c";
  std::uint64_t number = random.next();
  for (std::size_t n = 0; n < digits.size(); ++n, number >>= 4) name += digits[number & 15];
  return name;
}

}  // namespace

Tries::Tries(Loop& loop, Random& random, const Settings& settings, bool has_fallback)
    : loop_(loop), random_(random), settings_(settings), patience_{loop.now() + settings.patience} {
  so_far_.counted = 0;
  so_far_.failed_here = 0;
  so_far_.elsewhere = has_fallback;
}

Deadline Tries::next() {
  ++made_;
  return Deadline{loop_.now() + settings_.call_timeout}.earlier(patience_);
}

std::string Tries::name(const std::string& wanted) {
  if (wanted.empty()) return drawn_name(random_);
  return made_ == 1 ? wanted : wanted + "." + std::to_string(made_);
}

Tries::Verdict Tries::after(const Failure& failure) {
  routing::count(so_far_, failure);
  const auto left = std::chrono::duration_cast<routing::Milliseconds>(patience_.left(loop_.now()));
  const routing::Decision decision =
      routing::decide(failure, so_far_, settings_.on_unknown, left, random_.unit(), settings_.retry);
  switch (decision.what) {
    case routing::Decision::What::retry:
      return {What::again, decision.wait};
    case routing::Decision::What::move_on:
      so_far_.elsewhere = false;
      so_far_.failed_here = 0;
      return {What::at_the_fallback, {}};
    case routing::Decision::What::put_back:  // there is no queue to go back to
    case routing::Decision::What::give_up:
      break;
  }
  return {};
}

}  // namespace assay::client
