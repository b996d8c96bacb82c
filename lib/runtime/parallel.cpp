#include "runtime/parallel.hpp"

#include <thread>
#include <vector>

namespace assay {

void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::thread> threads;
  for (std::size_t number = 1; number < count; ++number) threads.emplace_back(work, number);
  if (count > 0) work(0);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace assay
