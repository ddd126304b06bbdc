// Keeps the support library non-empty for every build.
namespace weir::support {
void anchor();
void anchor() {}
}  // namespace weir::support
