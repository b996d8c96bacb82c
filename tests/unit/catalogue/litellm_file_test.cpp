#include "catalogue/litellm_file.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>

using namespace assay;
using namespace assay::catalogue;

namespace {

std::string data(const std::string& name) {
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/tests/data/catalogue/" + name);
  BOOST_REQUIRE_MESSAGE(file.good(), name);
  return (std::ostringstream() << file.rdbuf()).str();
}

LitellmFile with_params(const std::string& params) {
  return read_litellm("proxy.yaml", "model_list:\n  - model_name: m\n    litellm_params: { " + params + " }\n");
}

std::string all_faults(const LitellmFile& file) {
  return source::to_text(file.errors) + source::to_text(file.warnings);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(litellm_file)

BOOST_AUTO_TEST_CASE(a_proxys_file_is_read_as_it_is) {
  const LitellmFile file = read_litellm("litellm.yaml", data("litellm.yaml"));

  BOOST_TEST(all_faults(file) == "");
  BOOST_REQUIRE(file.models.size() == 7u);
  BOOST_TEST(file.models[0].provider == "anthropic");
  BOOST_TEST(file.models[0].model == "claude-sonnet-4-20250514");
  BOOST_TEST(file.models[0].key == "os.environ/ANTHROPIC_API_KEY");
  BOOST_TEST(file.models[2].requests_per_minute.value() == 500);
  BOOST_TEST(file.models[2].tokens_per_minute.value() == 300'000);
  BOOST_TEST(*file.models[3].rates->input == 500'000'000);
  BOOST_TEST(*file.models[3].rates->output == 1'500'000'000);
  BOOST_TEST(file.models[4].provider == "gemini");
  BOOST_TEST(file.models[5].provider == "together");
  BOOST_TEST(file.models[5].model == "meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo");
  BOOST_TEST(file.master_key == "os.environ/LITELLM_MASTER_KEY");
  BOOST_REQUIRE(file.fallbacks.size() == 2u);
  BOOST_TEST(file.fallbacks[0].second == (std::vector<std::string>{"gpt-4o", "claude-opus-4"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(groq_is_a_provider_like_others) {
  const LitellmFile file = read_litellm("litellm.yaml", data("litellm_groq.yaml"));

  BOOST_TEST(all_faults(file) == "");
  BOOST_REQUIRE(file.models.size() == 6u);
  BOOST_TEST(file.models[5].provider == "groq");
  BOOST_TEST(file.models[5].model == "llama3-70b-8192");
}

BOOST_AUTO_TEST_CASE(an_unknown_prefix_is_an_error_with_its_place_and_the_nearest_name) {
  const std::string faults = source::to_text(read_litellm("bad.yaml", data("litellm_bad_prefix.yaml")).errors);

  BOOST_TEST(faults.find("bad.yaml:4:14: llama: no provider has the prefix togehter_ai/; did you mean together_ai?") == 0u);
  BOOST_TEST(faults.find("bad.yaml:7:14: nameless: expected provider/model") != std::string::npos);
  BOOST_TEST(faults.find("bad.yaml:8:5: expected a model_name") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_provider_that_only_the_proxy_reaches_is_a_warning) {
  const LitellmFile file = with_params("model: replicate/meta/llama-3-70b-instruct");

  BOOST_TEST(file.errors.empty());
  BOOST_REQUIRE(file.models.size() == 1u);
  BOOST_TEST(file.models[0].only_through_proxy);
  BOOST_TEST(file.models[0].model == "meta/llama-3-70b-instruct");
  BOOST_TEST(all_faults(file).find("replicate is reached through a proxy only") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_stated_provider_needs_no_prefix) {
  const LitellmFile file = with_params("model: our-llama, custom_llm_provider: hosted_vllm, api_base: \"http://v:8000\"");

  BOOST_REQUIRE(file.models.size() == 1u);
  BOOST_TEST(file.models[0].provider == "vllm");
  BOOST_TEST(file.models[0].model == "our-llama");
  BOOST_TEST(file.models[0].base_url == "http://v:8000");
}

BOOST_AUTO_TEST_CASE(a_key_written_out_is_never_shown) {
  const LitellmFile file = with_params("model: openai/gpt-4o, api_key: sk-live-0123456789, api_base: \"http://u:sk-live-0123456789@h\"");

  BOOST_REQUIRE(file.models.size() == 1u);
  const std::string everything = to_text(file) + all_faults(file);
  BOOST_TEST(everything.find("sk-live") == std::string::npos, everything);
  BOOST_TEST(file.models[0].key.find("(secret, fingerprint ") == 0u);
  BOOST_TEST(file.warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_price_a_thousand_times_off_is_a_warning_with_its_line) {
  const std::string faults =
      all_faults(with_params("model: openai/gpt-4, input_cost_per_token: 0.03, output_cost_per_token: 0.06"));

  BOOST_TEST(faults.find("proxy.yaml:3:") == 0u, faults);
  BOOST_TEST(faults.find("is 1000 times the") != std::string::npos, faults);
}

BOOST_AUTO_TEST_CASE(what_is_no_such_file_says_so) {
  BOOST_TEST(source::to_text(read_litellm("x.yaml", "worker: { slots: 3 }").errors).find("expected a model_list") !=
             std::string::npos);
  BOOST_TEST(!read_litellm("x.yaml", "model_list: [").errors.empty());
  BOOST_TEST(read_litellm("x.yaml", "model_list: []").errors.empty());
  BOOST_TEST(!read_litellm("x.yaml", "model_list: [1, [], null]").errors.empty());
  BOOST_TEST(is_litellm(data("litellm.yaml")));
  BOOST_TEST(!is_litellm("worker: { slots: 3 }"));
}

BOOST_AUTO_TEST_SUITE_END()
