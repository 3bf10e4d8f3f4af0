#include "tests/domain/bout/ring.hpp"

#include <algorithm>
#include <sstream>

namespace ringside::bout::test {

namespace {

std::string side(const std::optional<corner>& c) {
  return c ? std::string{to_string(*c)} : "-";
}

struct fact_text {
  std::ostringstream& out;

  void operator()(const strike& x) const {
    out << "strike " << to_string(x.corner) << ' ' << x.technique << ' '
        << text_of(x.target) << ' ' << text_of(x.position) << ' '
        << text_of(x.quality) << ' ' << x.landed << x.significant;
  }
  void operator()(const knockdown& x) const {
    out << "knockdown " << to_string(x.corner) << ' ' << x.tier;
  }
  void operator()(const takedown& x) const {
    out << "takedown " << to_string(x.corner) << ' ' << x.landed;
  }
  void operator()(const submission_attempt& x) const {
    out << "submission " << to_string(x.corner) << ' ' << text_of(x.depth);
  }
  void operator()(const reversal& x) const {
    out << "reversal " << to_string(x.corner);
  }
  void operator()(const control_start& x) const {
    out << "control " << to_string(x.corner) << ' ' << x.kind;
  }
  void operator()(const control_end& x) const {
    out << "control ends " << to_string(x.corner);
  }
  void operator()(const foul& x) const {
    out << "foul " << to_string(x.corner) << ' ' << x.code << ' '
        << x.intentional;
  }
  void operator()(const deduction& x) const {
    out << "deduction " << to_string(x.corner) << ' ' << x.taken.count << ' '
        << x.reason;
  }
  void operator()(const press& x) const {
    out << "press " << x.seat << ' ' << to_string(x.corner);
  }
};

void put(std::ostringstream& out, const char* name, const ratio& r) {
  out << ' ' << name << ' ' << r.landed << '/' << r.attempted;
}

void put(std::ostringstream& out, const box_score& b) {
  out << " kd " << b.knockdowns << " sub " << b.submission_attempts << " rev "
      << b.reversals << " fouls " << b.fouls << " presses " << b.presses;
  put(out, "sig", b.significant);
  put(out, "head", b.head);
  put(out, "body", b.body);
  put(out, "leg", b.leg);
  put(out, "distance", b.distance);
  put(out, "clinch", b.clinch);
  put(out, "ground", b.ground);
  put(out, "total", b.total);
  put(out, "td", b.takedowns);
  out << '\n';
}

void put(std::ostringstream& out, const rules::outcome& x) {
  out << text_of(x.kind) << ' ' << side(x.winner) << ' ' << x.tuple << ' '
      << (x.panel ? text_of(*x.panel) : "-");
  for (const auto& card : x.cards)
    out << " [" << card.total.red.count << ':' << card.total.blue.count << ' '
        << text_of(card.says) << ']';
  out << '\n';
}

class writer {
public:
  writer(const state& s, bool numbers) : s_(s), numbers_(numbers) {
    // nop
  }

  std::string all() {
    head();
    for (std::size_t i = 0; i < s_.seats.size(); ++i)
      seat(s_.seats[i], i + 1);
    for (std::size_t i = 0; i < s_.rounds.size(); ++i)
      round(s_.rounds[i], i + 1);
    ends();
    facts();
    if (numbers_)
      remarks();
    return out_.str();
  }

private:
  void head() {
    out_ << "phase " << text_of(s_.phase) << '\n'
         << s_.fighters.red.name << " - " << s_.fighters.blue.name << ' '
         << s_.arena << s_.event_name << s_.weight_class << s_.title_bout
         << '\n'
         << "rounds " << s_.scheduled_rounds << '+' << s_.extensions
         << " picks";
    for (auto seat : s_.picks_wanted)
      out_ << ' ' << seat;
    out_ << '\n';
    if (numbers_)
      out_ << "version " << s_.version << " created " << s_.created_at.count
           << '\n';
  }

  void card(const std::optional<filed_card>& c) {
    if (!c) {
      out_ << " -";
      return;
    }
    out_ << " (";
    if (c->entry.score)
      out_ << c->entry.score->raw.red.count << ':'
           << c->entry.score->raw.blue.count;
    out_ << ' ' << side(c->entry.pick);
    for (const auto& x : c->entry.criteria)
      out_ << ' ' << x.id << '=' << side(x.winner);
    out_ << ' ' << c->reason << ' ' << c->late << ' ' << c->revisions;
    if (numbers_)
      out_ << " e" << c->no << '@' << c->at.count;
    out_ << ')';
  }

