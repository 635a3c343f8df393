// SPDX-License-Identifier: MIT

/// Where `RowPreparer` writes: the words of one chunk, and terms, sizes and units of some lanes of a block.
struct PreparedRows {
  let scratch: UnsafeMutablePointer<UInt32>
  /// Words from row to row of `scratch`: not a power of two, so that rows do not share the same cache lines.
  let stride: Int
  /// A row of bytes as floats.
  let converted: UnsafeMutablePointer<Float>
  let terms: UnsafeMutablePointer<UInt32>
  /// Lanes of a term.
  let lanes: Int
  let sizes, units, residuals: UnsafeMutablePointer<Float>

  func setTerm(_ term: Int, _ lane: Int, bits: UInt32) { terms[term * lanes + lane] = bits }
}
