// SPDX-License-Identifier: MIT
import Kernels
import Testing

@Suite struct PhiloxTests {
  /// Known answers of Philox4x32-10 from the generator's authors (Random123, kat_vectors).
  @Test func `the published test vectors`() {
    let zeros = Philox.block(key: 0, counter: SIMD4(0, 0, 0, 0))
    #expect(zeros == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))

    let ones = Philox.block(key: .max, counter: SIMD4(repeating: .max))
    #expect(ones == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))

    // Digits of pi: counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0.
    let digits = Philox.block(
      key: 0x299f_31d0_a409_3822, counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344))
    #expect(digits == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func `one flipped bit of key or counter changes about half of the output`() {
    let base = Philox.block(key: 7, counter: SIMD4(1, 2, 3, 4))
    for bit in 0..<64 {
      let other = Philox.block(key: 7 ^ (1 << bit), counter: SIMD4(1, 2, 3, 4))
      let flipped = (0..<4).reduce(0) { $0 + (base[$1] ^ other[$1]).nonzeroBitCount }
      // Binomial(128, 1/2): within 6 standard deviations (5.66 each), false alarm below 1e-8 a bit.
      #expect((30...98).contains(flipped), "bit \(bit): \(flipped) of 128")
    }
  }
}
