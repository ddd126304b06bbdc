// liblzma's stream decoder.
#include "core/capture/xz_stream.h"

#include <lzma.h>

namespace weir::capture {

struct XzStream::State {
    lzma_stream stream = LZMA_STREAM_INIT;
    bool good = lzma_stream_decoder(&stream, kMaxMemory, LZMA_CONCATENATED) == LZMA_OK;
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { lzma_end(&stream); }
};

XzStream::XzStream() : state_(std::make_unique<State>()) {}
XzStream::~XzStream() = default;

XzStream::Result XzStream::decode(std::span<const std::byte>& in, bool last, std::span<std::byte> out,
                                  std::size_t& written) {
    written = 0;
    if (!state_->good) return Result::memory;
    lzma_stream& s = state_->stream;
    s.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    s.avail_in = in.size();
    s.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    s.avail_out = out.size();
    const lzma_ret code = lzma_code(&s, last ? LZMA_FINISH : LZMA_RUN);
    in = in.last(s.avail_in);
    written = out.size() - s.avail_out;
    if (code == LZMA_OK) return Result::more;
    if (code == LZMA_STREAM_END) return Result::end;
    return code == LZMA_MEMLIMIT_ERROR || code == LZMA_MEM_ERROR ? Result::memory : Result::damaged;
}

}  // namespace weir::capture
