#include "models/store/historyschema.h"

namespace errata {

namespace {

/// Text columns hold bytes as they came, which may be no UTF-8: they are written and read as blobs with a CAST, and
/// searched as text. What a list shows stands in "attempts" and is small, so that a filter reads through it quickly;
/// everything else of a row stands in "details".
QStringList tables()
{
    return {QStringLiteral("CREATE TABLE bodies (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, "
                           "size INTEGER NOT NULL, packed BLOB)"),
            QStringLiteral("CREATE TABLE attempts (id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, "
                           "attempt INTEGER NOT NULL, started INTEGER NOT NULL, environment TEXT, method TEXT NOT "
                           "NULL, url TEXT NOT NULL, host TEXT NOT NULL, status INTEGER, failure TEXT, api TEXT, "
                           "code TEXT, entry TEXT, confidence TEXT, message TEXT, decoded_error INTEGER NOT NULL, "
                           "is_error INTEGER NOT NULL, total_ms REAL NOT NULL, sends INTEGER NOT NULL, "
                           "request_bytes INTEGER NOT NULL, response_bytes INTEGER NOT NULL, "
                           "request_body INTEGER REFERENCES bodies, response_body INTEGER REFERENCES bodies)"),
            QStringLiteral("CREATE TABLE details (id INTEGER PRIMARY KEY REFERENCES attempts, request_headers TEXT, "
                           "sent_headers TEXT, reason TEXT, version TEXT, response_headers TEXT, failure_detail TEXT, "
                           "dns_ms REAL, connect_ms REAL, tls_ms REAL, first_byte_ms REAL, remote TEXT, "
                           "redirects TEXT, request_text TEXT, response_text TEXT)"),
            QStringLiteral("CREATE INDEX attempts_request_body ON attempts (request_body)"),
            QStringLiteral("CREATE INDEX attempts_response_body ON attempts (response_body)"),
            QStringLiteral("CREATE INDEX attempts_run ON attempts (run)")};
}

/// The index holds no text of its own. It knows beginnings of two and three letters: what is typed so far would else
/// be put together from all words that begin so. Rows never change in what is searched, so there is no trigger for
/// updates. A row takes its details along, and the bodies nobody else has.
QStringList search()
{
    return {QStringLiteral("CREATE VIEW searchable AS SELECT a.id AS id, a.url AS url, a.code AS code, "
                           "a.message AS message, d.request_text AS request_text, d.response_text AS response_text "
                           "FROM attempts a JOIN details d ON d.id = a.id"),
            QStringLiteral("CREATE VIRTUAL TABLE search USING fts5 (url, code, message, request_text, response_text, "
                           "content = 'searchable', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', "
                           "prefix = '2 3')"),
            QStringLiteral("INSERT INTO search (search) VALUES ('rebuild')"),
            QStringLiteral("CREATE TRIGGER details_added AFTER INSERT ON details BEGIN "
                           "INSERT INTO search (rowid, url, code, message, request_text, response_text) "
                           "SELECT * FROM searchable WHERE id = new.id; END"),
            QStringLiteral("CREATE TRIGGER details_removed BEFORE DELETE ON details BEGIN "
                           "INSERT INTO search (search, rowid, url, code, message, request_text, response_text) "
                           "SELECT 'delete', * FROM searchable WHERE id = old.id; END"),
            QStringLiteral("CREATE TRIGGER attempt_removed BEFORE DELETE ON attempts BEGIN "
                           "DELETE FROM details WHERE id = old.id; END"),
            QStringLiteral("CREATE TRIGGER bodies_unused AFTER DELETE ON attempts BEGIN "
                           "DELETE FROM bodies WHERE id IN (old.request_body, old.response_body) "
                           "AND NOT EXISTS (SELECT 1 FROM attempts WHERE request_body = bodies.id) "
                           "AND NOT EXISTS (SELECT 1 FROM attempts WHERE response_body = bodies.id); END")};
}

/// "removed" numbers the removals that can still be undone; 0 is there.
QStringList marks()
{
    return {QStringLiteral("ALTER TABLE attempts ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0"),
            QStringLiteral("ALTER TABLE attempts ADD COLUMN removed INTEGER NOT NULL DEFAULT 0"),
            QStringLiteral("CREATE INDEX attempts_host ON attempts (host, removed)"),
            QStringLiteral("CREATE INDEX attempts_api ON attempts (api, removed)"),
            QStringLiteral("CREATE INDEX attempts_removed ON attempts (removed) WHERE removed > 0")};
}

/// In milliseconds, a blank between them.
QStringList eventTimes()
{
    return {QStringLiteral("ALTER TABLE details ADD COLUMN event_times TEXT")};
}

} // namespace

SchemaSteps historySteps()
{
    return {tables(), search(), marks(), eventTimes()};
}

} // namespace errata
