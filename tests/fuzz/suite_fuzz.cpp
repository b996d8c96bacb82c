#include <cstddef>
#include <cstdint>
#include <string_view>

#include "assertions/compile.hpp"
#include "assertions/judgement_json.hpp"
#include "base/require.hpp"
#include "json/document.hpp"
#include "suite/read.hpp"

using namespace assay;

/// Any bytes end in a suite or a fault; a suite that compiles judges any bytes, and its details are JSON.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto suite = suite::read(bytes);
  if (!suite) return 0;
  const auto compiled = assertions::compile_suite(*suite);
  if (!compiled) return 0;
  for (const auto& test : compiled->cases) {
    const Judgement judgement = assertions::judge(test, bytes);
    require(json::parse(assertions::to_json(judgement)).has_value(), "details are JSON");
  }
  return 0;
}
