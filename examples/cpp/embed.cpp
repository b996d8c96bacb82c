// How alike are the texts? Embeds them and prints the cosine of each with the first.
//
//   OPENAI_API_KEY=… embed TEXT TEXT…
#include <cmath>
#include <vector>

#include "examples/cpp/world.hpp"

namespace {

double dot(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t n = 0; n < a.size() && n < b.size(); ++n)
    sum += static_cast<double>(a[n]) * static_cast<double>(b[n]);
  return sum;
}

}  // namespace

int main(int count, char** words) {
  World world;
  std::vector<std::string> texts(words + 1, words + count);
  if (texts.empty()) texts = {"a cat", "a kitten", "a cathedral"};

  const auto made = world.loop.run(world.client.embed("openai/text-embedding-3-small", texts));
  if (!made) return say(made.error());

  const std::vector<float>& first = made->vectors.front();
  for (std::size_t n = 0; n < texts.size(); ++n) {
    const double length = std::sqrt(dot(first, first) * dot(made->vectors[n], made->vectors[n]));
    std::printf("%.4f  %s\n", length > 0 ? dot(first, made->vectors[n]) / length : 0.0, texts[n].c_str());
  }
  std::printf("%lld tokens, cost $%s\n", static_cast<long long>(made->usage.prompt_tokens()),
              dollars(made->cost).c_str());
}
