#pragma once

namespace assay {

/// 128 bits for exact products of 64-bit numbers; kept out of interfaces.
__extension__ typedef unsigned __int128 Wide;

}  // namespace assay
