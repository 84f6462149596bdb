// Files of options for curl, named by -K.
#pragma once

#include <QByteArray>

#include <vector>

namespace errata {

/// The words as they would stand on the command line: 'url = "https://a.example"', '-d a=b', 'compressed'.
/// Lines that begin with '#' are comments; in double quotes \\, \", \t, \n, \r and \v mean what they say.
[[nodiscard]] std::vector<QByteArray> curlConfigWords(const QByteArray &text);

} // namespace errata
