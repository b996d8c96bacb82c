#include "tests/fuzz/answers.hpp"

using namespace assay;
using namespace assay::providers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Deployment asked;
  asked.dialect = DialectKind::ollama;
  asked.provider = "ollama";
  asked.base_url = "http://vendor.test:11434";
  asked.model = "llama3.2";
  asked.key = Secret("test-key-0123456789");
  asked.context_tokens = 4096;
  fuzz::try_everything(asked, "application/x-ndjson", std::string(data, data + size));
  return 0;
}
