#include "tests/fuzz/answers.hpp"

using namespace assay;
using namespace assay::providers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Deployment asked;
  asked.dialect = DialectKind::gemini;
  asked.provider = "google";
  asked.base_url = "https://vendor.test";
  asked.model = "gemini-2.5-flash";
  asked.key = Secret("test-key-0123456789");
  asked.context_tokens = 4096;
  fuzz::try_everything(asked, "text/event-stream", std::string(data, data + size));
  return 0;
}
