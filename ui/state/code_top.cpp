// See code_top.h.
#include "ui/state/code_top.h"

#include "ui/state/workbench.h"
#include "ui/text/format.h"

namespace weir::ui {
namespace {

CodeTop topOf(const session::GroupList& list) {
    CodeTop out;
    out.total = list.groups.total.flows;
    out.otherRecords = out.total;
    for (std::size_t g = 0; g < list.size(); ++g) {
        out.rows.push_back({fromUtf8(list.text(g, 0)), list.groups.sums[g].flows});
        out.otherRecords -= out.rows.back().records;
    }
    out.others = list.groups.count - list.size();
    return out;
}

}  // namespace

CodeTopQuery::CodeTopQuery(Workbench& workbench, const char* element, std::uint64_t most, QObject* parent)
    : QObject(parent), workbench_(workbench), element_(element), most_(most), lane_(workbench.jobs()) {}

void CodeTopQuery::ask(int test) {
    const auto selection =
        workbench_.scores().selection();  // codes are selected among these rows, so they do not narrow them
    const auto& tests = workbench_.scores().profile().tests;
    problem_.clear();
    if (!selection || !selection->snapshot->scores || !selection->snapshot->scores->byRecord() || test < 0 ||
        std::size_t(test) >= tests.size()) {
        lane_.cancel();
        asked_ = false;
        answer_ = {};
        emit answered();
        return;
    }
    session::TopRequest request;
    request.query = selection->query;
    request.query.filter =
        toUtf8(combineFilters(fromUtf8(selection->query.filter),
                              fromUtf8(session::codeFilter(tests[std::size_t(test)].code)), FilterMode::andAlso));
    request.query.sort = session::Field::id;
    request.alternatives = tally::keysOf(*tally::parseTop(element_));
    request.most = most_;
    request.complete = false;
    asked_ = true;
    lane_.start(
        tr("Top values of a code"),
        [selection, request = std::move(request)](JobContext& job) -> Result<CodeTop> {
            const auto list = session::topGroups(selection->snapshot, selection->judgement, request, job);
            if (!list) return list.error();
            return topOf(*list);
        },
        [this](Result<CodeTop> top) {
            if (!asked_ || (!top && top.error().code == Errc::cancelled)) return;
            answer_ = top ? std::move(*top) : CodeTop();
            problem_ = top ? QString() : fromUtf8(top.error().detail);
            emit answered();
        },
        false);
}

}  // namespace weir::ui
