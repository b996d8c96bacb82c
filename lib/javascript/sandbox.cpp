#include "javascript/sandbox.hpp"

#include <unistd.h>
#include <climits>

#include <array>

#include "javascript/process.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace assay::javascript {
namespace {

/// JSON texts travel as strings: the script's process parses them with its own JSON.parse.
std::string question(std::string_view body, std::string_view output, std::string_view context) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().field("body", body).field("output", output).field("context", context).end_object();
  return text;
}

}  // namespace

Result<Outcome, std::string> Sandbox::run(std::string_view body, std::string_view output,
                                          std::string_view context) const {
  // The answer is JSON in a JSON string: each byte may be written as six.
  auto answer = run_process(program_, std::to_string(limits_.memory_bytes), question(body, output, context),
                            limits_.time, 6 * limits_.answer_bytes);
  if (!answer) return failure(std::move(answer.error()));
  const auto parsed = json::parse(*answer, json::Limits::foreign());
  if (!parsed) return failure(std::string("the script's process gave no answer"));
  Outcome outcome;
  if (const auto limit = (*parsed)["limit"].as_string()) return failure(std::string(*limit));
  if (const auto message = (*parsed)["threw"].as_string()) {
    outcome.how = Outcome::How::threw;
    outcome.message = *message;
    return outcome;
  }
  outcome.json = (*parsed)["returned"].string_or("");
  if (outcome.json.size() > limits_.answer_bytes)
    return failure("the script's answer is larger than " + std::to_string(limits_.answer_bytes) + " bytes");
  return outcome;
}

std::string sandbox_program() {
  std::array<char, PATH_MAX> path{};
  const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
  const std::string_view self(path.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
  return std::string(self.substr(0, self.rfind('/') + 1)) + "assay-javascript";
}

}  // namespace assay::javascript
