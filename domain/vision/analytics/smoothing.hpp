#pragma once

#include <cstdint>

namespace ringside::analytics {

/// What is left of one million after `dt_us` of a decay with the time constant
/// `tau_us`: e^(-dt/tau) from integers, within 0.1 % of the whole, the same on
/// every machine. Never rises with time.
std::int32_t decay_ppm(std::int64_t dt_us, std::int64_t tau_us) noexcept;

/// A value that follows its samples with a time constant. The weight of a
/// sample is the time it stands for, so 15 and 60 pictures a second and a
/// stream with holes give the same curve.
class smoothed {
public:
  /// A sample that held for the last `dt_us`.
  void take(std::int64_t sample, std::int64_t dt_us,
            std::int64_t tau_us) noexcept;

  std::int64_t value() const noexcept {
    return value_;
  }

  /// Begins anew at a value.
  void set(std::int64_t value) noexcept {
    value_ = value;
  }

private:
  std::int64_t value_ = 0;
};

} // namespace ringside::analytics
