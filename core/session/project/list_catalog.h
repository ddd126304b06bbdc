// The lists of a project: those shipped with Weir, and its own with all vintages.
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

/// Names of lists computed from the data; users cannot use them for a list.
inline constexpr std::string_view kDarkList = "dark";

/// One list with its vintages, oldest first.
struct ListInfo {
    std::string name;
    bool shipped = false;
    std::vector<store::StoredList> vintages;
};

/// Loads list texts from the project file and parses them when a filter first names the list. Thread-safe.
class ListCatalog {
public:
    ListCatalog() = default;
    ListCatalog(store::DbAddress texts, std::vector<store::StoredList> stored);

    const std::vector<ListInfo>& lists() const { return lists_; }
    /// The list of that name, ignoring case. Each vintage applies to flows from its date on; the oldest one also to all
    /// earlier flows.
    flow::ListAnswer find(std::string_view name) const;
    /// The entire parsed vintage, with its lines. Errors: store.
    Result<std::shared_ptr<const lists::List>> load(const ListInfo& list, std::size_t vintage) const;

    /// The list of that name, ignoring case; nullptr = none.
    const ListInfo* infoOf(std::string_view name) const;
    /// Index of the vintage that applies to a flow of that time (µs): the latest one not newer, else the oldest.
    /// REQUIRES a list of lists().
    static std::size_t vintageAt(const ListInfo& list, std::int64_t us);
    /// The comment in a line of the vintage. Reads the text again. Errors: store.
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
