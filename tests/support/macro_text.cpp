#include "tests/support/macro_text.hpp"

#include <cctype>
#include <cstddef>

namespace assay::test {
namespace {

constexpr std::size_t many = 10'000;

struct Macro {
  std::string_view text;
  std::size_t times = 0, end = 0;  ///< one past its `>>`
};

/// The macro whose `<<` stands before `from`; times 0 where there is none.
Macro macro_at(std::string_view written, std::size_t from) {
  for (std::size_t star = written.find('*', from); star != std::string_view::npos; star = written.find('*', star + 1)) {
    std::size_t at = star + 1, times = 0;
    while (at < written.size() && std::isdigit(static_cast<unsigned char>(written[at])) != 0)
      times = times * 10 + static_cast<std::size_t>(written[at++] - '0');
    if (at > star + 1 && written.substr(at, 2) == ">>") return {written.substr(from, star - from), times, at + 2};
  }
  return {};
}

void append(std::string& out, std::string_view text, std::size_t count) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool counts = text[at] == '#' && at + 1 < text.size() && (text[at + 1] == 'i' || text[at + 1] == 'j');
    if (!counts) {
      out += text[at];
      continue;
    }
    out += std::to_string(text[++at] == 'i' ? count : count + 1);
  }
}

}  // namespace

std::string expand(std::string_view written, std::size_t share) {
  std::string out;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t open = written.find("<<", at);
    const Macro macro = open == std::string_view::npos ? Macro{} : macro_at(written, open + 2);
    if (macro.times == 0) return out += written.substr(at);
    out += written.substr(at, open - at);
    const std::size_t times = macro.times < many ? macro.times : macro.times / share;
    for (std::size_t count = 0; count < times; ++count) append(out, macro.text, count);
    at = macro.end;
  }
  return out;
}

}  // namespace assay::test
