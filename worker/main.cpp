#include <string>

#include "cli/program.hpp"
#include "worker/ask_once.hpp"
#include "worker/compose.hpp"
#include "worker/embed_texts.hpp"
#include "worker/run_suite.hpp"

extern char** environ;

int main(int count, char** words) {
  assay::cli::World world;
  world.arguments.assign(words + 1, words + count);
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos) world.environment[text.substr(0, equals)] = text.substr(equals + 1);
  }
  world.run_worker = assay::run_worker;
  world.run_suite = assay::run_suite;
  world.ask = assay::ask_once;
  world.embed = assay::embed_texts;
  return assay::cli::run(world);
}
