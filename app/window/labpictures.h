// The retry lab in the situations that pictures are made of. Nothing is sent.
#pragma once

#include <QString>

#include <functional>
#include <utility>
#include <vector>

namespace errata {

class LabPage;

/// Names of pictures, and what brings the page there from any other of them.
[[nodiscard]] std::vector<std::pair<QString, std::function<void(LabPage &)>>> labPictures();

} // namespace errata
