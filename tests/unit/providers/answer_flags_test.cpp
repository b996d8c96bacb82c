#include "providers/answer_flags.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::providers;

BOOST_AUTO_TEST_SUITE(one_model_or_two)

BOOST_AUTO_TEST_CASE(a_date_a_path_a_variant_and_case_make_no_other_model) {
  BOOST_TEST(same_model("gpt-4o", "gpt-4o-2024-08-06"));
  BOOST_TEST(same_model("gpt-4", "gpt-4-0613"));
  BOOST_TEST(same_model("claude-sonnet-4-0", "claude-sonnet-4-20250514"));
  BOOST_TEST(same_model("claude-3-5-sonnet-latest", "claude-3-5-sonnet-20241022"));
  BOOST_TEST(same_model("gemini-2.5-pro", "models/gemini-2.5-pro-preview"));
  BOOST_TEST(same_model("Qwen/Qwen3-8B:together", "qwen3-8b"));
  BOOST_TEST(same_model("llama3.2:3b", "llama3.2"));
  BOOST_TEST(same_model("gemini-1.5-flash", "gemini-1.5-flash-001"));
}

BOOST_AUTO_TEST_CASE(a_size_or_a_number_of_its_own_does) {
  BOOST_TEST(!same_model("gpt-5", "gpt-5-mini-2025-08-07"));
  BOOST_TEST(!same_model("gpt-5", "gpt-5.1"));
  BOOST_TEST(!same_model("claude-opus-4", "claude-opus-4-1-20250805"));
  BOOST_TEST(!same_model("gpt-4o", "gpt-4"));
  BOOST_TEST(!same_model("smart", "gpt-4o"));
}

BOOST_AUTO_TEST_CASE(names_of_nothing_but_dates_end) {
  BOOST_TEST(!same_model("gpt-4o", "-2024-08-06-2024-08-06"));
  BOOST_TEST(same_model("", ""));
  BOOST_TEST(!same_model("a", ""));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(flags_of_an_answer)

BOOST_AUTO_TEST_CASE(stand_once) {
  Completion completion;

  flag(completion, completion_flags::empty);
  flag(completion, completion_flags::empty);

  BOOST_TEST(completion.flags.size() == 1u);
}

BOOST_AUTO_TEST_CASE(of_another_model_are_not_for_azure_whose_deployments_have_names_of_their_own) {
  Deployment deployment;
  deployment.dialect = DialectKind::azure_openai;
  deployment.model = "production";
  Completion completion;
  completion.text = "Paris";
  completion.served_model = "gpt-4o";

  flag_answer(completion, deployment);

  BOOST_TEST(completion.flags.empty());
}

BOOST_AUTO_TEST_SUITE_END()
