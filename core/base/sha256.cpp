// SHA-256 through libcrypto's EVP interface.
#include "core/base/sha256.h"

#include "core/base/mapped_file.h"

#include <openssl/evp.h>
#include <algorithm>
#include <memory>

namespace weir {
namespace {

struct FreeContext {
    void operator()(EVP_MD_CTX* c) const noexcept { EVP_MD_CTX_free(c); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

Context begin() {
    Context c(EVP_MD_CTX_new());
    if (!c || EVP_DigestInit_ex(c.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
    return c;
}

std::string finish(Context c) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    EVP_DigestFinal_ex(c.get(), digest, &n);
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out;
    for (unsigned i = 0; i < n; ++i) {
        out += kHex[digest[i] >> 4];
        out += kHex[digest[i] & 15];
    }
    return out;
}

}  // namespace

std::string sha256Hex(std::string_view bytes) {
    Context c = begin();
    EVP_DigestUpdate(c.get(), bytes.data(), bytes.size());
    return finish(std::move(c));
}

Result<std::string> sha256File(const std::string& path, JobContext& job) {
    auto file = MappedFile::open(path);
    if (!file) return file.error();
    const auto bytes = file->bytes();
    Context c = begin();
    constexpr std::size_t kStep = 4u << 20;
    for (std::size_t at = 0; at < bytes.size(); at += kStep) {
        if (!job.step(at, bytes.size(), "computing checksums", "bytes")) return cancelledError();
        EVP_DigestUpdate(c.get(), bytes.data() + at, std::min(kStep, bytes.size() - at));
    }
    return finish(std::move(c));
}

}  // namespace weir
