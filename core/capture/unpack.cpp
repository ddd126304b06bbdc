// libarchive's filters over a file.
#include "core/capture/unpack.h"

#include <archive.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace weir::capture {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kSliceBytes = 64u << 10;  ///< handed over at once: a request to stop is seen between two

struct Magic {
    std::string_view bytes, name;
};
constexpr auto kMagics = std::to_array<Magic>({
    {"\x1f\x8b\x08"sv, "gzip"},
    {"BZh"sv, "bzip2"},
    {"\xfd"
     "7zXZ\0"sv,
     "xz"},
    {"\x28\xb5\x2f\xfd"sv, "zstd"},
    {"\x04\x22\x4d\x18"sv, "lz4"},
});

}  // namespace

std::string_view packingOf(std::span<const std::byte> head) {
    for (const Magic& m : kMagics)
        if (head.size() >= m.bytes.size() && std::memcmp(head.data(), m.bytes.data(), m.bytes.size()) == 0)
            return m.name;
    return {};
}

std::string_view problemOf(UnpackEnd end) {
    if (end == UnpackEnd::damaged) return "damaged archive";
    if (end == UnpackEnd::memory) return "archive needs more than 512 MB of memory: unpack it first";
    return {};
}

void Unpacker::Free::operator()(archive* a) const noexcept { archive_read_free(a); }

Unpacker::Unpacker(const FileBytes& packed, std::uint64_t max, std::stop_token stop,
                   std::atomic<std::uint64_t>* packedRead)
    : packed_(packed), max_(max), stop_(std::move(stop)), packedRead_(packedRead), archive_(archive_read_new()) {
    archive* const a = archive_.get();
    end_ = UnpackEnd::damaged;
    if (!a) return;
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_filter_lz4(a);
    archive_read_support_format_raw(a);
    archive_read_support_format_empty(a);
    if (packingOf(packed_.read(0, std::min<std::size_t>(16, packed_.size()), space_)) == "xz") {
        xz_ = std::make_unique<XzStream>();
        decoded_.resize(kSliceBytes);
    }
    archive_entry* entry = nullptr;
    const auto supplier = [](archive* of, void* self, const void** bytes) -> la_ssize_t {
        return supply(of, self, bytes);
    };
    const int code = archive_read_open(a, this, nullptr, supplier, nullptr) == ARCHIVE_OK
                         ? archive_read_next_header(a, &entry)
                         : ARCHIVE_FATAL;
    if (stopped()) end_ = UnpackEnd::stopped;
    // Bytes that no filter knows would come through as they are.
    else if (!xz_ && archive_filter_code(a, 0) == ARCHIVE_FILTER_NONE)
        return;
    else if (code == ARCHIVE_OK)
        end_ = UnpackEnd::running;
    else if (code == ARCHIVE_EOF)
        end_ = UnpackEnd::whole;
    else if (xzEnd_ == UnpackEnd::memory)
        end_ = UnpackEnd::memory;
}

Unpacker::~Unpacker() = default;

long Unpacker::supply(archive* a, void* self, const void** bytes) {
    auto& me = *static_cast<Unpacker*>(self);
    if (me.stopped()) {
        archive_set_error(a, EINTR, "stopped");
        return ARCHIVE_FATAL;
    }
    if (me.xz_) return me.supplyXz(a, bytes);
    const auto slice = me.nextPacked();
    *bytes = slice.data();
    return long(slice.size());
}

std::span<const std::byte> Unpacker::nextPacked() {
    const auto slice = packed_.read(at_, std::min(kSliceBytes, packed_.size() - at_), space_);
    at_ += slice.size();
    if (packedRead_) packedRead_->store(at_, std::memory_order_relaxed);
    return slice;
}

/// What was decoded before an error is given first.
long Unpacker::supplyXz(archive* a, const void** bytes) {
    std::size_t n = 0;
    while (n == 0 && xzEnd_ == UnpackEnd::running && !stopped()) {
        if (packedSlice_.empty()) packedSlice_ = nextPacked();
        switch (xz_->decode(packedSlice_, at_ == packed_.size(), {decoded_.data(), decoded_.size()}, n)) {
            case XzStream::Result::more: break;
            case XzStream::Result::end: xzEnd_ = UnpackEnd::whole; break;
            case XzStream::Result::damaged: xzEnd_ = UnpackEnd::damaged; break;
            case XzStream::Result::memory: xzEnd_ = UnpackEnd::memory; break;
        }
    }
    *bytes = decoded_.data();
    if (n > 0 || xzEnd_ == UnpackEnd::whole) return long(n);
    archive_set_error(a, EINVAL, "xz");
    return ARCHIVE_FATAL;
}

void Unpacker::next() {
    const void* data = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    if (stopped()) {
        end_ = UnpackEnd::stopped;
        return;
    }
    const int code = archive_read_data_block(archive_.get(), &data, &size, &offset);
    if (code == ARCHIVE_EOF)
        end_ = UnpackEnd::whole;
    else if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
        end_ = stopped() ? UnpackEnd::stopped : xzEnd_ == UnpackEnd::memory ? UnpackEnd::memory : UnpackEnd::damaged;
    else
        pending_ = {static_cast<const std::byte*>(data), size};
}

std::size_t Unpacker::read(std::span<std::byte> out) {
    std::size_t done = 0;
    while (done < out.size() && end_ == UnpackEnd::running) {
        if (pending_.empty()) {
            next();
            continue;
        }
        const auto room = std::size_t(std::min<std::uint64_t>(max_ - given_, out.size() - done));
        if (room == 0) {
            end_ = UnpackEnd::limit;
            break;
        }
        const std::size_t n = std::min(room, pending_.size());
        std::memcpy(out.data() + done, pending_.data(), n);
        pending_ = pending_.subspan(n);
        given_ += n;
        done += n;
    }
    return done;
}

Buffer<std::byte> unpackedHead(const FileBytes& packed, std::size_t bytes) {
    Buffer<std::byte> out(bytes);
    Unpacker unpacker(packed, bytes);
    out.resize(unpacker.read({out.data(), bytes}));
    return out;
}

}  // namespace weir::capture
