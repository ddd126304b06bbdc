// Flow files for comparisons with nfdump that every machine can make.
#pragma once

#include <QStringList>

namespace weir::test {

/// The shipped sample capture; the program ends when it is missing.
QString sampleCapture();

/// Writes into `folder` and names five files: the sample as nfpcapd (of the nfdump package) makes flows of it, a file
/// for every quarter of an hour, IPv4 and IPv6; and 3,000 IPv4 records with few values in every field, in both layouts
/// of nfcapd files. Up to 10,000 records each; empty when nfpcapd fails.
QStringList ownNfcapd(const QString& folder);

}  // namespace weir::test
