#include "domain/base/series_text.hpp"

namespace ringside {

series_text& series_text::family(std::string_view name, std::string_view type,
                                 std::string_view help) {
  name_ = name;
  out_.append("# HELP ").append(name).append(" ").append(help).append("\n");
  out_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
  return *this;
}

series_text& series_text::line(std::string_view label, std::string_view is,
                               const std::string& number) {
  out_.append(name_);
  if (!label.empty())
    out_.append("{").append(label).append("=\"").append(is).append("\"}");
  out_.append(" ").append(number).append("\n");
  return *this;
}

} // namespace ringside
