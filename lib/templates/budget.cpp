#include "templates/budget.hpp"

#include "templates/trouble.hpp"

namespace assay::templates {
namespace {

void add(std::size_t& used, std::size_t more, std::size_t limit, const char* what, const char* name) {
  if (more > limit - used) exceed(what, limit, name);
  used += more;
}

}  // namespace

void raise(std::string message) {
  throw Trouble{Fault::Kind::value, std::move(message), Trouble::nowhere};
}

void exceed(const char* what, std::size_t limit, const char* name) {
  throw Trouble{Fault::Kind::limit, std::string(what) + " (" + name + " " + std::to_string(limit) + ")",
                Trouble::nowhere};
}

void Budget::step(std::size_t count) {
  add(steps_, count, limits_.max_steps, "the template takes too many steps", "max_steps");
}

void Budget::iterate() {
  add(iterations_, 1, limits_.max_iterations, "the template's loops turn too often", "max_iterations");
}

void Budget::build(std::size_t bytes) {
  add(built_, bytes, limits_.max_built_bytes, "the template builds too much", "max_built_bytes");
}

void Budget::nest(std::size_t depth) const {
  if (depth > limits_.max_value_depth) exceed("a value nests too deep", limits_.max_value_depth, "max_value_depth");
}

}  // namespace assay::templates
