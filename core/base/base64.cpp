// Base64 by libcrypto; the strictness is ours.
#include "core/base/base64.h"

#include <openssl/evp.h>

namespace weir {

std::string base64(std::span<const std::uint8_t> bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
    out.resize(
        std::size_t(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(), int(bytes.size()))));
    return out;
}

std::optional<std::vector<std::uint8_t>> fromBase64(std::string_view text) {
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
    if (text.size() % 4 != 0 ||
        text.substr(0, text.size() - padding)
                .find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") != text.npos)
        return {};
    std::vector<std::uint8_t> out(text.size() / 4 * 3);
    if (EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()), int(text.size())) < 0)
        return {};
    out.resize(out.size() - padding);
    return out;
}

}  // namespace weir
