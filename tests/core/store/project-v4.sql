PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE source(
  number INTEGER PRIMARY KEY,          -- from 1, never reused
  state TEXT NOT NULL,                 -- importing, complete, removed
  owner INTEGER NOT NULL DEFAULT 0,    -- process that imports it or may undo its removal
  path TEXT, kind TEXT, sha256 TEXT,
  flows INTEGER, packets INTEGER, bytes INTEGER,
  first_us INTEGER, last_us INTEGER,   -- microseconds since 1970 UTC
  file_bytes INTEGER, packets_seen INTEGER, seconds REAL,
  imported_at TEXT, settings TEXT,
  folder TEXT NOT NULL DEFAULT '');
INSERT INTO source VALUES(1,'complete',0,'mixed-us.pcap','pcap','be9e061faa9a395e8752f1193b676947327f8b3b2814369baba559c229dc65ab',6,12,662,1700000000000000,1700005910916249,1046,12,0.012028290000000000509,'2026-12-01T06:21:54.235Z','{"local":"10.0.0.0/8","capture.export-ports":"2055, 4739, 6343, 9995, 9996","capture.inner-flows":"false","capture.most-unpacked":"8192","meter.active":"300","meter.idle":"60","clean.duplicates":"true","clean.gap":"1","clean.exclude":"","pairing.interval":"600","pairing.across-intervals":"true","window.bins":"3","trw.theta0":"0.8","trw.theta1":"0.2","trw.alpha":"0.005","trw.detection":"0.99","trw.skip-replies":"false","hc.min-bad":"4","hc.ratio":"2","service.min-remotes":"2","p2p.min-flows":"4","p2p.min-remotes":"4","ports.high":"1024","ports.service":"1194, 1433, 3306, 3389, 5060, 6667, 8000, 8080, 8443","potok.over-window":"false","retry.gap":"240","large.packets":"10","large.bytes":"10240","community-id.seed":"0"}','');
INSERT INTO source VALUES(2,'complete',0,'v9.flow','netflow','e1016cc32f053071a708744b8f61dfc674a1ed13080baf2b129d1c0ae08ce226',2,6,800,1599999990000000,1599999995000000,132,0,0.012486373000000000263,'2026-12-01T06:21:54.250Z','{"local":"10.0.0.0/8","capture.export-ports":"2055, 4739, 6343, 9995, 9996","capture.inner-flows":"false","capture.most-unpacked":"8192","meter.active":"300","meter.idle":"60","clean.duplicates":"true","clean.gap":"1","clean.exclude":"","pairing.interval":"600","pairing.across-intervals":"true","window.bins":"3","trw.theta0":"0.8","trw.theta1":"0.2","trw.alpha":"0.005","trw.detection":"0.99","trw.skip-replies":"false","hc.min-bad":"4","hc.ratio":"2","service.min-remotes":"2","p2p.min-flows":"4","p2p.min-remotes":"4","ports.high":"1024","ports.service":"1194, 1433, 3306, 3389, 5060, 6667, 8000, 8080, 8443","potok.over-window":"false","retry.gap":"240","large.packets":"10","large.bytes":"10240","community-id.seed":"0"}','');
CREATE TABLE source_drop(
  source INTEGER NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL, first_offset INTEGER NOT NULL, damage INTEGER NOT NULL,
  PRIMARY KEY(source, reason)) WITHOUT ROWID;
