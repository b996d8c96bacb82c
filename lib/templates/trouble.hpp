#pragma once
#include <cstddef>
#include <string>

#include "templates/fault.hpp"

namespace assay::templates {

/// Thrown inside this room only: the template cannot go on. compile() and render() turn it into a Fault.
struct Trouble {
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  Fault::Kind kind = Fault::Kind::value;
  std::string message;
  std::size_t at = nowhere;  ///< byte of the template; a filter does not know it, the machine adds it
};

[[noreturn]] void raise(std::string message);  ///< a value of the wrong kind

}  // namespace assay::templates
