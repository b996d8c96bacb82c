#pragma once
#include "framing/framing.hpp"

namespace assay::framing {

/// Server-sent events, as the HTML standard says (§9.2): lines end with LF, CRLF or CR; a blank line dispatches; the
/// `data` lines of one event are joined with LF; one space after the colon goes; lines that start with a colon are
/// comments; a byte order mark at the start is passed over; what is not dispatched at the end is discarded.
/// `id` and `retry` are ignored: a broken stream is never resumed. An event without data is none.
class Sse final : public Framing {
 public:
  explicit Sse(Limits limits) : limits_(limits) {}
  Result<void, std::string> feed(std::string_view bytes, const OnEvent& on_event) override;
  bool between_events() const override { return line_.empty() && data_.empty() && name_.empty(); }

 private:
  void take_line(std::string_view line, const OnEvent& on_event);
  void field(std::string_view name, std::string_view value);
  void dispatch(const OnEvent& on_event);
  std::string_view without_mark(std::string_view bytes);

  Limits limits_;
  std::string line_;  // the beginning of a line whose end has not come
  std::string data_, name_;
  bool has_data_ = false;
  bool after_cr_ = false;  // a line feed that comes next belongs to the line before
  int mark_ = 0;           // bytes of the byte order mark seen; 3: passed, or none
};

}  // namespace assay::framing
