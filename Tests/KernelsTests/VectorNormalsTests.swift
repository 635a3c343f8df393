// SPDX-License-Identifier: MIT
import CKernels
import Foundation
import Kernels
import Testing

/// The vectorized generator behind every training step: known answers, its scalar twin, and its law.
@Suite struct VectorNormalsTests {
  private func normals(key: UInt64, stream: [UInt32], count: Int) -> [Float] {
    var values = [Float](repeating: .nan, count: count)
    vb_normals(key, stream, &values, Int64(count))
    return values
  }

  @Test func `the C Philox gives the published answers and those of the Swift one`() {
    var output = [UInt32](repeating: 0, count: 4)
    vb_philox(0, [0, 0, 0, 0], &output)
    #expect(output == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    vb_philox(.max, [.max, .max, .max, .max], &output)
    #expect(output == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    for index in 0..<100 {
      let words = RandomKey(seed: 1).child(index).words(3)
      let counter = SIMD4<UInt32>(truncatingIfNeeded: SIMD4(words[0], words[0] >> 32, words[1], words[1] >> 32))
      vb_philox(words[2], [counter[0], counter[1], counter[2], counter[3]], &output)
      let twin = Philox.block(key: words[2], counter: counter)
      #expect(output == [twin[0], twin[1], twin[2], twin[3]])
    }
  }

  /// Box and Muller with the C library's functions; 1e-6 is a few units of single precision at 6.7, the largest.
  @Test(arguments: [1, 15, 16, 63, 64, 65, 200, 4096])
  func `every normal is that of the scalar twin`(_ count: Int) {
    let (key, stream): (UInt64, [UInt32]) = (0x0123_4567_89ab_cdef, [5, 6, 7])
    for (index, value) in normals(key: key, stream: stream, count: count).enumerated() {
      let (block, quarter, lane) = (index / 64, index % 64 / 16, index % 16)
      let random = Philox.block(key: key, counter: SIMD4(UInt32(16 * block + lane), stream[0], stream[1], stream[2]))
      let pair = quarter / 2
      let radius = (-2 * log(Double(random[2 * pair]) * 0x1p-32 + 0x1p-33)).squareRoot()
      let angle = Double(Int32(bitPattern: random[2 * pair + 1])) * 0x1p-31 * Double.pi
      let expected = radius * (quarter % 2 == 0 ? cos(angle) : sin(angle))
      #expect(abs(Double(value) - expected) < 1e-6, "normal \(index): \(value), twin \(expected)")
    }
  }

  @Test func `a longer draw begins with a shorter one, and streams differ`() {
    let long = normals(key: 3, stream: [1, 2, 0], count: 500)
    #expect(Array(long.prefix(77)) == normals(key: 3, stream: [1, 2, 0], count: 77))
    for stream in [[2, 2, 0], [1, 3, 0], [1, 2, 1]] as [[UInt32]] {
      #expect(zip(long, normals(key: 3, stream: stream, count: 500)).count { $0 == $1 } < 5)
    }
  }

  @Test func `the normals of training are normal within a stream and over streams`() {
    let law = RandomLawTests()
    #expect(law.failures(normals(key: 11, stream: [0, 0, 0], count: 200_000).map { Double($0) }).isEmpty)
    let over = (0..<4000).flatMap { normals(key: 12, stream: [UInt32($0 % 50), UInt32($0 / 50), 0], count: 50) }
    #expect(law.failures(over.map { Double($0) }).isEmpty)
  }
}
