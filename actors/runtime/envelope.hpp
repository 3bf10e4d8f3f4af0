#pragma once

#include <utility>

#include <caf/actor_clock.hpp>
#include <caf/mailbox_element.hpp>

namespace ringside {

/// A mailbox element around another one, since CAF's has no spare field. It
/// carries the sender so that a closing mailbox can still bounce requests,
/// and the id so that the priority is kept.
class envelope : public caf::mailbox_element {
public:
  using time_point = caf::actor_clock::time_point;

  envelope(caf::mailbox_element_ptr inner, time_point stamp)
    : caf::mailbox_element(std::move(inner->sender), inner->mid, {}),
      stamp_(stamp), inner_(std::move(inner)) {
    // nop
  }

  /// When it was enqueued.
  time_point stamp() const noexcept {
    return stamp_;
  }

  /// Opens the envelope for a handler; `reseal` undoes it after a skip.
  caf::mailbox_element& open() {
    inner_->sender = std::move(sender);
    return *inner_;
  }

  void reseal() {
    sender = std::move(inner_->sender);
  }

  /// Takes the content out for good.
  caf::mailbox_element_ptr take() {
    open();
    return std::move(inner_);
  }

  caf::type_erased_tuple& content() override {
    return inner_->content();
  }

  const caf::type_erased_tuple& content() const override {
    return std::as_const(*inner_).content();
  }

  caf::message move_content_to_message() override {
    return inner_->move_content_to_message();
  }

  caf::message copy_content_to_message() const override {
    return inner_->copy_content_to_message();
  }

private:
  time_point stamp_;
  caf::mailbox_element_ptr inner_;
};

/// Marks a message that has been through the delivery hook already.
class postponed final : public envelope {
public:
  using envelope::envelope;
};

/// Marks a message whose wait is measured.
class stamped final : public envelope {
public:
  using envelope::envelope;
};

} // namespace ringside