  void seat(const seat_state& x, std::size_t n) {
    out_ << "seat " << n << ' ' << x.judge.name << '/' << x.judge.account << ' '
         << x.account << '/' << x.device;
    for (const auto& c : x.rounds)
      card(c);
    out_ << " whole";
    card(x.whole_bout);
    out_ << '\n';
  }

  void round(const round_state& r, std::size_t n) {
    out_ << "round " << n << ' ' << text_of(r.status) << " opened "
         << r.opened_at.count << " closed "
         << (r.closed_at ? r.closed_at->count : -1) << " at "
         << r.closed_ms.count << " of " << r.length.count << ' ' << r.extension
         << r.cut_short << "\n clock";
    for (const auto& m : r.clock.marks())
      out_ << ' ' << (m.running ? '+' : '-') << m.at.count;
    out_ << "\n run " << r.clock.elapsed({INT64_MAX / 4}, r.length).count
         << '\n';
    auto end = r.status == round_status::open ? r.length : r.closed_ms;
    for (auto c : both_corners) {
      put(out_, r.boxes[c]);
      out_ << " control " << r.control.total(c, end).count << " taken "
           << r.deducted[c].count << '\n';
    }
    for (const auto& x : r.control.intervals(end))
      out_ << " [" << to_string(x.corner) << ' ' << x.kind << ' '
           << x.from.count << '-' << x.to.count << ']';
    for (const auto& d : r.deductions) {
      fact_text{out_}(d.what);
      if (numbers_)
        out_ << " e" << d.no << '/' << d.order;
    }
    if (numbers_)
      for (auto no : r.clock_events)
        out_ << " c" << no;
    out_ << '\n';
  }

  void ends() {
    if (s_.finish)
      out_ << "finish " << side(s_.finish->winner) << ' '
           << text_of(s_.finish->method) << ' ' << s_.finish->round << ' '
           << s_.finish->at.count << '\n';
    if (s_.stoppage)
      out_ << "stoppage " << text_of(s_.stoppage->cause) << ' '
           << to_string(s_.stoppage->injured) << ' ' << s_.stoppage->round
           << ' ' << s_.stoppage->at.count << '\n';
    if (s_.ended)
      out_ << "ended " << s_.ended->closed_round << s_.ended->stopped_clock
           << (numbers_ ? std::to_string(s_.ended->no) : "") << '\n';
    if (s_.result)
      put(out_, *s_.result);
    out_ << "by " << s_.approved_by << ' ' << s_.published_by << ' '
         << s_.overturned << ' ' << s_.cancel_reason << '\n';
  }

  void facts() {
    std::vector<std::pair<event_no, const standing_fact*>> all;
    for (const auto& [no, fact] : s_.facts)
      all.push_back({fact.order, &fact});
    std::sort(all.begin(), all.end());
    for (const auto& [order, x] : all) {
      // What was logged is history; what counts follows from the clock.
      auto at
        = numbers_ ? x->at : time_at(*find_round(s_, x->round), x->moment);
      out_ << "fact " << x->round << ' ' << at.count << ' ' << x->moment.count
           << ' ';
      std::visit(fact_text{out_}, x->what);
      if (numbers_)
        out_ << " e" << order << ' ' << x->author;
      out_ << '\n';
    }
  }

  void remarks() {
    for (const auto& x : s_.former_results)
      put(out_, x);
    for (const auto& x : s_.notes)
      out_ << "note e" << x.no << ' ' << x.text << ' ' << x.round << ' '
           << x.author << '\n';
    for (const auto& x : s_.protests)
      out_ << "protest e" << x.no << ' ' << x.text << ' ' << side(x.by) << ' '
           << (x.upheld ? (*x.upheld ? "upheld" : "denied") : "-") << ' '
           << x.ruling << '\n';
  }

  const state& s_;
  bool numbers_;
  std::ostringstream out_;
};

} // namespace

std::string describe(const state& s, bool with_numbers) {
  return writer{s, with_numbers}.all();
}

} // namespace ringside::bout::test
