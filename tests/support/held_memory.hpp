#pragma once
#include <cstddef>

/// The heap of a whole test program, counted: linking held_memory.cpp replaces operator new and delete, and malloc and
/// its kin for the objects of this program (see --wrap in CMakeLists.txt). Sizes are those the allocator gave.
namespace assay::testing {

/// What the program holds beyond what it held when this was made. One at a time; one thread.
class HeldMemory {
 public:
  HeldMemory();
  std::size_t most() const;  ///< so far, reallocations with both of their blocks included

 private:
  std::ptrdiff_t before_;
};

}  // namespace assay::testing
