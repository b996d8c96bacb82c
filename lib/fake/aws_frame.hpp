#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::fake {

/// One frame of AWS's event stream: lengths, headers, payload and both checksums, as AWS documents them ("Amazon
/// Transcribe, event stream encoding"). `exception`: its type is named as one.
std::string aws_frame(std::string_view name, std::string_view payload, bool exception = false);

/// The same frame with `part` of its payload replaced, its lengths and checksums right again.
std::string aws_frame_with(std::string frame, std::string_view part, std::string_view by);

/// The first twelve bytes of a frame that announces `bytes` in all.
std::string aws_prelude(std::uint32_t bytes, std::uint32_t headers);

}  // namespace assay::fake
