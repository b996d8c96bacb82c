#include "providers/answer_flags.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>
#include <vector>

using namespace assay;
using namespace assay::providers;

BOOST_AUTO_TEST_SUITE(one_model_or_two)

BOOST_AUTO_TEST_CASE(a_path_case_a_variant_and_a_version_that_nobody_asked_for_make_no_other_model) {
  const std::pair<const char*, const char*> same[] = {{"gpt-4o", "GPT-4o"},
                                                      {"gpt-4o", "gpt-4o-2024-08-06"},
                                                      {"gpt-4o-2024-08-06", "gpt-4o-2024-08-06"},
                                                      {"gpt-4", "gpt-4-0613"},
                                                      {"openai/gpt-4o", "gpt-4o-2024-08-06"},
                                                      {"claude-sonnet-4-0", "claude-sonnet-4-20250514"},
                                                      {"claude-3-5-sonnet-latest", "claude-3-5-sonnet-20241022"},
                                                      {"claude-3-5-haiku", "claude-3-5-haiku@20241022"},
                                                      {"gemini-2.5-pro", "models/gemini-2.5-pro-preview"},
                                                      {"gemini-1.5-flash", "gemini-1.5-flash-001"},
                                                      {"Qwen/Qwen3-8B:together", "qwen3-8b"},
                                                      {"meta-llama/Llama-3.1-8B", "llama-3.1-8b"},
                                                      {"deepseek/deepseek-r1:free", "deepseek/deepseek-r1"},
                                                      {"llama3.2", "llama3.2:latest"},
                                                      {"llama3.2:3b", "llama3.2"},
                                                      {"", ""},
                                                      {"gpt-4o", ""},
                                                      {"", "gpt-4o"}};
  for (const auto& [asked, served] : same) BOOST_TEST(same_model(asked, served), asked << " and " << served);
}

BOOST_AUTO_TEST_CASE(a_size_a_number_of_its_own_and_another_date_do) {
  const std::pair<const char*, const char*> others[] = {{"gpt-5", "gpt-5-mini-2025-08-07"},
                                                        {"gpt-5", "gpt-5.1"},
                                                        {"claude-opus-4", "claude-opus-4-1-20250805"},
                                                        {"claude-sonnet-4", "claude-opus-4-20250514"},
                                                        {"gpt-4o", "gpt-4"},
                                                        {"gpt-4o-mini", "gpt-4o"},
                                                        {"gpt-4", "gpt-4-turbo"},
                                                        {"gpt-4", "gpt-42"},
                                                        {"gpt-4o-2024-05-13", "gpt-4o-2024-08-06"},
                                                        {"gpt-4o-2024-05-13", "gpt-4o"},
                                                        {"gpt-4o", "gpt-4o-2024-08"},
                                                        {"llama3.2:1b", "llama3.2:3b"},
                                                        {"o1", "o1-20"},
                                                        {"a/x", "a/y"},
                                                        {"smart", "gpt-4o"},
                                                        {"gpt-4o", "-2024-08-06-2024-08-06"}};
  for (const auto& [asked, served] : others) BOOST_TEST(!same_model(asked, served), asked << " and " << served);
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

BOOST_AUTO_TEST_CASE(name_another_model_than_was_asked) {
  const auto flagged = [](const char* served) {
    Deployment deployment;
    deployment.model = "gpt-4o";
    Completion completion;
    completion.text = "Paris";
    completion.served_model = served;
    flag_answer(completion, deployment);
    return !completion.flags.empty();
  };

  BOOST_TEST(flagged("gpt-4o-mini"));
  BOOST_TEST(!flagged("gpt-4o-2024-08-06"));
  BOOST_TEST(!flagged(""));
}

BOOST_AUTO_TEST_CASE(say_that_nothing_was_said) {
  const auto silent = [](std::string Completion::*field) {
    Completion completion;
    completion.*field = "[]";
    flag_answer(completion, Deployment{});
    return completion.flags == std::vector<std::string>{std::string(completion_flags::empty)};
  };

  BOOST_TEST(silent(&Completion::reasoning));
  for (const auto field : {&Completion::text, &Completion::tool_calls, &Completion::refusal})
    BOOST_TEST(!silent(field));
}

BOOST_AUTO_TEST_SUITE_END()
