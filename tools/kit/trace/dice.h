/* SPDX-License-Identifier: MIT */
#ifndef KIT_DICE_H
#define KIT_DICE_H

#include <cstdint>
#include <vector>

namespace kit {

/** splitmix64: the same numbers on every platform. */
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  uint64_t below(uint64_t limit) { return next() % limit; }
  bool chance(unsigned percent) { return below(100) < percent; }
  template <typename Item>
  const Item &pick(const std::vector<Item> &items) {
    return items[below(items.size())];
  }

 private:
  uint64_t state_;
};

/** The seed of one part of what a seed determines. */
inline uint64_t part_of(uint64_t seed, uint64_t number) {
  return Dice(seed ^ (number * 0xd1342543de82ef95u)).next();
}

}  // namespace kit

#endif
