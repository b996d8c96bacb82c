#include <cstddef>
#include <cstdint>
#include <string>

#include "base/require.hpp"
#include "json/document.hpp"
#include "json/grammar.hpp"
#include "loose/find_json.hpp"
#include "text/javascript_text.hpp"

using namespace assay;

/// Whatever is found in any text is JSON, stands where it is said to stand, and comes in order.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = text::well_formed(std::string(data, data + size));
  constexpr std::uint64_t steps = 1u << 20;
  json::Limits deep = json::Limits::foreign();
  deep.max_depth = 1024;
  std::size_t behind = 0;
  loose::LooseObjects objects(text, steps);
  for (auto next = objects.next(); next && *next; next = objects.next()) {
    require((*next)->offset >= behind && (*next)->length > 0, "pieces come in order");
    behind = (*next)->offset + (*next)->length;
    const auto document = json::parse((*next)->json, deep);
    require(document && document->root().is_object(), "what is found is an object");
  }
  behind = 0;
  loose::StrictJson pieces(text, steps);
  for (auto next = pieces.next(); next && *next; next = pieces.next()) {
    require((*next)->offset >= behind, "pieces come in order");
    behind = (*next)->offset + (*next)->length;
    require(json::is_json((*next)->json), "what is found is JSON");
    require((*next)->json == text.substr((*next)->offset, (*next)->length), "it is the text itself");
  }
  return 0;
}
