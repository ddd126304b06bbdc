// Rows of fields → columns of records, by a plan.
#pragma once

#include "core/capture/reader.h"
#include "core/capture/text_plan.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::capture::text {

/// Why a row was not taken; an empty reason = it was. The reason is a literal.
struct Reject {
    std::string_view reason;
    int column = -1;  ///< index in Plan::columns, -1 = the row as a whole
    bool damage = true;
    explicit operator bool() const { return !reason.empty(); }
};

/// Why a row of more than kMaxRow bytes is damage.
inline std::string_view longRow(const Layout& layout) {
    return layout.delimiter ? "line over 1 MB" : "JSON object over 1 MB";
}

/// Appends rows to columns that it sizes itself. Plan and columns must outlive it.
class RowDecoder {
public:
    RowDecoder(const Plan& plan, flow::RecordColumns& out, std::size_t mostRows);
    /// A row beyond `mostRows` is a bug of the caller.
    Reject add(const Line& line);
    std::size_t rows() const { return row_; }
    /// Forgets the rows: for checking without keeping.
    void restart();
    /// Looks up the addresses, derives what follows from other columns (ends, reverse counters, ICMP) and cuts the
    /// columns to length.
    void finish(flow::AddressDictionary& dictionary);

private:
    struct Step {
        Field field = Field::none;
        Form form = Form::automatic;
        bool second = false;
        std::uint16_t index = 0;
        int column = -1;     ///< in Plan::columns
        void* to = nullptr;  ///< first element of the column, of the type that the field asks for
    };
    struct Wide {
        std::size_t row;
        flow::IpAddr address;
    };

    void* target(Field field);
    void size(std::size_t rows);
    std::string_view put(const Step& step, std::string_view text);
    std::string_view putText(const Step& step, std::string_view text);
    void putNothing(const Step& step);
    std::string_view putAddress(std::string_view text, std::uint32_t* v4, std::vector<Wide>& wide);
    std::string_view putProtocol(std::string_view text);
    bool portsMatter() const;

    void finishAddresses(flow::AddressDictionary& dictionary);
    void finishTimes();
    void finishCounters();
    void finishFlags();
    void finishIcmp();

    const Plan& plan_;
    flow::RecordColumns& out_;
    std::vector<Step> steps_;
    std::size_t row_ = 0;
    bool hasProtocol_ = false;
    bool hasBothTimes_;
    char unset_ = '\0', empty_ = '\0';  ///< first letters of what stands for no value
    Clock clock_;
    std::string protocolName_;  ///< the last one that was looked up
    std::uint8_t protocolNumber_ = 0;
    Buffer<std::uint32_t> source_, destination_;
    std::vector<Wide> wideSource_, wideDestination_;
    std::uint64_t filled_ = 0;  ///< bit of each Field that the current row has a value for
    Buffer<std::int64_t> duration_;
    Buffer<std::uint64_t> bothPackets_, bothBytes_;
    Buffer<std::uint16_t> icmpType_;  ///< kNoType where the row says none
    Buffer<std::uint8_t> icmpCode_, anyFlags_;
    static constexpr std::uint16_t kNoType = 0xffff;
};

}  // namespace weir::capture::text
