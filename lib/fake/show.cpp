#include "fake/show.hpp"

#include <algorithm>

#include "fake/gzip.hpp"
#include "fake/performance.hpp"

namespace assay::fake {
namespace {

constexpr std::size_t usual_large = 64u << 20, usual_giant = 32u << 20, large_piece = 64u << 10;
constexpr std::size_t nested_in_event = 20'000;

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// The text in `count` pieces, none empty, none ending inside a character.
std::vector<std::string_view> cut_up(std::string_view text, std::size_t count) {
  std::vector<std::string_view> out;
  count = std::max<std::size_t>(1, count);
  const std::size_t size = std::max<std::size_t>(1, (text.size() + count - 1) / count);
  while (!text.empty()) {
    std::size_t at = std::min(size, text.size());
    while (at < text.size() && continues(text[at])) ++at;
    out.push_back(text.substr(0, at));
    text.remove_prefix(at);
  }
  return out;
}

bool repeats(Fault fault) {
  return fault == Fault::large || fault == Fault::endless || fault == Fault::endless_stream;
}

/// Stages one answer: the pieces of the sound one, and what its fault makes of them.
class Stage {
 public:
  Stage(const Plan& plan, const Dialect& dialect, const std::string& number)
      : behaviour_(*plan.behaviour), dialect_(dialect), number_(number), answer_(answer_for(plan, number)) {
    answer_.wish.stream = true;
    if (behaviour_.fault == Fault::giant_event) answer_.text = filler(behaviour_.bytes.value_or(usual_giant));
    if (repeats(behaviour_.fault)) answer_.text = filler(large_piece);
    const bool in_one = repeats(behaviour_.fault) || behaviour_.fault == Fault::giant_event;
    pieces_ = dialect.stream(answer_, cut_up(answer_.text, in_one ? 1 : behaviour_.pieces));
    if (behaviour_.fault == Fault::bad_utf8) spoil_text();
  }

  Show show();

 private:
  using Kind = Piece::Kind;
  void spoil_text();
  void play_all();
  void play(const Piece& piece);
  std::size_t contents() const;
  std::size_t place_of(std::size_t content) const;  ///< of the n-th content, from 0; the end when there are fewer
  void keep(std::size_t content);                   ///< what stands before the n-th content
  void keep_half() { keep(middle()); }
  std::size_t middle() const { return behaviour_.after.value_or((contents() + 1) / 2); }
  Show ended(Show::End end);
  Show for_ever(std::string bytes);
  void repeat(std::uint64_t times);
  void insert_in_the_middle(std::string bytes);
  void error_event();
  std::string all_bytes() const;
  Show of_bytes();
  bool shape_pieces();

  const Behaviour& behaviour_;
  const Dialect& dialect_;
  const std::string& number_;
  Answer answer_;
  std::vector<Piece> pieces_;
  Show show_;
  bool began_ = false;
};

void Stage::spoil_text() {
  for (Piece& piece : pieces_) piece.bytes = dialect_.replaced(std::move(piece.bytes), bad_text_stand_in, bad_text);
}

void Stage::play(const Piece& piece) {
  Show::Step step{piece.bytes};
  if (piece.kind == Kind::content) {
    step.pause_ms = began_ ? behaviour_.piece_pause_ms : behaviour_.first_ms;
    began_ = true;
  }
  show_.steps.push_back(std::move(step));
}

void Stage::play_all() {
  for (const Piece& piece : pieces_) play(piece);
}

std::size_t Stage::contents() const {
  return static_cast<std::size_t>(
      std::count_if(pieces_.begin(), pieces_.end(), [](const Piece& one) { return one.kind == Kind::content; }));
}

std::size_t Stage::place_of(std::size_t content) const {
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    if (pieces_[i].kind == Kind::content && content-- == 0) return i;
  }
  // Past the last content: before what closes the answer.
  std::size_t end = pieces_.size();
  while (end > 0 && pieces_[end - 1].kind != Kind::content && pieces_[end - 1].kind != Kind::opening) --end;
  return end;
}

void Stage::keep(std::size_t content) {
  pieces_.resize(place_of(content));
}

Show Stage::ended(Show::End end) {
  play_all();
  show_.end = end;
  return std::move(show_);
}

Show Stage::for_ever(std::string bytes) {
  play_all();
  show_.steps.push_back({std::move(bytes), behaviour_.pause_ms, 0});
  return std::move(show_);
}

void Stage::repeat(std::uint64_t times) {
  const std::size_t at = place_of(contents() / 2);
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    play(pieces_[i]);
    if (i == at) show_.steps.back().times = times;
  }
}

void Stage::insert_in_the_middle(std::string bytes) {
  pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(place_of(middle())), {Kind::opening, std::move(bytes)});
}

void Stage::error_event() {
  const int status = behaviour_.status >= 300 ? behaviour_.status : 500;
  pieces_.push_back({Kind::closing, dialect_.error_event(error_for(behaviour_, status, number_))});
}

std::string Stage::all_bytes() const {
  std::string all;
  for (const Piece& piece : pieces_) all += piece.bytes;
  return all;
}

