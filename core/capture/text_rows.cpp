// One switch per field. Columns are sized before, so a step is a parse and a store.
#include "core/capture/text_rows.h"

#include "core/capture/text_states.h"
#include "core/flow/packet_record.h"
#include "core/flow/protocols.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace weir::capture::text {
namespace {

constexpr std::string_view kBadNumber = "unreadable number", kBadTime = "unreadable time",
                           kBadAddress = "unreadable address", kBadFlags = "unreadable flags",
                           kBadProtocol = "unreadable protocol", kNotIp = "not IP";

/// Stores a number that fits into T in a column of C.
template <class T, class C = T>
std::string_view store(void* to, std::size_t row, std::string_view text) {
    std::uint64_t v = 0;
    if (!numberOf(text, v) || v > std::numeric_limits<T>::max()) return kBadNumber;
    static_cast<C*>(to)[row] = C(v);
    return {};
}

std::uint8_t flagOfCount(Field f) {
    switch (f) {
        case Field::finCount: return flow::kFin;
        case Field::synCount: return flow::kSyn;
        case Field::rstCount: return flow::kRst;
        case Field::pshCount: return flow::kPsh;
        case Field::ackCount: return flow::kAck;
        case Field::urgCount: return flow::kUrg;
        case Field::cwrCount: return flow::kCwr;
        default: return flow::kEce;
    }
}

bool isIcmp(std::uint8_t protocol) { return protocol == flow::kIcmp || protocol == flow::kIcmp6; }

}  // namespace

RowDecoder::RowDecoder(const Plan& plan, flow::RecordColumns& out, std::size_t mostRows)
    : plan_(plan), out_(out), hasBothTimes_(plan.has(Field::start) && plan.has(Field::end)) {
    size(mostRows);
    for (std::size_t i = 0; i < plan.columns.size(); ++i) {
        const Column& c = plan.columns[i];
        hasProtocol_ |= c.field == Field::protocol;
        if (c.field != Field::none) steps_.push_back({c.field, c.form, c.second, c.index, int(i), target(c.field)});
    }
    if (!plan.unset.empty()) unset_ = plan.unset.front();
    if (!plan.empty.empty()) empty_ = plan.empty.front();
    // Protocols first: they say whether ports matter.
    std::stable_partition(steps_.begin(), steps_.end(), [](const Step& s) { return s.field == Field::protocol; });
}

void RowDecoder::size(std::size_t rows) {
    out_.clear();
    using flow::Col;
    out_.resize(rows, flow::cols(Col::start, Col::end, Col::src, Col::dst, Col::srcPort, Col::dstPort,
                                 Col::icmpTypeCode, Col::protocol, Col::tcpFlags, Col::packets, Col::bytes));
    // What no column fills is zero.
    const auto zero = [rows](auto& column) { column.assign(rows, 0); };
    zero(out_.srcPort);
    zero(out_.dstPort);
    zero(out_.icmpTypeCode);
    zero(out_.protocol);
    zero(out_.tcpFlags);
    zero(out_.packets);
    zero(out_.bytes);
    if (!plan_.has(Field::start) || !plan_.has(Field::end))
        out_.end.assign(rows, std::numeric_limits<std::int64_t>::min());
    if (!plan_.has(Field::start)) out_.start.assign(rows, std::numeric_limits<std::int64_t>::min());
    source_.resize(rows);
    destination_.resize(rows);
    if (plan_.has(Field::duration)) zero(duration_);
}

void* RowDecoder::target(Field field) {
    const std::size_t rows = out_.start.size();
    const auto sized = [rows](auto& column) -> void* {
        if (column.size() != rows) column.assign(rows, 0);
        return column.data();
    };
    switch (field) {
        case Field::start: return out_.start.data();
        case Field::end: return out_.end.data();
        case Field::duration: return sized(duration_);
        case Field::source: return source_.data();
        case Field::destination: return destination_.data();
        case Field::sourcePort: return sized(out_.srcPort);
        case Field::destinationPort: return sized(out_.dstPort);
        case Field::protocol: return sized(out_.protocol);
        case Field::tcpFlags: return sized(out_.tcpFlags);
        case Field::packets: return sized(out_.packets);
        case Field::bytes: return sized(out_.bytes);
        case Field::reversePackets: return sized(out_.reversePackets);
        case Field::reverseBytes: return sized(out_.reverseBytes);
        case Field::bothPackets: return sized(bothPackets_);
        case Field::bothBytes: return sized(bothBytes_);
        case Field::icmpTypeCode:
        case Field::argusIcmp: return sized(out_.icmpTypeCode);
        case Field::icmpType: return sized(icmpType_);
        case Field::icmpCode: return sized(icmpCode_);
        case Field::sourceAs: return sized(out_.srcAs);
        case Field::destinationAs: return sized(out_.dstAs);
        case Field::inInterface: return sized(out_.inIf);
        case Field::outInterface: return sized(out_.outIf);
        case Field::tos: return sized(out_.tos);
        case Field::destinationTos: return sized(out_.dstTos);
        case Field::sourceVlan: return sized(out_.srcVlan);
        case Field::destinationVlan: return sized(out_.dstVlan);
        case Field::sourceMask: return sized(out_.srcMask);
        case Field::destinationMask: return sized(out_.dstMask);
        case Field::samplingInterval: return sized(out_.samplingInterval);
        case Field::reverseTcpFlags:
        case Field::zeekHistory:
        case Field::zeekState:
        case Field::argusState: return sized(out_.reverseTcpFlags);
        case Field::none: return nullptr;
        default: return sized(anyFlags_);
    }
}

