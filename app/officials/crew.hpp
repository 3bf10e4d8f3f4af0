#pragma once

#include "app/officials/accounts.hpp"
#include "app/officials/desk.hpp"
#include "domain/audit/json.hpp"
#include "net/client/http_client.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ringside::officials {

/// Everybody a bout needs, each with an account, a token and a connection of
/// their own. Serves one bout after the other.
class crew {
public:
  /// Makes the accounts and opens the connections.
  /// @param label Goes before the name of every account, for example `Demo`.
  static result<std::unique_ptr<crew>>
  hire(const place& where, const token_maker& tokens, const std::string& label,
       int judges, const desk_options& options = {});

  /// Creates a bout over HTTP, as the supervisor.
  result<bout_id> create(const bout::create_bout& what);

  /// GETs JSON of `/api/v1/bouts/{id}` + `part`, as the supervisor.
  result<json::value> read(const bout_id& bout, const std::string& part);

  /// The bouts of an event with their phases, at most 500.
  result<std::vector<std::pair<bout_id, std::string>>>
  list(const std::string& event);

  /// The judges take their seats.
  result<unit> bind_seats(const bout_id& bout);

  desk& supervisor() {
    return *supervisor_;
  }

  desk& timekeeper() {
    return *timekeeper_;
  }

  desk& commission() {
    return *commission_;
  }

  desk& operator_of(corner c) {
    return *operators_[c];
  }

  /// @pre 1 <= seat <= number of judges.
  desk& judge(int seat) {
    return *judges_[static_cast<std::size_t>(seat - 1)];
  }

  int judges() const noexcept {
    return static_cast<int>(judges_.size());
  }

  /// All desks, for figures.
  std::vector<desk*> desks();

private:
  explicit crew(const place& supervisor) : http_(supervisor) {
    // nop
  }

  net::http_client http_;
  std::unique_ptr<desk> supervisor_;
  std::unique_ptr<desk> timekeeper_;
  std::unique_ptr<desk> commission_;
  per_corner<std::unique_ptr<desk>> operators_;
  std::vector<std::unique_ptr<desk>> judges_;
};

} // namespace ringside::officials
