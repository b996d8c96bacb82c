#pragma once
#include <tl/expected.hpp>

namespace assay {

/// A value, or the reason there is none. For outcomes that a caller branches on; exceptions mean "this unit of work
/// cannot continue". An alias, so that std::expected is one line away.
template <class T, class E>
using Result = tl::expected<T, E>;

/// Wraps an error for returning from a function that answers with a Result.
template <class E>
tl::unexpected<std::decay_t<E>> failure(E&& error) {
  return tl::unexpected<std::decay_t<E>>(std::forward<E>(error));
}

}  // namespace assay
