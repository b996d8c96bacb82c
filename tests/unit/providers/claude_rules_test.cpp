#include "providers/claude_rules.hpp"

#include <boost/test/unit_test.hpp>

#include "providers/family_rules.hpp"

using namespace assay::providers;

namespace {

using Thinking = ClaudeRules::Thinking;

struct Known {
  const char* name;
  bool sampling, both, schema;
  Thinking thinking;
};

constexpr Known known[] = {
    {"claude-instant-1.2", true, true, false, Thinking::none},
    {"anthropic.claude-v2:1", true, true, false, Thinking::none},
    {"claude-3-opus-20240229", true, true, false, Thinking::none},
    {"anthropic.claude-3-5-sonnet-20241022-v2:0", true, true, false, Thinking::none},
    {"claude-3-7-sonnet-latest", true, true, false, Thinking::budget},
    {"claude-sonnet-4-20250514", true, true, false, Thinking::budget},
    {"us.anthropic.claude-opus-4-20250514-v1:0", true, true, false, Thinking::budget},
    {"claude-opus-4-1-20250805", true, false, false, Thinking::budget},
    {"anthropic/claude-sonnet-4.5", true, false, true, Thinking::budget},
    {"claude-haiku-4-5@20251001", true, false, true, Thinking::budget},
    {"claude-opus-4-6", true, false, true, Thinking::either},
    {"claude-opus-4-7", false, false, true, Thinking::adaptive},
    {"claude-opus-4-8-20260601", false, false, true, Thinking::adaptive},
    {"claude-opus-4-11", false, false, true, Thinking::adaptive},
    {"claude-sonnet-5", false, false, true, Thinking::adaptive},
    {"global.anthropic.claude-fable-5-20260901-v1:0", false, false, true, Thinking::adaptive},
    {"claude-latest", false, false, true, Thinking::adaptive},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(rules_of_claude)

BOOST_AUTO_TEST_CASE(follow_the_version_in_the_name_however_it_is_written) {
  for (const Known& model : known) {
    const ClaudeRules rules = claude_rules(model.name);
    BOOST_TEST(rules.sampling == model.sampling, model.name);
    BOOST_TEST(rules.both == model.both, model.name);
    BOOST_TEST(rules.schema == model.schema, model.name);
    BOOST_TEST((rules.thinking == model.thinking), model.name);
    BOOST_TEST(is_claude(model.name), model.name);
  }
}

BOOST_AUTO_TEST_CASE(agree_about_sampling_with_the_rules_that_hold_for_any_dialect) {
  for (const char* name :
       {"claude-instant-1.2", "claude-3-opus-20240229", "claude-3-7-sonnet-latest", "claude-sonnet-4-20250514",
        "claude-opus-4-6", "claude-opus-4-7", "claude-opus-4-8-20260601", "claude-sonnet-5", "claude-next-9", "gpt-4o"})
    BOOST_TEST(claude_rules(name).sampling == rules_for(name).sampling, name);
}

BOOST_AUTO_TEST_CASE(of_another_model_refuse_nothing) {
  const ClaudeRules rules = claude_rules("kimi-k2-5");
  BOOST_TEST(rules.sampling);
  BOOST_TEST(rules.both);
  BOOST_TEST(!is_claude("kimi-k2-5"));
}

BOOST_AUTO_TEST_SUITE_END()
