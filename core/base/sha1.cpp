// SHA-1 through libcrypto's EVP interface.
#include "core/base/sha1.h"

#include <openssl/evp.h>
#include <memory>
#include <new>

namespace weir {
namespace {

struct FreeSha1Context {
    void operator()(EVP_MD_CTX* c) const noexcept { EVP_MD_CTX_free(c); }
};
struct FreeMethod {
    void operator()(EVP_MD* m) const noexcept { EVP_MD_free(m); }
};

/// Looking the method up costs more than a short digest: once a thread.
struct Hasher {
    std::unique_ptr<EVP_MD, FreeMethod> method{EVP_MD_fetch(nullptr, "SHA1", nullptr)};
    std::unique_ptr<EVP_MD_CTX, FreeSha1Context> context{EVP_MD_CTX_new()};
    Hasher() {
        if (!method || !context) throw std::bad_alloc();
    }
};

}  // namespace

Sha1 sha1Of(std::span<const std::uint8_t> bytes) {
    thread_local const Hasher hasher;
    Sha1 out{};
    EVP_MD_CTX* const c = hasher.context.get();
    if (EVP_DigestInit_ex(c, hasher.method.get(), nullptr) != 1 ||
        EVP_DigestUpdate(c, bytes.data(), bytes.size()) != 1 || EVP_DigestFinal_ex(c, out.data(), nullptr) != 1)
        throw std::bad_alloc();
    return out;
}

}  // namespace weir
