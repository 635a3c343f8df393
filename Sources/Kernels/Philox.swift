// SPDX-License-Identifier: MIT

/// Philox4x32-10, the counter-based generator of Salmon et al. (SC 2011, section 3.3).
///
/// Ten rounds of a 4 x 32-bit bijection keyed by 64 bits; checked against the published test
/// vectors. The vectorized twin is `vb_normals` in `CKernels`.
package enum Philox {
  /// The block of four words of a key and a counter.
  package static func block(key: UInt64, counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
    var k0 = UInt32(truncatingIfNeeded: key)
    var k1 = UInt32(truncatingIfNeeded: key >> 32)
    for _ in 0..<10 {
      let first = UInt64(0xD251_1F53) * UInt64(c0)
      let second = UInt64(0xCD9E_8D57) * UInt64(c2)
      (c0, c1, c2, c3) = (
        UInt32(second >> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: second),
        UInt32(first >> 32) ^ c3 ^ k1, UInt32(truncatingIfNeeded: first)
      )
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }
}
