#include "models/base/gunzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace errata {

namespace {

enum class Wrapping { Gzip, Zlib };
constexpr qsizetype Chunk = qsizetype(256) * 1024;

struct InflateEnd
{
    void operator()(z_stream *stream) const { inflateEnd(stream); }
};

Error broken(const char *what)
{
    return {QStringLiteral("the compressed data is %1").arg(QLatin1String(what)), {}};
}

Result<QByteArray> unpacked(const QByteArray &bytes, qint64 limit, Wrapping wrapping, const Progress &progress)
{
    constexpr int gzipHeader = 16; // added to the window bits: a gzip header, no zlib one
    z_stream stream{};
    if (inflateInit2(&stream, MAX_WBITS + (wrapping == Wrapping::Gzip ? gzipHeader : 0)) != Z_OK)
        return Error{QStringLiteral("no memory to unpack compressed data"), {}};
    const std::unique_ptr<z_stream, InflateEnd> guard(&stream);
    QByteArray out;
    // zlib's interface is older than const. It takes at most 4 GB at a time.
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    const auto left = [&] { return bytes.constData() + bytes.size() - reinterpret_cast<const char *>(stream.next_in); };
    qsizetype told = 0; // of what was unpacked: a little may become much
    for (;;) {
        if (out.size() - told >= ProgressStep) {
            told = out.size();
            if (progress && !progress(bytes.size() - left()))
                return Error{QStringLiteral("cancelled"), {}};
        }
        stream.avail_in = static_cast<uInt>(std::min<qsizetype>(left(), std::numeric_limits<uInt>::max()));
        const qsizetype filled = out.size();
        out.resize(filled + Chunk);
        stream.next_out = reinterpret_cast<Bytef *>(out.data() + filled);
        stream.avail_out = static_cast<uInt>(Chunk);
        const int state = inflate(&stream, Z_NO_FLUSH);
        out.truncate(out.size() - stream.avail_out);
        if (out.size() > limit)
            return Error{QStringLiteral("unpacked it is more than the %1 bytes allowed").arg(limit), {}};
        if (state == Z_STREAM_END) {
            const QByteArrayView rest = QByteArrayView(bytes).last(left());
            if (wrapping == Wrapping::Zlib || !looksLikeGzip(rest))
                return std::all_of(rest.begin(), rest.end(), [](char c) { return c == '\0'; })
                           ? Result<QByteArray>(out)
                           : Result<QByteArray>(broken("followed by something else"));
            inflateReset(&stream);
        } else if (state == Z_BUF_ERROR || (state == Z_OK && left() == 0 && stream.avail_out > 0)) {
            return broken("cut off");
        } else if (state != Z_OK) {
            return broken("damaged");
        }
    }
}

} // namespace

bool looksLikeGzip(QByteArrayView bytes)
{
    return bytes.startsWith("\x1F\x8B\x08");
}

bool looksLikeZlib(QByteArrayView bytes)
{
    if (bytes.size() < 2)
        return false;
    const unsigned method = static_cast<unsigned char>(bytes[0]);
    const unsigned flags = static_cast<unsigned char>(bytes[1]);
    return (method & 0x0FU) == 8 && method >> 4 <= 7 && (flags & 0x20U) == 0 && (method * 256 + flags) % 31 == 0;
}

Result<QByteArray> gunzip(const QByteArray &bytes, qint64 limit, const Progress &progress)
{
    return unpacked(bytes, limit, Wrapping::Gzip, progress);
}

Result<QByteArray> unzlib(const QByteArray &bytes, qint64 limit)
{
    return unpacked(bytes, limit, Wrapping::Zlib, {});
}

} // namespace errata
