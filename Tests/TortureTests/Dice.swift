// SPDX-License-Identifier: MIT
import Kernels

/// Random choices one after the other; the same key gives the same ones.
struct Dice {
  private let key: RandomKey
  private var rolls = 0

  init(_ key: RandomKey) { self.key = key }

  mutating func word() -> UInt64 {
    rolls += 1
    return key.child(rolls).words(1)[0]
  }

  /// In 0..<bound.
  mutating func below(_ bound: Int) -> Int { Int(word() % UInt64(max(1, bound))) }

  mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// In [0, 1).
  mutating func uniform() -> Double { Double(word() >> 11) * 0x1p-53 }

  /// True once in `count`.
  mutating func once(in count: Int) -> Bool { below(count) == 0 }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}