CREATE TABLE chunk(                    -- flow records by column: id = column << 56 | source << 32 | chunk
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL, lo INTEGER, hi INTEGER, data BLOB NOT NULL);
INSERT INTO chunk VALUES(4294967296,6,1700000000000000,1700005910916249,X'0008000006000000e93aa1c7572a7e3d00401e18240a0600b968e56a240a06000451e1b6240a0600d403b413250a0600f53df018250a060099ac6f78250a0600');
INSERT INTO chunk VALUES(8589934592,2,1599999990000000,1599999990000000,X'0108000002000000728f687ce8a1b285020000000000000080690b0731af05000000000000000000');
INSERT INTO chunk VALUES(72057598332895232,6,1700000000000000,1700005910916249,X'00080000060000009c64023f0b2c3d4a00401e18240a0600766ce86a240a06000451e1b6240a0600a4b9c013250a0600f53df018250a060099ac6f78250a0600');
INSERT INTO chunk VALUES(72057602627862528,2,1599999995000000,1599999995000000,X'01080000020000007385b0c3c0f1525b0200000000000000c0b4570731af05000000000000000000');
INSERT INTO chunk VALUES(144115192370823168,6,1,10,X'0004000006000000ef1c46470f09772c04000000010000000300000006000000090000000a000000');
INSERT INTO chunk VALUES(144115196665790464,2,0,0,X'01040000020000006d3c1252bad20e7d000000000000000000000000000000000000000000000000');
INSERT INTO chunk VALUES(216172786408751104,6,0,11,X'00040000060000009b4033af63c68c150200000005000000000000000b0000000700000008000000');
INSERT INTO chunk VALUES(216172790703718400,2,1,1,X'01040000020000007afc626a1ee37a56000000000000000001000000000000000000000000000000');
INSERT INTO chunk VALUES(288230380446679040,6,7830,51354,X'0002000006000000e036c8579c8493e0961e42c20da91ea3986a9ac8');
INSERT INTO chunk VALUES(288230384741646336,2,40000,40000,X'01020000020000001ae7dcb7b67139dc0000000000000000409c0000000000000000000000000000');
INSERT INTO chunk VALUES(360287974484606976,6,22,3389,X'00020000060000009492ffdcccdcd04d160035003d0d3d0d19003500');
INSERT INTO chunk VALUES(360287978779574272,2,443,443,X'010200000200000074401a2e6cd24b420000000000000000bb010000000000000000000000000000');
INSERT INTO chunk VALUES(432345568522534912,6,0,0,X'01020000060000006d3c1252bad20e7d000000000000000000000000000000000000000000000000');
INSERT INTO chunk VALUES(432345572817502208,2,0,0,X'01020000020000006d3c1252bad20e7d000000000000000000000000000000000000000000000000');
INSERT INTO chunk VALUES(504403162560462848,6,6,17,X'05010000060000007e6f748e9e4c710702061102');
INSERT INTO chunk VALUES(504403166855430144,2,6,6,X'0101000002000000309990cfdd61d58a000000000000000006000000000000000000000000000000');
INSERT INTO chunk VALUES(576460756598390784,6,0,26,X'0501000006000000cffa840c04b6d69e0300021a9105');
INSERT INTO chunk VALUES(576460760893358080,2,27,27,X'01010000020000008d7faf5451a7a73b00000000000000001b000000000000000000000000000000');
INSERT INTO chunk VALUES(648518350636318720,6,1,3,X'0008000006000000fc92962969764118010000000000000001000000000000000100000000000000030000000000000001000000000000000100000000000000');
INSERT INTO chunk VALUES(648518354931286016,2,3,3,X'01080000020000005175a3f855c4036a020000000000000003000000000000000000000000000000');
INSERT INTO chunk VALUES(720575944674246656,6,38,185,X'00080000060000001f52b4b0684d7234280000000000000026000000000000002800000000000000b9000000000000003c000000000000003c00000000000000');
INSERT INTO chunk VALUES(720575948969213952,2,400,400,X'0108000002000000cd6045da0c61a5f8020000000000000090010000000000000000000000000000');
INSERT INTO chunk VALUES(792633538712174592,6,0,27,X'0501000006000000f0d59320130ae8f202001b08');
INSERT INTO chunk VALUES(864691132750102528,6,0,3,X'00080000060000002980884bfe97372a000000000000000001000000000000000000000000000000030000000000000000000000000000000000000000000000');
INSERT INTO chunk VALUES(936748726788030464,6,0,195,X'00080000060000009004ea0e8769a34b00000000000000002c000000000000000000000000000000c30000000000000000000000000000000000000000000000');
INSERT INTO chunk VALUES(1729382265500205056,2,1,1,X'01020000020000007afc626a1ee37a56000000000000000001000000000000000000000000000000');
CREATE TABLE host(                     -- addresses of a source in order: id = source << 32 | part << 28 | block
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL, first INTEGER NOT NULL, data BLOB NOT NULL);
INSERT INTO host VALUES(4294967296,6,169095161,X'00040000060000008bac250b6c293e2e000000009c0900008e2b0000f7e79b1beba750216ca30703');
INSERT INTO host VALUES(4563402752,6,2306139568117645312,X'01080000060000005897c2af3ec8d6bc020000000000000000000000000000000000000000000000');
INSERT INTO host VALUES(4831838208,6,169117419,X'00080000060000002c8e61842c41d3c7eb86140a00000000caba140a000000004ccc140a000000001f6ee03c00000000825c634000000000471f124d00000000');
INSERT INTO host VALUES(8589934592,2,167772161,X'000400000200000034cdd00a14cc4f040000000001000000');
CREATE TABLE words(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, n INTEGER NOT NULL);
INSERT INTO words VALUES(1,'sign_words_in',7);
CREATE TABLE words_chunk(              -- id = words.id << 32 | chunk
  id INTEGER PRIMARY KEY, data BLOB NOT NULL);
