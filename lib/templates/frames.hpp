#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "json/document.hpp"
#include "templates/program.hpp"
#include "templates/template.hpp"

namespace assay::templates {

/// The variables of one rendering: what the caller gave, read when first asked for, and what the template sets, in
/// nested scopes. As in Nunjucks, a variable set to undefined counts as not set inside loops.
class Frames {
 public:
  /// `variables` must be an object or missing, and outlive this.
  Frames(const Program& program, json::View variables, Objects objects, Budget& budget);

  Value get(std::int32_t name);
  bool knows(std::int32_t name);                     ///< given or set
  void set(std::int32_t name, const Value& value);   ///< where it is known, else here
  void bind(std::int32_t name, const Value& value);  ///< here
  void push() { frames_.emplace_back(); }
  void pop() { frames_.pop_back(); }
  Object& loop();  ///< what the template sees as `loop` in this scope

 private:
  struct Frame {
    std::map<std::int32_t, Value> variables;
    std::shared_ptr<Object> loop;
  };
  static const Value* find(const Frame& frame, std::int32_t name);
  Value given(std::int32_t name);

  const Program& program_;
  json::View variables_;
  Objects objects_;
  Budget& budget_;
  std::vector<Frame> frames_;
  std::vector<std::optional<Value>> given_;  // by name
};

}  // namespace assay::templates
