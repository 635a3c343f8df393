// SPDX-License-Identifier: MIT
internal import CKernels

/// The only source of randomness: a 128-bit key from which children and numbers are derived.
///
/// A key never changes. `child` derives an independent key from a name or an index, so that every
/// purpose has a named stream: `RandomKey(seed: 3).child("sampling").child(17)`. The numbers of a
/// key are a pure function of the key and their position (Philox4x32-10, Salmon et al., *Parallel
/// random numbers: as easy as 1, 2, 3*, SC 2011), hence independent of threads and of order.
/// Use each key for one draw only; draw again from a child.
public struct RandomKey: Sendable, Hashable, Codable {
  /// The first 64 of the 128 bits.
  public let high: UInt64
  /// The last 64 of the 128 bits, which key the generator.
  public let low: UInt64

  /// The key of these bits, as it was stored; for a new one use a seed.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The root of all streams of a seed: equal seeds give equal numbers.
  public init(seed: UInt64) {
    self = RandomKey(high: 0x5665_7262_6174_696d, low: seed).child("root")
  }

  /// The key of a named stream.
  public func child(_ label: String) -> RandomKey {
    var key = absorbing(0x6c61_6265_6c00_0000 | UInt64(label.utf8.count & 0xFFFF))
    var word: UInt64 = 0
    var filled = 0
    for byte in label.utf8 {
      word = word << 8 | UInt64(byte)
      filled += 1
      if filled == 8 { (key, word, filled) = (key.absorbing(word), 0, 0) }
    }
    return filled > 0 ? key.absorbing(word) : key
  }

  /// The key of the index-th element of a stream.
  public func child(_ index: Int) -> RandomKey {
    absorbing(0x696e_6465_7800_0000).absorbing(UInt64(bitPattern: Int64(index)))
  }

  /// One Philox block, the key mixed with a word: the compression step of `child`.
  private func absorbing(_ word: UInt64) -> RandomKey {
    let counter = SIMD4<UInt32>(
      UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word >> 32),
      UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32))
    let block = Philox.block(key: low, counter: counter)
    return RandomKey(
      high: UInt64(block[1]) << 32 | UInt64(block[0]), low: UInt64(block[3]) << 32 | UInt64(block[2]))
  }

  /// `count` 64-bit words: words 2b and 2b + 1 are the two halves of Philox block b.
  public func words(_ count: Int) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity(count + 1)
    var block: UInt64 = 0
    while words.count < count {
      let counter = SIMD4<UInt32>(
        UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32),
        UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32))
      let random = Philox.block(key: low, counter: counter)
      words.append(UInt64(random[1]) << 32 | UInt64(random[0]))
      words.append(UInt64(random[3]) << 32 | UInt64(random[2]))
      block += 1
    }
    if words.count > count { words.removeLast() }
    return words
  }
}