INSERT INTO words_chunk VALUES(4294967296,X'0008000007000000bd8f7301861066470000000000000000104200000000000000000000000000001042000000000000000000000000000000000000000000000000000000000000');
CREATE TABLE value(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO value VALUES('run.key.in','1e9225f3cc949da48d2a2aabae0fa834ec41bf80557256bcafe7c8e24d872c6f');
INSERT INTO value VALUES('run.settings.in','{"local":"10.0.0.0/8","capture.export-ports":"2055, 4739, 6343, 9995, 9996","capture.inner-flows":"false","capture.most-unpacked":"8192","meter.active":"300","meter.idle":"60","clean.duplicates":"true","clean.gap":"1","clean.exclude":"","pairing.interval":"600","pairing.across-intervals":"true","window.bins":"3","trw.theta0":"0.8","trw.theta1":"0.2","trw.alpha":"0.005","trw.detection":"0.99","trw.skip-replies":"false","hc.min-bad":"4","hc.ratio":"2","service.min-remotes":"2","p2p.min-flows":"4","p2p.min-remotes":"4","ports.high":"1024","ports.service":"1194, 1433, 3306, 3389, 5060, 6667, 8000, 8080, 8443","potok.over-window":"false","retry.gap":"240","large.packets":"10","large.bytes":"10240","community-id.seed":"0"}');
INSERT INTO value VALUES('settings','{"local":"10.0.0.0/8","capture.export-ports":"2055, 4739, 6343, 9995, 9996","capture.inner-flows":"false","capture.most-unpacked":"8192","meter.active":"300","meter.idle":"60","clean.duplicates":"true","clean.gap":"1","clean.exclude":"","pairing.interval":"600","pairing.across-intervals":"true","window.bins":"3","trw.theta0":"0.8","trw.theta1":"0.2","trw.alpha":"0.005","trw.detection":"0.99","trw.skip-replies":"false","hc.min-bad":"4","hc.ratio":"2","service.min-remotes":"2","p2p.min-flows":"4","p2p.min-remotes":"4","ports.high":"1024","ports.service":"1194, 1433, 3306, 3389, 5060, 6667, 8000, 8080, 8443","potok.over-window":"false","retry.gap":"240","large.packets":"10","large.bytes":"10240","community-id.seed":"0"}');
CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES('last_source',2);
CREATE TABLE flow_column(number INTEGER PRIMARY KEY, ipfix TEXT NOT NULL, unit TEXT NOT NULL);
INSERT INTO flow_column VALUES(0,'flowStartMicroseconds','us');
INSERT INTO flow_column VALUES(1,'flowEndMicroseconds','us');
INSERT INTO flow_column VALUES(2,'sourceIPAddress','');
INSERT INTO flow_column VALUES(3,'destinationIPAddress','');
INSERT INTO flow_column VALUES(4,'sourceTransportPort','');
INSERT INTO flow_column VALUES(5,'destinationTransportPort','');
INSERT INTO flow_column VALUES(6,'icmpTypeCode','');
INSERT INTO flow_column VALUES(7,'protocolIdentifier','');
INSERT INTO flow_column VALUES(8,'tcpControlBits','');
INSERT INTO flow_column VALUES(9,'packetDeltaCount','packets');
INSERT INTO flow_column VALUES(10,'octetDeltaCount','bytes');
INSERT INTO flow_column VALUES(11,'reverseTcpControlBits','');
INSERT INTO flow_column VALUES(12,'reversePacketDeltaCount','packets');
INSERT INTO flow_column VALUES(13,'reverseOctetDeltaCount','bytes');
INSERT INTO flow_column VALUES(14,'bgpSourceAsNumber','');
INSERT INTO flow_column VALUES(15,'bgpDestinationAsNumber','');
INSERT INTO flow_column VALUES(16,'ingressInterface','');
INSERT INTO flow_column VALUES(17,'egressInterface','');
INSERT INTO flow_column VALUES(18,'ipClassOfService','');
INSERT INTO flow_column VALUES(19,'postIpClassOfService','');
INSERT INTO flow_column VALUES(20,'vlanId','');
INSERT INTO flow_column VALUES(21,'postVlanId','');
INSERT INTO flow_column VALUES(22,'sourcePrefixLength','');
INSERT INTO flow_column VALUES(23,'destinationPrefixLength','');
INSERT INTO flow_column VALUES(24,'exporter','');
INSERT INTO flow_column VALUES(25,'samplingInterval','packets');
CREATE TABLE exporter(                 -- number: as the records' column exporter has it
  source INTEGER NOT NULL, number INTEGER NOT NULL, address TEXT NOT NULL, domain INTEGER NOT NULL, version INTEGER NOT NULL,
  datagrams INTEGER NOT NULL, records INTEGER NOT NULL, lost INTEGER NOT NULL, gaps INTEGER NOT NULL, sampling INTEGER NOT NULL,
  PRIMARY KEY(source, number)) WITHOUT ROWID;
INSERT INTO exporter VALUES(2,1,'::',1,9,1,2,0,0,0);
CREATE TABLE exporter_interface(
  source INTEGER NOT NULL, exporter INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY(source, exporter, number)) WITHOUT ROWID;
CREATE TABLE list(                     -- a list as of a day; several days of one name are its vintages
  name TEXT NOT NULL COLLATE NOCASE, date TEXT NOT NULL,  -- YYYY-MM-DD, or '' = not known
  source TEXT NOT NULL, licence TEXT NOT NULL, sha256 TEXT NOT NULL, format TEXT NOT NULL,
  entries INTEGER NOT NULL, rejected INTEGER NOT NULL, added_at TEXT NOT NULL, text TEXT NOT NULL,
  UNIQUE(name, date));
CREATE TABLE mark(                     -- rows that a filter matches have the tag
  tag TEXT NOT NULL COLLATE NOCASE, filter TEXT NOT NULL, note TEXT NOT NULL, time TEXT NOT NULL,
  UNIQUE(tag, filter));
INSERT INTO mark VALUES('evidence','src ip 192.0.2.7','one','2026-12-01T06:21:54.272Z');
INSERT INTO mark VALUES('evidence','port 22','asked twice','2026-12-01T06:21:54.296Z');
CREATE TABLE silence(                  -- records that a filter matches do not get the code ('' = any code) up to the day ('' = for good)
  code TEXT NOT NULL COLLATE NOCASE, filter TEXT NOT NULL, note TEXT NOT NULL, until TEXT NOT NULL, time TEXT NOT NULL,
  UNIQUE(code, filter));
INSERT INTO silence VALUES('','src ip 192.0.2.7','','2099-01-31','2026-12-01T06:21:54.318Z');
CREATE TABLE IF NOT EXISTS "t_tally_in"("word" INTEGER, "signs" TEXT, "flows" INTEGER, "packets" INTEGER, "bytes" INTEGER);
INSERT INTO t_tally_in VALUES(16912,'GreyIP Onepkt TCP',2,2,80);
CREATE TABLE IF NOT EXISTS "t_user_signs_in"("bit" INTEGER, "sign" TEXT, "filter" TEXT, "lists" TEXT);
CREATE VIEW chunk_list AS
  SELECT (id >> 32) & 0xffffff AS source, ipfix AS column, id & 0xffffffff AS chunk, n, lo, hi, length(data) AS bytes
  FROM chunk JOIN flow_column ON flow_column.number = id >> 56;
COMMIT;