bool RowDecoder::portsMatter() const {
    const std::uint8_t p = out_.protocol[row_];
    return !hasProtocol_ || p == flow::kTcp || p == flow::kUdp || isIcmp(p) || p == 132 || p == 136 || p == 33;
}

std::string_view RowDecoder::putAddress(std::string_view text, std::uint32_t* v4, std::vector<Wide>& wide) {
    if (!v4Of(text, v4[row_])) {
        Wide w{row_, {}};
        if (!addressOf(text, w.address)) return kBadAddress;
        if (!wide.empty() && wide.back().row == row_) wide.pop_back();
        wide.push_back(w);
    }
    return {};
}

std::string_view RowDecoder::putProtocol(std::string_view text) {
    std::uint64_t number = 0;
    if (digitsOf(text, number)) {
        if (number > 255) return kBadProtocol;
        out_.protocol[row_] = std::uint8_t(number);
        return {};
    }
    if (text != protocolName_) {
        auto known = flow::protocolNumber(text);
        if (!known && (text == "rtp" || text == "rtcp" || text == "udt"))
            known = flow::kUdp;  // Argus names what UDP carries
        if (!known && text == "ipnip") known = std::uint8_t{4};
        if (!known && text == "unknown_transport") known = std::uint8_t{0};  // Zeek
        if (!known) return plan_.notIpIsFine ? kNotIp : kBadProtocol;
        protocolNumber_ = *known;
        protocolName_ = text;
    }
    out_.protocol[row_] = protocolNumber_;
    return {};
}

/// Columns that hold no plain number, address or time.
std::string_view RowDecoder::putText(const Step& step, std::string_view text) {
    switch (step.field) {
        case Field::zeekHistory: {
            const BothFlags f = flagsOfHistory(text);
            if (out_.protocol[row_] != flow::kTcp) return {};
            out_.tcpFlags[row_] = f.forward;
            out_.reverseTcpFlags[row_] = f.reverse;
            return {};
        }
        case Field::zeekState: {
            if (out_.protocol[row_] != flow::kTcp || out_.tcpFlags[row_] != 0 || out_.reverseTcpFlags[row_] != 0)
                return {};
            const BothFlags f = flagsOfZeekState(text);
            out_.tcpFlags[row_] = f.forward;
            out_.reverseTcpFlags[row_] = f.reverse;
            return {};
        }
        case Field::argusState: {
            BothFlags f;
            const std::uint8_t protocol = out_.protocol[row_];
            if (protocol == flow::kIcmp && out_.icmpTypeCode[row_] == 0) {
                const int type = icmpTypeOfArgusState(text);
                if (type > 0) out_.icmpTypeCode[row_] = std::uint16_t(type << 8);
            }
            if (protocol != flow::kTcp || !flagsOfArgusState(text, f)) return {};
            out_.tcpFlags[row_] = f.forward;
            out_.reverseTcpFlags[row_] = f.reverse;
            return {};
        }
        case Field::argusIcmp: {
            std::uint64_t v = 0;
            if (!isIcmp(out_.protocol[row_]) || !numberOf(text, v)) return {};
            const bool hex = text.substr(0, 2) == "0x";  // code above type; else the type alone
            out_.icmpTypeCode[row_] =
                hex ? std::uint16_t((v & 255) << 8 | (v >> 8 & 255)) : std::uint16_t((v & 255) << 8);
            return {};
        }
        default: {
            std::uint64_t v = 0;
            if (!numberOf(text, v)) return kBadNumber;
            auto* flags = static_cast<std::uint8_t*>(step.to);
            if (v > 0) flags[row_] |= flagOfCount(step.field);
            return {};
        }
    }
}

