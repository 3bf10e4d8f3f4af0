#include "domain/vision/witness/hand_over.hpp"

#include <set>
#include <string_view>
#include <utility>

namespace ringside::witness {

namespace {

namespace hybrid = scoring::hybrid;

using optional_evidence = std::optional<hybrid::evidence>;

/// The same but for the id, which has the revision in it.
bool same(const optional_evidence& a, const optional_evidence& b) {
  if (!a || !b)
    return a.has_value() == b.has_value();
  auto twin = *a;
  twin.id = b->id;
  return twin == *b;
}

/// The name without the revision.
std::string_view name_of(std::string_view id) {
  return id.substr(0, id.rfind(".r"));
}

void add(const optional_evidence& wanted, const optional_evidence& given,
         std::size_t most, advice::hybrid_news& to) {
  auto has = to.reports.size() + to.withdrawn.size();
  auto needs = (given ? 1u : 0u) + (wanted ? 1u : 0u);
  if (has > 0 && has + needs > most)
    return;
  if (given)
    to.withdrawn.push_back({given->id, "revised"});
  if (wanted)
    to.reports.push_back(*wanted);
}

constexpr auto unknown = hybrid::coverage::human_only;

} // namespace

void hand_over::want(const std::string& name, int round,
                     optional_evidence what) {
  auto found = items_.find(name);
  if (found == items_.end()) {
    if (!what)
      return;
    found = items_.emplace(name, item{}).first;
    order_.push_back(name);
    if (order_.size() > items_max) {
      items_.erase(order_.front());
      order_.pop_front();
    }
  }
  // A withdrawal is of the round it was reported in.
  if (what)
    found->second.round = round;
  found->second.wanted = std::move(what);
}

void hand_over::cover(int round, hybrid::coverage watched) {
  wanted_cover_[round] = watched;
}

hybrid::coverage hand_over::covered(int round) const {
  auto found = given_cover_.find(round);
  return found != given_cover_.end() ? found->second : unknown;
}

void hand_over::know(const advice::hybrid_book& book) {
  for (auto& [name, one] : items_)
    one.given.reset();
  given_cover_.clear();
  for (const auto& [round, record] : book.rounds) {
    given_cover_[round] = record.watched;
    for (const auto& [id, e] : record.reports)
      if (auto found = items_.find(name_of(id)); found != items_.end())
        found->second.given = e;
  }
}

std::optional<advice::hybrid_news>
hand_over::next(const std::function<bool(int)>& open, std::size_t most) const {
  std::set<int> rounds;
  for (const auto& [round, watched] : wanted_cover_)
    rounds.insert(round);
  for (const auto& [name, one] : items_)
    rounds.insert(one.round);
  for (auto round : rounds) {
    if (!open(round))
      continue;
    advice::hybrid_news news;
    news.round = round;
    auto watched = covered(round);
    auto wanted = wanted_cover_.find(round);
    if (wanted != wanted_cover_.end() && wanted->second != watched) {
      watched = wanted->second;
      news.coverage = hybrid::change_coverage{
        watched, watched == unknown ? "no camera watches" : "cameras watch"};
    }
    auto cameras = hybrid::covers(watched, hybrid::source::camera);
    for (const auto& name : order_)
      if (const auto& one = items_.at(name); one.round == round
                                             && !same(one.wanted, one.given)
                                             && (cameras || !one.wanted))
        add(one.wanted, one.given, most, news);
    if (!news.empty())
      return news;
  }
  return std::nullopt;
}

void hand_over::apply(const advice::hybrid_news& news, bool was_taken) {
  if (news.coverage)
    given_cover_[news.round] = news.coverage->watched;
  for (const auto& x : news.withdrawn)
    if (auto found = items_.find(name_of(x.id)); found != items_.end())
      found->second.given.reset();
  for (const auto& e : news.reports)
    if (auto found = items_.find(name_of(e.id)); found != items_.end())
      found->second.given = e;
  auto n = news.reports.size();
  if (!was_taken) {
    counters_.refused += n + news.withdrawn.size();
    return;
  }
  counters_.handed += n;
  counters_.withdrawn += news.withdrawn.size();
}

void hand_over::taken(const advice::hybrid_news& news) {
  apply(news, true);
}

void hand_over::refused(const advice::hybrid_news& news) {
  apply(news, false);
}

} // namespace ringside::witness
