// Naming files that no reader takes, and what to do with them.
#include "core/base/byte_cursor.h"
#include "core/capture/reader.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace weir::capture {
namespace {

using Head = std::span<const std::byte>;

struct Signature {
    std::string_view bytes;
    std::size_t offset;
    std::string_view advice;
};
using namespace std::string_view_literals;
// clang-format off
constexpr auto kSignatures = std::to_array<Signature>({
    {"\x1f\x8b"sv, 0, "a gzip archive; unpack it first: gzip -d"},
    {"\x28\xb5\x2f\xfd"sv, 0, "a zstd archive; unpack it first: zstd -d"},
    {"\xfd"
     "7zXZ\0"sv,
     0, "an xz archive; unpack it first: xz -d"},
    {"BZh"sv, 0, "a bzip2 archive; unpack it first: bzip2 -d"},
    {"\x04\x22\x4d\x18"sv, 0, "an lz4 archive; unpack it first: lz4 -d"},
    {"PK\x03\x04"sv, 0, "a zip archive; unpack it first: unzip"},
    {"7z\xbc\xaf\x27\x1c"sv, 0, "a 7-Zip archive; unpack it first: 7z x"},
    {"ustar"sv, 257, "a tar archive; unpack it first: tar -xf"},
    {"\xcf\x10"sv, 0, "a flow-tools file; export its flows with flow-export, or send them to nfcapd with flow-send"},
    {"snoop\0\0\0"sv, 0, "a snoop packet trace; convert it first: editcap -F pcapng"},
    {"GMBU"sv, 0, "a Network Monitor packet trace; convert it first: editcap -F pcapng"},
    {"\xde\xad\xbe\xef"sv, 0, "a SiLK file; convert it first: rwsilk2ipfix, then nfdump's tools"},
    {"SQLite format 3\0"sv, 0, "an SQLite database; a Weir project is opened, not imported"},
    {"\x34\xcd\xb2\xa1"sv, 0, "a pcap file of a patched libpcap; convert it first: editcap -F pcapng"},
    {"\xa1\xb2\xcd\x34"sv, 0, "a pcap file of a patched libpcap; convert it first: editcap -F pcapng"},
    {"\x7f"
     "ELF"sv,
     0, "a program"},
    {"\xef\xbb\xbf"sv, 0, "a text file; captures are binary: export it again as pcap, pcapng or nfcapd"},
});
// clang-format on

bool matches(Head head, const Signature& s) {
    if (head.size() < s.offset + s.bytes.size()) return false;
    return std::memcmp(head.data() + s.offset, s.bytes.data(), s.bytes.size()) == 0;
}

/// An Argus stream begins with a management record: type 8 in the upper half, version 3 or later in the lower one,
/// cause "start".
bool looksLikeArgus(Head head) {
    ByteCursor c(head);
    const auto type = c.be<std::uint8_t>(), cause = c.be<std::uint8_t>();
    const auto words = c.be<std::uint16_t>();
    return c.ok() && type >> 4 == 8 && (type & 15) >= 2 && (cause & 0xf0) == 0x10 && words >= 16 && words <= 64;
}

/// ERF has no magic: the first two record headers must be sound (little-endian time, known type, lengths that fit).
bool looksLikeErf(Head head) {
    for (int records = 0; records < 2; ++records) {
        ByteCursor c(head);
        c.skip(4);
        const auto seconds = c.le<std::uint32_t>();
        const auto type = c.be<std::uint8_t>();
        c.skip(1);
        const auto recordLength = c.be<std::uint16_t>();
        c.skip(2);
        const auto wireLength = c.be<std::uint16_t>();
        if (!c.ok() || seconds < 631152000u || seconds > 4102444800u || (type & 0x7f) == 0 || (type & 0x7f) > 48)
            return false;
        if (recordLength < 16 || recordLength > head.size() || wireLength == 0 || wireLength > 16384) return false;
        head = head.subspan(recordLength);
    }
    return true;
}

bool looksLikeText(Head head) {
    const auto isText = [](std::byte b) {
        const auto c = std::to_integer<unsigned char>(b);
        return c >= 0x80 || std::isprint(c) || c == '\t' || c == '\r' || c == '\n';
    };
    const Head sample = head.first(std::min<std::size_t>(head.size(), 512));
    return std::all_of(sample.begin(), sample.end(), isText) && std::to_integer<unsigned char>(sample[0]) < 0x80;
}

std::string describeText(Head head) {
    const Head sample = head.first(std::min<std::size_t>(head.size(), 512));
    const auto first = static_cast<char>(sample[0]);
    if (first == '{' || first == '[')
        return "a JSON text without the names of Zeek or IPFIX; if it has one flow a line, say which member is what: "
               "--format csv --map 'sourceIPv4Address=NAME,…'";
    return "a text without columns that are separated by comma, tab, | or ;";
}

std::string hexOf(Head head) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (const std::byte b : head.first(std::min<std::size_t>(head.size(), 8))) {
        const auto v = std::to_integer<unsigned>(b);
        if (!out.empty()) out += ' ';
        out += kDigits[v >> 4];
        out += kDigits[v & 15];
    }
    return out;
}

}  // namespace

std::string describeUnknown(std::span<const std::byte> head) {
    if (head.empty()) return "the file is empty";
    for (const Signature& s : kSignatures)
        if (matches(head, s)) return "this looks like " + std::string(s.advice);
    if (looksLikeArgus(head)) return "this looks like an Argus file; import the packet trace it was made from";
    if (looksLikeErf(head)) return "this looks like an ERF packet trace; convert it first: editcap -F pcapng";
    if (looksLikeText(head)) return "this looks like " + describeText(head);
    std::string known;
    for (const ReaderDef& reader : readers()) known += (known.empty() ? "" : ", ") + std::string(reader.id);
    return "unknown format (first bytes " + hexOf(head) + "); readable formats: " + known;
}

}  // namespace weir::capture