std::string_view RowDecoder::put(const Step& step, std::string_view text) {
    switch (step.field) {
        case Field::start:
        case Field::end:
            return clock_.timeOf(text, step.form, static_cast<std::int64_t*>(step.to)[row_]) ? std::string_view()
                                                                                             : kBadTime;
        case Field::duration: {
            if (durationOf(text, step.form, static_cast<std::int64_t*>(step.to)[row_])) return {};
            if (!hasBothTimes_) return kBadNumber;
            putNothing(step);  // start and end say it all: nfdump writes a negative duration as 2^64 less
            return {};
        }
        case Field::source: return putAddress(text, source_.data(), wideSource_);
        case Field::destination: return putAddress(text, destination_.data(), wideDestination_);
        case Field::protocol: return putProtocol(text);
        case Field::tcpFlags:
        case Field::reverseTcpFlags:
            return flagsOf(text, static_cast<std::uint8_t*>(step.to)[row_]) ? std::string_view() : kBadFlags;
        case Field::sourcePort:
        case Field::destinationPort: {
            const auto bad = store<std::uint16_t>(step.to, row_, text);
            if (bad.empty() || portsMatter()) return bad;
            static_cast<std::uint16_t*>(step.to)[row_] = 0;
            return {};
        }
        case Field::packets:
        case Field::bytes:
        case Field::reversePackets:
        case Field::reverseBytes:
        case Field::bothPackets:
        case Field::bothBytes: return store<std::uint64_t>(step.to, row_, text);
        case Field::icmpTypeCode:
        case Field::sourceVlan:
        case Field::destinationVlan: return store<std::uint16_t>(step.to, row_, text);
        case Field::sourceAs:
        case Field::destinationAs:
        case Field::inInterface:
        case Field::outInterface:
        case Field::samplingInterval: return store<std::uint32_t>(step.to, row_, text);
        case Field::icmpType: return store<std::uint8_t, std::uint16_t>(step.to, row_, text);
        case Field::icmpCode:
        case Field::tos:
        case Field::destinationTos:
        case Field::sourceMask:
        case Field::destinationMask: return store<std::uint8_t>(step.to, row_, text);
        default: return putText(step, text);
    }
}

/// A row that was refused may have left something in this place.
void RowDecoder::putNothing(const Step& step) {
    switch (step.field) {
        case Field::start:
        case Field::end: static_cast<std::int64_t*>(step.to)[row_] = std::numeric_limits<std::int64_t>::min(); return;
        case Field::duration: static_cast<std::int64_t*>(step.to)[row_] = 0; return;
        case Field::sourcePort:
        case Field::destinationPort:
        case Field::icmpTypeCode:
        case Field::argusIcmp:
        case Field::sourceVlan:
        case Field::destinationVlan: static_cast<std::uint16_t*>(step.to)[row_] = 0; return;
        case Field::icmpType: static_cast<std::uint16_t*>(step.to)[row_] = kNoType; return;
        case Field::packets:
        case Field::bytes:
        case Field::reversePackets:
        case Field::reverseBytes:
        case Field::bothPackets:
        case Field::bothBytes: static_cast<std::uint64_t*>(step.to)[row_] = 0; return;
        case Field::sourceAs:
        case Field::destinationAs:
        case Field::inInterface:
        case Field::outInterface:
        case Field::samplingInterval: static_cast<std::uint32_t*>(step.to)[row_] = 0; return;
        case Field::protocol:
        case Field::tcpFlags:
        case Field::reverseTcpFlags:
        case Field::icmpCode:
        case Field::tos:
        case Field::destinationTos:
        case Field::sourceMask:
        case Field::destinationMask: static_cast<std::uint8_t*>(step.to)[row_] = 0; return;
        default: return;
    }
}

Reject RowDecoder::add(const Line& line) {
    if (line.text.size() > kMaxRow) return {longRow(plan_.layout), -1, true};
    if (line.damaged)
        return {plan_.layout.delimiter ? std::string_view("quote without end") : std::string_view("damaged JSON"), -1,
                true};
    if (!line.enough) return {"row with too few fields", -1, true};
    assert(row_ < out_.start.size());
    filled_ = 0;
    if (plan_.derivesFlags) out_.tcpFlags[row_] = out_.reverseTcpFlags[row_] = 0;
    if (!anyFlags_.empty()) anyFlags_[row_] = 0;
    const std::size_t wideSources = wideSource_.size(), wideDestinations = wideDestination_.size();
    Reject bad;
    for (std::size_t s = 0; s < steps_.size() && !bad; ++s) {
        const Step& step = steps_[s];
        const std::string_view text = line.fields[step.index];
        const std::uint64_t bit = std::uint64_t{1} << unsigned(step.field);
        if (text.empty() ||
            ((text.front() == unset_ || text.front() == empty_) && (text == plan_.unset || text == plan_.empty))) {
            if (!step.second) putNothing(step);
            continue;
        }
        if (step.second && filled_ & bit) continue;
        filled_ |= bit;
        const auto reason = put(step, text);
        if (!reason.empty()) bad = {reason, step.column, reason != kNotIp};
    }
    constexpr auto kBothEnds = std::uint64_t{1} << unsigned(Field::source) | std::uint64_t{1}
                                                                                 << unsigned(Field::destination);
    if (!bad && (filled_ & kBothEnds) != kBothEnds) bad = {"row without addresses", -1, true};
    constexpr auto kNone = std::numeric_limits<std::int64_t>::min();
    if (!bad && out_.start[row_] == kNone && out_.end[row_] == kNone) bad = {"row without time", -1, true};
    if (bad) {
        wideSource_.resize(wideSources);
        wideDestination_.resize(wideDestinations);
        return bad;
    }
    ++row_;
    return {};
}

void RowDecoder::restart() {
    row_ = 0;
    wideSource_.clear();
    wideDestination_.clear();
}

}  // namespace weir::capture::text
