#include "tests/support/held_memory.hpp"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

// The linker's --wrap gives these names: __real_x is the library's x, and who calls x gets __wrap_x.
extern "C" {
void* __real_malloc(std::size_t size);
void* __real_calloc(std::size_t count, std::size_t size);
void* __real_realloc(void* block, std::size_t size);
void __real_free(void* block);
void* __wrap_malloc(std::size_t size);
void* __wrap_calloc(std::size_t count, std::size_t size);
void* __wrap_realloc(void* block, std::size_t size);
void __wrap_free(void* block);
}

namespace {

std::atomic<std::ptrdiff_t> held_bytes{0}, most_bytes{0};

void* counted(void* block) {
  if (block == nullptr) return block;
  const std::ptrdiff_t total = held_bytes += static_cast<std::ptrdiff_t>(malloc_usable_size(block));
  std::ptrdiff_t before = most_bytes;
  while (total > before && !most_bytes.compare_exchange_weak(before, total)) {
  }
  return block;
}

void* allocate(std::size_t size) {
  void* block = counted(__real_malloc(std::max<std::size_t>(size, 1)));
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void release(void* block) {
  if (block != nullptr) held_bytes -= static_cast<std::ptrdiff_t>(malloc_usable_size(block));
  __real_free(block);
}

}  // namespace

void* __wrap_malloc(std::size_t size) {
  return counted(__real_malloc(size));
}
void* __wrap_calloc(std::size_t count, std::size_t size) {
  return counted(__real_calloc(count, size));
}
void __wrap_free(void* block) {
  release(block);
}

/// As if the new block were there before the old one goes.
void* __wrap_realloc(void* block, std::size_t size) {
  const std::size_t old = block == nullptr ? 0 : malloc_usable_size(block);
  void* moved = counted(__real_realloc(block, size));
  if (moved != nullptr) held_bytes -= static_cast<std::ptrdiff_t>(old);
  return moved;
}

void* operator new(std::size_t size) {
  return allocate(size);
}
void* operator new[](std::size_t size) {
  return allocate(size);
}
void operator delete(void* block) noexcept {
  release(block);
}
void operator delete[](void* block) noexcept {
  release(block);
}
void operator delete(void* block, std::size_t) noexcept {
  release(block);
}
void operator delete[](void* block, std::size_t) noexcept {
  release(block);
}

namespace assay::testing {

HeldMemory::HeldMemory() : before_(held_bytes) {
  most_bytes = before_;
}

std::size_t HeldMemory::most() const {
  return static_cast<std::size_t>(most_bytes - before_);
}

}  // namespace assay::testing
