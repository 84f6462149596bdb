#include "models/base/zip.h"

#include <QtEndian>

#include <zlib.h>

namespace errata {

namespace {

constexpr quint16 needsVersion = 20; // 2.0: deflate
constexpr quint16 utf8Names = 1 << 11;
constexpr quint16 deflated = 8;

template <typename T>
void put(QByteArray &out, T number)
{
    const T little = qToLittleEndian(number);
    out.append(reinterpret_cast<const char *>(&little), sizeof little);
}

/// Raw deflate: qCompress() adds its own length and zlib's header of two bytes and checksum of four.
QByteArray compressed(const QByteArray &bytes)
{
    const QByteArray whole = qCompress(bytes);
    return whole.mid(6, whole.size() - 6 - 4);
}

struct Member
{
    QByteArray name;
    QByteArray packed;
    quint32 checksum = 0;
    quint32 size = 0;
    quint32 offset = 0;
};

/// What a local header and the central directory have in common.
void putCommon(QByteArray &out, const Member &member, quint16 date, quint16 time)
{
    put(out, needsVersion);
    put(out, utf8Names);
    put(out, deflated);
    put(out, time);
    put(out, date);
    put(out, member.checksum);
    put(out, static_cast<quint32>(member.packed.size()));
    put(out, member.size);
    put(out, static_cast<quint16>(member.name.size()));
    put(out, quint16(0)); // no extra field
}

quint16 dosDate(QDate date)
{
    return static_cast<quint16>(((date.year() - 1980) << 9) | (date.month() << 5) | date.day());
}

quint16 dosTime(QTime time)
{
    return static_cast<quint16>((time.hour() << 11) | (time.minute() << 5) | (time.second() / 2));
}

} // namespace

QByteArray zipArchive(const std::vector<ArchivedFile> &files, const QDateTime &modified)
{
    const quint16 date = dosDate(modified.date());
    const quint16 time = dosTime(modified.time());
    QByteArray out;
    QByteArray directory;
    for (const ArchivedFile &file : files) {
        Member member{file.name.toUtf8(), compressed(file.bytes), 0, static_cast<quint32>(file.bytes.size()),
                      static_cast<quint32>(out.size())};
        member.checksum = static_cast<quint32>(
            crc32(0, reinterpret_cast<const Bytef *>(file.bytes.constData()), static_cast<uInt>(file.bytes.size())));
        put(out, quint32(0x04034b50));
        putCommon(out, member, date, time);
        out += member.name + member.packed;
        put(directory, quint32(0x02014b50));
        put(directory, needsVersion);
        putCommon(directory, member, date, time);
        put(directory, quint16(0)); // no comment
        put(directory, quint16(0)); // first disk
        put(directory, quint16(0)); // internal attributes
        put(directory, quint32(0)); // external attributes
        put(directory, member.offset);
        directory += member.name;
    }
    const auto start = static_cast<quint32>(out.size());
    out += directory;
    put(out, quint32(0x06054b50));
    put(out, quint16(0));
    put(out, quint16(0));
    put(out, static_cast<quint16>(files.size()));
    put(out, static_cast<quint16>(files.size()));
    put(out, static_cast<quint32>(directory.size()));
    put(out, start);
    put(out, quint16(0));
    return out;
}

} // namespace errata
