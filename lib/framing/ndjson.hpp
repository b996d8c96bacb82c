#pragma once
#include "framing/framing.hpp"

namespace assay::framing {

/// One JSON text a line, lines ending with LF or CRLF; the last may lack its end. Blank lines are passed over.
class Ndjson final : public Framing {
 public:
  explicit Ndjson(Limits limits) : limits_(limits) {}
  Result<void, std::string> feed(std::string_view bytes, const OnEvent& on_event) override;
  void finish(const OnEvent& on_event) override;
  bool between_events() const override { return line_.empty(); }

 private:
  Limits limits_;
  std::string line_;
};

}  // namespace assay::framing
