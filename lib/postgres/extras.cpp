#include "postgres/extras.hpp"

#include <chrono>
#include <optional>

#include "json/storable.hpp"
#include "json/writer.hpp"

namespace assay::postgres {
namespace {

/// An object that is written only once it has a member.
class Extras {
 public:
  void text(std::string_view name, const std::string& value) {
    if (!value.empty()) at(name).string(json::storable_text(value).text);
  }
  void texts(std::string_view name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    json::Writer& list = at(name).begin_array();
    for (const std::string& value : values) list.string(json::storable_text(value).text);
    list.end_array();
  }
  void truth(std::string_view name, std::optional<bool> value) {
    if (value) at(name).boolean(*value);
  }
  void nanos(std::string_view name, const std::optional<Money>& value) {
    if (value) at(name).int64(value->nanos());
  }
  void microseconds(std::string_view name, const std::optional<Duration>& value) {
    if (value) at(name).int64(std::chrono::duration_cast<std::chrono::microseconds>(*value).count());
  }
  std::string taken() {
    if (writer_) writer_->end_object();
    return std::move(json_);
  }

 private:
  json::Writer& at(std::string_view name) {
    if (!writer_) writer_.emplace(json_).begin_object();
    return writer_->key(name);
  }
  std::string json_;
  std::optional<json::Writer> writer_;
};

}  // namespace

std::string extras_of(const CellResult& result) {
  const Completion& said = result.completion;
  Extras extras;
  if (said.streamed) extras.truth("streamed", true);
  extras.microseconds("first_token_us", said.first_token);
  extras.text("served_by", said.served_by);
  extras.texts("flags", said.flags);
  extras.texts("dropped_parameters", result.dropped_parameters);
  extras.truth("seed_honoured", result.seed_honoured);
  extras.nanos("reported_cost_nanos", result.reported_cost);
  if (result.cost_is_reported) extras.truth("cost_is_reported", true);
  if (said.cached) extras.truth("cached", true);
  extras.text("tool_calls", said.tool_calls);
  extras.text("reasoning", said.reasoning);
  extras.text("raw", said.raw);
  return extras.taken();
}

std::string extras_of(const CallEnd& end) {
  Extras extras;
  extras.nanos("reported_cost_nanos", end.reported_cost);
  return extras.taken();
}

}  // namespace assay::postgres
