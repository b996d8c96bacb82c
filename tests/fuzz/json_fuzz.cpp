#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/require.hpp"
#include "json/document.hpp"
#include "json/grammar.hpp"
#include "json/storable.hpp"
#include "json/utf8.hpp"

using namespace assay;

/// Any bytes end in a document or an error; what is written again reads the same; text to be stored can be restored.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto strict = json::parse(text);
  const auto foreign = json::parse(text, json::Limits::foreign());
  if (strict) {
    require(foreign.has_value(), "what is taken strictly is taken from strangers");
    require(json::is_json(text), "what is read is JSON");
    const std::string dumped = strict->root().dump();
    const auto again = json::parse(dumped);
    require(again && again->root().dump() == dumped, "what is written reads back the same");
    require(json::is_json(strict->root().raw()), "the source of a value is JSON");
  }
  if (foreign) (void)json::parse(foreign->root().dump());

  const json::Storable stored = json::storable_text(text);
  require((stored.escaped ? json::restore_text(stored.text) : stored.text) == text, "stored text is restored");
  require(json::find_bad_utf8(stored.text) == std::string::npos, "stored text is UTF-8");
  require(stored.text.find('\0') == std::string::npos, "stored text has no NUL");
  return 0;
}
