// The lists that a project knows: those that ship, and its own with all their vintages.
#pragma once

#include "core/flow/filter_terms.h"
#include "core/lists/list.h"
#include "core/store/project_file.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Names that are computed from the data and cannot be given to a list.
inline constexpr std::string_view kDarkList = "dark";

/// One list with its vintages, the oldest first.
struct ListInfo {
    std::string name;
    bool shipped = false;
    std::vector<store::StoredList> vintages;
};

/// Texts are read from the project file and parsed when a filter first names their list. Thread-safe.
class ListCatalog {
public:
    ListCatalog() = default;
    ListCatalog(store::DbAddress texts, std::vector<store::StoredList> stored);

    const std::vector<ListInfo>& lists() const { return lists_; }
    /// The list of that name in any case, each vintage for the flows from its day on, the oldest for all before as
    /// well.
    flow::ListAnswer find(std::string_view name) const;
    /// All of a vintage, for those who want its lines. Errors: store.
    Result<std::shared_ptr<const lists::List>> load(const ListInfo& list, std::size_t vintage) const;

    /// The list of that name in any case; nullptr = none.
    const ListInfo* infoOf(std::string_view name) const;
    /// The vintage that a flow of that time is judged by: the latest one that is not younger, else the oldest. REQUIRES
    /// a list of lists().
    static std::size_t vintageAt(const ListInfo& list, std::int64_t us);
    /// What a line of the vintage says besides its address. Reads the text again. Errors: store.
    Result<std::string> commentAt(const ListInfo& list, std::size_t vintage, std::uint32_t line) const;

private:
    Result<std::string> textOf(const ListInfo& list, const store::StoredList& vintage) const;
    using Key = std::pair<std::string, std::string>;  ///< name and date

    store::DbAddress texts_;
    std::vector<ListInfo> lists_;
    mutable std::mutex mutex_;
    mutable std::map<Key, std::shared_ptr<const lists::List>> loaded_;
    mutable std::map<std::string, flow::ListAnswer> answers_;
};

/// The lists that ship with the program.
const ListCatalog& shippedCatalog();

}  // namespace weir::session
