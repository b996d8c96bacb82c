#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "imports/import.hpp"
#include "imports/prompts.hpp"
#include "imports/providers.hpp"
#include "imports/test.hpp"

namespace assay::imports {

/// What all tests of one import share.
struct Matrix {
  std::string name;
  std::vector<Prompt> prompts;
  std::vector<Provider> providers;
  Test defaults;
  std::uint64_t usual_repeats = 1;
};

/// Writes tests out as cases of suites: one suite for each prompt with its affixes and the models that are asked.
/// Nothing is written once a limit is passed; the report then says which.
class Emitter {
 public:
  Emitter(Matrix matrix, const Limits& limits, Report& report)
      : matrix_(std::move(matrix)), limits_(limits), report_(report) {}

  /// A test as it is written; the defaults are put under it here.
  void add(const Test& test);

  std::vector<ImportedSuite> suites() &&;

 private:
  struct Suite {
    std::size_t prompt = 0;
    std::string affixed;  ///< the prompt with what a test puts before and after it
    std::vector<const Provider*> providers;
    std::vector<std::string> models;
    Conversation conversation;
    std::string cases;
    std::size_t count = 0;
  };

  bool fits(const Test& test, std::uint64_t columns);
  std::vector<std::size_t> suites_for(const Test& test);
  std::size_t suite_for(const Test& test, std::size_t prompt, std::vector<const Provider*> providers);
  std::vector<const Provider*> providers_for(const Test& test, const Prompt& prompt) const;
  bool write(Suite& suite, const std::string& title, const Members& vars, const Test& test);
  Members sampling(const Suite& suite);
  std::string json(const Suite& suite, const std::string& name);
  std::string name_of(const Suite& suite, std::map<std::string, int>& used) const;

  Matrix matrix_;
  const Limits& limits_;
  Report& report_;
  std::vector<Suite> suites_;
  std::map<std::pair<std::size_t, std::string>, std::size_t> index_;
  std::uint64_t tests_ = 0, cases_ = 0, bytes_ = 0;
  bool full_ = false;
};

}  // namespace assay::imports
