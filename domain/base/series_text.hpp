#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ringside {

/// Writes numbers as Prometheus reads them (text format 0.0.4): families with a
/// line of help, a line of type, and their values. Names and labels are ours
/// and are not escaped.
class series_text {
public:
  /// Begins a family of a number that only grows; the name ends in `_total`.
  series_text& counter(std::string_view name, std::string_view help) {
    return family(name, "counter", help);
  }

  /// Begins a family of a number that goes up and down.
  series_text& gauge(std::string_view name, std::string_view help) {
    return family(name, "gauge", help);
  }

  /// The value of the family that was begun.
  template <class Int>
  series_text& value(Int n) {
    return line({}, {}, std::to_string(n));
  }

  /// One of several, told apart by a label.
  template <class Int>
  series_text& value(std::string_view label, std::string_view is, Int n) {
    return line(label, is, std::to_string(n));
  }

  const std::string& text() const noexcept {
    return out_;
  }

private:
  series_text& family(std::string_view name, std::string_view type,
                      std::string_view help);
  series_text& line(std::string_view label, std::string_view is,
                    const std::string& number);

  std::string out_;
  std::string name_;
};

} // namespace ringside