/// The faults that know bytes, not events.
Show Stage::of_bytes() {
  const std::string all = all_bytes();
  const std::size_t size = std::min(behaviour_.bytes.value_or(all.size() / 2), all.size());
  switch (behaviour_.fault) {
    case Fault::trickle: {
      const std::size_t piece = std::max<std::size_t>(1, behaviour_.bytes.value_or(1));
      for (std::size_t i = 0; i < all.size(); i += piece)
        show_.steps.push_back({all.substr(i, piece), behaviour_.pause_ms});
      return std::move(show_);
    }
    case Fault::split_utf8: {
      std::size_t from = 0;
      for (std::size_t i = 1; i < all.size(); ++i) {
        if (!continues(all[i])) continue;
        show_.steps.push_back({all.substr(from, i - from), 1});
        from = i;
      }
      show_.steps.push_back({all.substr(from), 1});
      return std::move(show_);
    }
    case Fault::gzip:
      show_.steps.push_back({gzip_bomb(all, ' ', 0, {})});
      return std::move(show_);
    case Fault::gzip_bomb:
      show_.steps.push_back({gzip_bomb(pieces_.front().bytes + std::string(dialect_.line_start()), 'a',
                                       behaviour_.bytes.value_or(usual_large), {})});
      return std::move(show_);
    default:
      show_.steps.push_back({all.substr(0, size)});
      show_.end = behaviour_.fault == Fault::reset   ? Show::End::reset
                  : behaviour_.fault == Fault::stall ? Show::End::stall
                                                     : Show::End::cut;
      return std::move(show_);
  }
}

/// The faults after which the stream is a list of other events, and ends well. False: it is none of them.
bool Stage::shape_pieces() {
  switch (behaviour_.fault) {
    case Fault::no_marker:
      keep(behaviour_.after.value_or(contents()));
      return true;
    case Fault::no_last_marker:
      std::erase_if(pieces_, [](const Piece& one) { return one.kind == Kind::marker; });
      return true;
    case Fault::error_event:
      keep(0);
      error_event();
      return true;
    case Fault::error_event_mid_content:
      keep_half();
      error_event();
      return true;
    case Fault::malformed_json:
    case Fault::bad_event:
      insert_in_the_middle(dialect_.bad_event());
      return true;
    case Fault::nested:
      insert_in_the_middle(dialect_.event("", std::string(std::min(behaviour_.depth, nested_in_event), '[') +
                                                  std::string(std::min(behaviour_.depth, nested_in_event), ']')));
      return true;
    case Fault::unknown_events:
      for (Piece& piece : pieces_) {
        if (piece.kind != Kind::marker) piece.bytes += dialect_.unknown_event();
      }
      return true;
    case Fault::ended_twice:
      for (std::size_t i = 0, count = pieces_.size(); i < count; ++i) {
        if (pieces_[i].kind == Kind::closing || pieces_[i].kind == Kind::marker) {
          const Piece again = pieces_[i];
          pieces_.push_back(again);
        }
      }
      return true;
    case Fault::garbage_after:
      pieces_.push_back({Kind::closing, "\x01garbage after the end\n\n"});
      return true;
    case Fault::bad_crc: {
      Piece& piece = pieces_[std::min(place_of(middle()), pieces_.size() - 1)];
      piece.bytes = dialect_.spoiled(std::move(piece.bytes));
      return true;
    }
    case Fault::empty_stream:
    case Fault::empty_body:
      pieces_.clear();
      return true;
    default:
      return false;
  }
}

Show Stage::show() {
  if (shape_pieces()) return ended(Show::End::whole);
  switch (behaviour_.fault) {
    case Fault::cut_before_content:
      keep(0);
      return ended(Show::End::cut);
    case Fault::cut_mid_content:
      keep_half();
      return ended(Show::End::cut);
    case Fault::cut_mid_event: {
      const std::string next = pieces_[std::min(place_of(middle()), pieces_.size() - 1)].bytes;
      keep_half();
      pieces_.push_back({Kind::content, next.substr(0, next.size() / 2)});
      return ended(Show::End::cut);
    }
    case Fault::reset_mid_content:
      keep_half();
      return ended(Show::End::reset);
    case Fault::stall_before_content:
      keep(0);
      return ended(Show::End::stall);
    case Fault::stall_mid_content:
      keep_half();
      return ended(Show::End::stall);
    case Fault::pings_only:
      keep(0);
      return for_ever(dialect_.ping());
    case Fault::comments_only:
      pieces_.clear();
      return for_ever(dialect_.comment());
    case Fault::giant_line:
      keep_half();
      play_all();
      show_.steps.push_back({std::string(dialect_.line_start()) + filler(behaviour_.bytes.value_or(usual_giant))});
      return std::move(show_);
    case Fault::endless:
    case Fault::endless_stream:
      repeat(0);
      return std::move(show_);
    case Fault::large:
      repeat((behaviour_.bytes.value_or(usual_large) + large_piece - 1) / large_piece);
      return std::move(show_);
    case Fault::cut:
    case Fault::cut_chunked:
    case Fault::reset:
    case Fault::stall:
    case Fault::trickle:
    case Fault::split_utf8:
    case Fault::gzip:
    case Fault::gzip_bomb:
      return of_bytes();
    default:
      return ended(Show::End::whole);
  }
}

}  // namespace

Show show_of(const Plan& plan, const Dialect& dialect, const std::string& number) {
  return Stage(plan, dialect, number).show();
}

Show show_of(const Raw& raw, double pause_ms, const Dialect& dialect) {
  Show show;
  for (const Raw::Piece& piece : raw.pieces) {
    show.steps.push_back(
        {piece.framed ? dialect.event(piece.event, piece.data) : piece.data, show.steps.empty() ? 0 : pause_ms});
  }
  switch (raw.end) {
    case Raw::End::whole:
      break;
    case Raw::End::cut:
      show.end = Show::End::cut;
      break;
    case Raw::End::reset:
      show.end = Show::End::reset;
      break;
    case Raw::End::stall:
      show.end = Show::End::stall;
      break;
  }
  return show;
}

}  // namespace assay::fake
