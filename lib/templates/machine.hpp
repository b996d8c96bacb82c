#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "json/document.hpp"
#include "templates/frames.hpp"
#include "templates/program.hpp"

namespace assay::templates {

/// Runs a program once. Never recurses but into values, whose depth is bounded. Throws Trouble with its place.
class Machine {
 public:
  Machine(const Program& program, json::View variables, Objects objects);
  std::u16string run();
  const Budget& budget() const { return budget_; }

 private:
  /// A loop that is running.
  struct Turning {
    Value value;
    Value length;                      ///< what JavaScript's `.length` gave
    std::vector<std::u16string> keys;  ///< of an object, when key and value are asked for
    bool by_key = false;
    std::size_t index = 0;
  };

  std::ptrdiff_t execute(const Instruction& instruction);  ///< the distance to the next instruction
  void calculate(Op op);
  void write(const Value& value);
  void write(std::u16string_view text);
  Value pop();
  Items pop(std::size_t count);
  void push(Value value) { stack_.push_back(std::move(value)); }

  void range(std::size_t count);
  void object(const std::vector<std::u16string>& keys);
  void call(const Instruction& instruction);
  void begin_capture(const Instruction& instruction);
  bool begin_loop(const LoopNames& names, std::size_t loop);
  bool turn(const LoopNames& names);
  void bind(const LoopNames& names, Turning& turning);
  void bind_loop(const Turning& turning);

  const Program& program_;
  Budget budget_;
  Frames frames_;
  std::vector<Value> stack_, slots_;
  std::vector<Value> lengths_;  // by loop; as in Nunjucks, kept from the loop's last run
  std::vector<Turning> turning_;
  std::vector<std::u16string> written_;  // the last one is what text goes to
};

}  // namespace assay::templates
