// SPDX-License-Identifier: MIT

/// The memory of one task that prepares rows.
struct PreparationScratch {
  private let words: AlignedBuffer
  private let converted: AlignedBuffer
  let stride: Int

  init(layout: NeighborLayout, rows: Int, converting: Bool) {
    stride = layout.chunkWords + 16
    words = AlignedBuffer(bytes: 4 * rows * stride)
    converted = AlignedBuffer(bytes: converting ? 4 * layout.dimension : 0)
  }

  var scratch: UnsafeMutablePointer<UInt32> { words.values(UInt32.self) }

  func target(
    terms: UnsafeMutablePointer<UInt32>, lanes: Int, sizes: UnsafeMutablePointer<Float>,
    units: UnsafeMutablePointer<Float>, residuals: UnsafeMutablePointer<Float>
  ) -> PreparedRows {
    PreparedRows(
      scratch: scratch, stride: stride, converted: converted.values(Float.self), terms: terms, lanes: lanes,
      sizes: sizes, units: units, residuals: residuals)
  }
}
