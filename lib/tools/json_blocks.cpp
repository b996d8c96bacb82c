#include "tools/json_blocks.hpp"

#include <cstddef>
#include <utility>

#include "json/grammar.hpp"
#include "tools/bracket_scan.hpp"

namespace assay::tools {
namespace {

constexpr std::size_t kMaxUnmatched = 65536, kMaxDepth = 512;

struct Block {
  std::string_view text;
  bool starts_line = false;
};
using Blocks = std::vector<Block>;

bool opens(char sign) {
  return sign == '{' || sign == '[';
}
char partner(char closing) {
  return closing == '}' ? '{' : '[';
}

/// Where the brackets stand that have no partner, in order.
Result<std::vector<std::size_t>, std::string> unmatched_brackets(const std::vector<Bracket>& brackets,
                                                                 std::string_view text) {
  std::vector<std::size_t> unmatched;
  std::size_t floor = 0;
  for (const Bracket& bracket : brackets) {
    if (bracket.sign == 0) {
      floor = unmatched.size();
    } else if (opens(bracket.sign)) {
      unmatched.push_back(bracket.at);
    } else if (unmatched.size() > floor && text[unmatched.back()] == partner(bracket.sign)) {
      unmatched.pop_back();
    } else {
      unmatched.push_back(bracket.at);
      floor = unmatched.size();
    }
    if (unmatched.size() > kMaxUnmatched) return failure("the output has more than 65536 brackets without a partner");
  }
  return unmatched;
}

/// The outermost blocks of a text, or those one level inside, that end a line.
Result<Blocks, std::string> blocks_of(std::string_view text, bool inside) {
  const std::vector<Bracket> brackets = scan_brackets(text);
  const auto unmatched = unmatched_brackets(brackets, text);
  if (!unmatched) return failure(unmatched.error());

  Blocks blocks;
  const std::size_t outer = inside ? 1 : 0;
  std::size_t skipped = 0, depth = 0, begin = 0;
  bool open = false, starts_line = false;
  for (const Bracket& bracket : brackets) {
    if (bracket.sign == 0) continue;
    if (skipped < unmatched->size() && bracket.at == (*unmatched)[skipped]) {
      ++skipped;
    } else if (opens(bracket.sign)) {
      if (!open && depth == outer) {
        open = true;
        begin = bracket.at;
        starts_line = bracket.starts_line;
      }
      ++depth;
    } else {
      --depth;
      if (open && depth == outer) {
        if (bracket.ends_line) blocks.push_back({text.substr(begin, bracket.at + 1 - begin), starts_line});
        open = false;
      }
    }
  }
  return blocks;
}

}  // namespace

Result<std::vector<json::Document>, std::string> json_blocks(std::string_view text) {
  std::vector<json::Document> found;
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = kMaxDepth;
  std::size_t budget = 4 * text.size();
  auto first = blocks_of(text, false);
  if (!first) return failure(first.error());

  std::vector<std::pair<Blocks, std::size_t>> pending;
  pending.emplace_back(std::move(*first), 0);
  while (!pending.empty()) {
    auto& [blocks, next] = pending.back();
    if (next == blocks.size()) {
      pending.pop_back();
      continue;
    }
    const Block block = blocks[next++];
    if (block.text.size() > budget) return failure("reading the output's malformed JSON takes more than four passes");
    budget -= block.text.size();
    auto document = json::parse(block.text, limits);
    if (document) {
      if (block.starts_line) found.push_back(std::move(*document));
    } else if (json::is_json(block.text)) {
      return failure("JSON in the output: " + to_string(document.error()));
    } else {
      auto inner = blocks_of(block.text, true);
      if (!inner) return failure(inner.error());
      pending.emplace_back(std::move(*inner), 0);
    }
  }
  return found;
}

}  // namespace assay::tools
