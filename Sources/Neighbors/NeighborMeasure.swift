// SPDX-License-Identifier: MIT
internal import CKernels

/// Distances of one query by direct differences: exact integers for bytes, double precision for floats.
///
/// Euclidean: the square root of sum (x - y)^2. Tiled: of the largest mean of a tile. Cosine of floats:
/// |x/|x| - y/|y||^2 / 2; of bytes (n - p^2)/(sqrt(n) (sqrt(n) + p)) with n = |x|^2 |y|^2 and p = x.y, whose difference
/// is an exact integer: both keep their digits where 1 - cos cancels. Sums run in the order that `neighbors.h` gives,
/// the same on every machine.
struct NeighborMeasure {
  private let level: Int32
  private let layout: NeighborLayout
  private let metric: NeighborMetric
  private let reference: PointRows
  private let converted: AlignedBuffer
  private let query: UnsafeRawPointer
  /// |x|^2 of bytes, 1/|x| of floats; for the cosine.
  private let querySquare: Int64
  private let queryInverse: Double

  init(
    layout: NeighborLayout, metric: NeighborMetric, level: Int32, reference: PointRows, queries: PointRows, row: Int
  ) {
    (self.level, self.layout, self.metric, self.reference) = (level, layout, metric, reference)
    let mixed = queries.scalar != reference.scalar
    converted = AlignedBuffer(bytes: mixed ? 8 * layout.dimension : 0)
    if layout.scalar == .bytes {
      let bytes = queries.bytes(row)
      query = UnsafeRawPointer(bytes)
      var spans = layout.spans(tile: 0)
      querySquare = metric == .cosine ? vb_neighbor_dot_bytes(level, bytes, bytes, &spans) : 0
      queryInverse = 0
    } else {
      let floats = queries.floats(row, scratch: converted.values(Float.self))
      query = UnsafeRawPointer(floats)
      querySquare = 0
      queryInverse = metric == .cosine ? Self.inverseNorm(floats, layout, level) : 1
    }
  }

  /// The distance to a row of the reference; infinity if it is not a number.
  func distance(_ index: Int) -> Double {
    let distance = layout.scalar == .bytes ? bytes(index) : floats(index)
    return distance.isNaN ? .infinity : distance
  }

  /// Lets the memory of a row come while another one is measured.
  func prefetch(_ index: Int) {
    vb_neighbor_prefetch(
      reference.base + index * reference.dimension * reference.scalar.size,
      Int64(reference.dimension * reference.scalar.size))
  }

  private func bytes(_ index: Int) -> Double {
    let (x, y) = (query.assumingMemoryBound(to: UInt8.self), reference.bytes(index))
    if metric == .cosine {
      var spans = layout.spans(tile: 0)
      let square = vb_neighbor_dot_bytes(level, y, y, &spans)
      return Self.cosine(querySquare, square, vb_neighbor_dot_bytes(level, x, y, &spans))
    }
    return largest { spans in Double(vb_neighbor_squared_bytes(level, x, y, spans)) }
  }

  private func floats(_ index: Int) -> Double {
    let x = query.assumingMemoryBound(to: Float.self)
    let y = reference.floats(index, scratch: converted.values(Float.self) + layout.dimension)
    guard metric == .cosine else {
      return largest { spans in vb_neighbor_squared_floats(level, x, y, 1, 1, spans) }
    }
    if queryInverse == 0 { return 1 }
    let inverse = Self.inverseNorm(y, layout, level)
    if inverse == 0 { return 1 }
    var spans = layout.spans(tile: 0)
    return vb_neighbor_squared_floats(level, x, y, queryInverse, inverse, &spans) / 2
  }

  private func largest(_ square: (UnsafePointer<vb_neighbor_spans>) -> Double) -> Double {
    var largest = 0.0
    for tile in layout.tileSizes.indices {
      var spans = layout.spans(tile: tile)
      let value = square(&spans) / Double(layout.tileSizes(tile, metric))
      if !(value <= largest) { largest = value }
      if largest.isNaN { break }
    }
    return largest.squareRoot()
  }

  /// 1 - p / sqrt(n) without cancellation; n and p^2 are below 2^127 up to 2^47 values.
  private static func cosine(_ x: Int64, _ y: Int64, _ product: Int64) -> Double {
    guard x > 0, y > 0 else { return 1 }
    let root = Double(x).squareRoot() * Double(y).squareRoot()
    let difference = Int128(x) * Int128(y) - Int128(product) * Int128(product)
    return Double(difference) / root / (root + Double(product))
  }

  /// 1/|x|, 0 for a zero vector.
  static func inverseNorm(_ row: UnsafePointer<Float>, _ layout: NeighborLayout, _ level: Int32) -> Double {
    var spans = layout.spans(tile: 0)
    let square = vb_neighbor_squared_floats(level, row, row, 1, 0, &spans)
    return square > 0 ? 1 / square.squareRoot() : 0
  }
}
