// SPDX-License-Identifier: MIT
internal import CKernels

/// How the values of a point are laid out for the products: tile after tile, each in chunks of 32-bit words.
///
/// A word is one float, two halves (the upper 16 bits of floats) or four bytes; a chunk ends with zeros up to a whole
/// word. A chunk of bytes stays exact in 32 bits: 4,096 values make at most 4,096 . 255^2 < 2^31. A chunk of floats is
/// short, because the bound of the rounding errors grows with its length. All stay in the second-level cache.
final class NeighborLayout: Sendable {
  enum Form: Sendable {
    case bytes, halves, floats

    var valuesPerWord: Int {
      switch self {
      case .bytes: 4
      case .halves: 2
      case .floats: 1
      }
    }
    /// Most values of a chunk.
    var chunkValues: Int { self == .bytes ? 4096 : 256 * valuesPerWord }
  }

  struct Chunk: Sendable {
    let tile: Int
    /// Words of the chunk and of all chunks before it.
    let words, wordsBefore: Int
    let spans: [Range<Int>]
    let isFirst, isLast: Bool
  }

  let dimension: Int
  let form: Form
  let chunks: [Chunk]
  /// Values of each tile.
  let tileSizes: [Int]
  let words: Int
  /// Most chunks of a tile, most words of a chunk.
  let chunksPerTile, chunkWords: Int
  private let spanTable: AlignedBuffer
  private let spanRanges: [Range<Int>]
  private let spanCount: Int

  init(dimension: Int, metric: NeighborMetric, form: Form) {
    let tiles = metric.spans(dimension: dimension)
    var chunks: [Chunk] = []
    var before = 0
    for (tile, spans) in tiles.enumerated() {
      let parts = Self.cut(spans, limit: form.chunkValues)
      for (index, part) in parts.enumerated() {
        let values = part.reduce(0) { $0 + $1.count }
        let words = (values + form.valuesPerWord - 1) / form.valuesPerWord
        chunks.append(
          Chunk(
            tile: tile, words: words, wordsBefore: before, spans: part, isFirst: index == 0,
            isLast: index == parts.count - 1))
        before += words
      }
    }
    (self.dimension, self.form, self.chunks, words) = (dimension, form, chunks, before)
    tileSizes = tiles.map { $0.reduce(0) { $0 + $1.count } }
    chunksPerTile = tiles.indices.map { tile in chunks.count { $0.tile == tile } }.max() ?? 1
    chunkWords = chunks.map(\.words).max() ?? 1
    let flat = tiles.flatMap { $0 }
    spanCount = flat.count
    spanTable = AlignedBuffer(bytes: 16 * flat.count)
    let table = spanTable.values(Int64.self)
    for (index, span) in flat.enumerated() {
      table[index] = Int64(span.lowerBound)
      table[flat.count + index] = Int64(span.count)
    }
    var start = 0
    spanRanges = tiles.map { spans in
      defer { start += spans.count }
      return start..<start + spans.count
    }
  }

  /// Terms per point that the squares need: one per chunk of bytes, one per tile of floats.
  var terms: Int { form == .bytes ? chunks.count : tileSizes.count }

  /// What the rows are measured as.
  var scalar: PointSet.Scalar { form == .bytes ? .bytes : .floats }

  /// n_t of `ErrorBound`: the values of a tile, 1 for a metric without tiles.
  func tileSizes(_ tile: Int, _ metric: NeighborMetric) -> Int {
    if case .tiled = metric { tileSizes[tile] } else { 1 }
  }

  /// The spans of a tile, for measuring; they live as long as the layout.
  func spans(tile: Int) -> vb_neighbor_spans {
    let table = spanTable.values(Int64.self)
    let range = spanRanges[tile]
    return vb_neighbor_spans(
      count: Int64(range.count), start: table + range.lowerBound, length: table + spanCount + range.lowerBound)
  }

  /// The spans in pieces of at most `limit` values.
  private static func cut(_ spans: [Range<Int>], limit: Int) -> [[Range<Int>]] {
    var parts: [[Range<Int>]] = [[]]
    var room = limit
    for span in spans {
      var rest = span
      while !rest.isEmpty {
        if room == 0 {
          parts.append([])
          room = limit
        }
        let piece = rest.prefix(room)
        parts[parts.count - 1].append(piece)
        room -= piece.count
        rest = piece.upperBound..<rest.upperBound
      }
    }
    return parts
  }
}
