// SPDX-License-Identifier: MIT
import CKernels
import Kernels
import Testing

/// The products of every instruction set against three loops.
struct NeighborKernelTests {
  @Test(arguments: Points.levels)
  func `products of bytes are exact, extremes included`(level: Int32) {
    for (groups, words) in [(1, 1), (2, 5), (3, 48), (1, 1024)] {
      let values = 4 * words
      var queries = Points.bytes(groups * 6, values, seed: 70)
      var references = Points.bytes(64, values, seed: 71)
      for column in 0..<values { (queries[column], references[column]) = (0, 255) }
      for column in 0..<values { (queries[values + column], references[values + column]) = (255, 255) }
      let queryWords = words * Int(vb_neighbor_query_words(level))
      let packed = aligned(UInt32.self, groups * 6 * queryWords)
      let panel = aligned(UInt32.self, 64 * words)
      let out = aligned(Int32.self, groups * 6 * 64)
      queries.withUnsafeBytes { bytes in
        let rows = bytes.bindMemory(to: UInt32.self).baseAddress!
        for group in 0..<groups {
          vb_neighbor_interleave_bytes(
            level, rows + group * 6 * words, Int64(words), 6, Int64(words), packed + group * 6 * queryWords)
        }
      }
      references.withUnsafeBytes {
        vb_neighbor_interleave($0.bindMemory(to: UInt32.self).baseAddress!, Int64(words), 64, 64, Int64(words), panel)
      }
      vb_neighbor_products_bytes(level, Int64(groups), Int64(words), packed, panel, out)
      for row in 0..<groups * 6 {
        for lane in 0..<64 {
          let expected = (0..<values).reduce(0) {
            $0 + (Int(queries[row * values + $1]) - 128) * Int(references[lane * values + $1])
          }
          #expect(Int(out[row * 64 + lane]) == expected)
        }
      }
      packed.deallocate()
      panel.deallocate()
      out.deallocate()
    }
  }

  @Test(arguments: Points.levels)
  func `products of small whole floats are exact, added or not`(level: Int32) {
    for (groups, words) in [(1, 1), (2, 5), (3, 48), (1, 256)] {
      let queries = Points.bytes(groups * 6, words, seed: 72, values: 16).map(Float.init)
      let references = Points.bytes(64, words, seed: 73, values: 16).map(Float.init)
      let (packed, panel) = (aligned(Float.self, groups * 6 * words), aligned(Float.self, 64 * words))
      let out = aligned(Float.self, groups * 6 * 64)
      for row in 0..<groups * 6 {
        for k in 0..<words { packed[row / 6 * 6 * words + k * 6 + row % 6] = queries[row * words + k] }
      }
      for lane in 0..<64 { for k in 0..<words { panel[k * 64 + lane] = references[lane * words + k] } }
      for add in [Int32(0), 1] {
        vb_neighbor_products_floats(level, Int64(groups), Int64(words), packed, panel, add, out)
      }
      for row in 0..<groups * 6 {
        for lane in 0..<64 {
          let expected = (0..<words).reduce(Float(0)) { $0 + queries[row * words + $1] * references[lane * words + $1] }
          #expect(out[row * 64 + lane] == 2 * expected)
        }
      }
      packed.deallocate()
      panel.deallocate()
      out.deallocate()
    }
  }

  private func aligned<Value: BitwiseCopyable>(_ type: Value.Type, _ count: Int) -> UnsafeMutablePointer<Value> {
    UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Value>.stride, alignment: 64)
      .initializeMemory(as: type, repeating: unsafeBitCast(UInt32(0), to: type), count: count)
  }
}
