// SPDX-License-Identifier: MIT
internal import CKernels

/// Turns rows of a point set into the words, terms and sizes that the products and the bounds need.
struct RowPreparer: Sendable {
  enum Side { case reference, query }

  let level: Int32
  let layout: NeighborLayout
  let metric: NeighborMetric
  /// c and f of `ErrorBound`; no center for bytes.
  let center: [Double]
  let factor: Double

  /// c and f from a sample of the reference: any choice is valid, a good one makes the bounds tight.
  init(layout: NeighborLayout, metric: NeighborMetric, level: Int32, reference: PointRows) {
    (self.layout, self.metric, self.level) = (layout, metric, level)
    guard layout.scalar == .floats, reference.count > 0 else {
      (center, factor) = ([], 1)
      return
    }
    let sampled = min(reference.count, 256)
    let converted = AlignedBuffer(bytes: 4 * layout.dimension)
    /// Calls `body` with the points of the sample, for the cosine of length one.
    func forEach(_ body: (_ row: UnsafePointer<Float>, _ scale: Double) -> Void) {
      for index in 0..<sampled {
        let row = reference.floats(index * reference.count / sampled, scratch: converted.values(Float.self))
        body(row, metric == .cosine ? NeighborMeasure.inverseNorm(row, layout, level) : 1)
      }
    }
    var center = [Double](repeating: 0, count: layout.dimension)
    var largest = 0.0
    forEach { row, scale in
      for column in center.indices { center[column] += Double(row[column]) * scale / Double(sampled) }
    }
    for column in center.indices where !center[column].isFinite { center[column] = 0 }
    forEach { row, scale in
      for column in center.indices {
        let distance = abs(Double(row[column]) * scale - center[column])
        if distance.isFinite { largest = max(largest, distance) }
      }
    }
    self.center = center
    factor = largest > 0 ? Double(sign: .plus, exponent: -largest.exponent, significand: 1) : 1
  }

  /// The screened square of a distance.
  func square(_ distance: Double) -> Double {
    (metric == .cosine ? 2 * distance : distance * distance) * factor * factor
  }

  /// Prepares `count` rows from `first` on, chunk by chunk, into `scratch` (rows of `stride` words) and calls `emit`
  /// for each chunk; fills terms[term lanes + lane], sizes[lane] and, for the cosine of bytes, units[lane] = 1/|x|.
  func prepare(
    _ rows: PointRows, first: Int, count: Int, side: Side, into output: PreparedRows,
    emit: (NeighborLayout.Chunk) -> Void
  ) {
    var squares = [Double](repeating: 0, count: count)
    var sizes = [Double](repeating: 0, count: count)
    var lacking = [Double](repeating: 0, count: count)
    var residuals = [Double](repeating: 0, count: count)
    let inverses =
      layout.scalar == .floats && metric == .cosine
      ? (0..<count).map {
        NeighborMeasure.inverseNorm(rows.floats(first + $0, scratch: output.converted), layout, level)
      } : []
    for (index, chunk) in layout.chunks.enumerated() {
      for lane in 0..<count {
        let target = output.scratch + lane * output.stride
        if layout.scalar == .bytes {
          let sums = gather(rows.bytes(first + lane), chunk, into: target)
          squares[lane] += Double(sums.square)
          output.setTerm(index, lane, bits: term(sums, side: side))
          continue
        }
        let scale = inverses.isEmpty ? 1 : inverses[lane]
        let row = rows.floats(first + lane, scratch: output.converted)
        let sum = prepare(row, chunk, scale: scale, into: target, lacking: &lacking[lane])
        squares[lane] = chunk.isFirst ? sum : squares[lane] + sum
        guard chunk.isLast else { continue }
        output.setTerm(chunk.tile, lane, bits: Float(squares[lane]).bitPattern)
        // A zero vector has no direction: of no size, so that it is always measured.
        if scale == 0 { sizes[lane] = .nan }
        let weight = 1 / Double(layout.tileSizes(chunk.tile, metric))
        sizes[lane] = larger(sizes[lane], (squares[lane] * weight).squareRoot())
        residuals[lane] = larger(residuals[lane], (lacking[lane] * weight).squareRoot())
        lacking[lane] = 0
      }
      emit(chunk)
    }
    for lane in 0..<count {
      output.sizes[lane] = size(sizes[lane])
      output.residuals[lane] = layout.form == .halves ? Float(residuals[lane] * (1 + 0x1p-20)).nextUp : 0
      output.units[lane] = squares[lane] > 0 ? Float(1 / squares[lane].squareRoot()) : 0
    }
  }

  /// W of `ErrorBound`.
  private func size(_ value: Double) -> Float {
    if layout.scalar == .bytes { return metric == .cosine ? 0.5 : 0 }
    return Float(value).nextUp
  }

  private func larger(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }

  private func gather(
    _ row: UnsafePointer<UInt8>, _ chunk: NeighborLayout.Chunk, into target: UnsafeMutablePointer<UInt32>
  ) -> (sum: Int64, square: Int64) {
    let bytes = UnsafeMutableRawPointer(target)
    target[chunk.words - 1] = 0
    var at = 0
    for span in chunk.spans {
      (bytes + at).copyMemory(from: row + span.lowerBound, byteCount: span.count)
      at += span.count
    }
    var (sum, square): (Int64, Int64) = (0, 0)
    vb_neighbor_byte_sums(level, bytes.assumingMemoryBound(to: UInt8.self), Int64(at), &sum, &square)
    return (sum, square)
  }

  /// |q - r|^2 = |q|^2 + (|r|^2 - 256 sum r) - 2 (q - 128).r, and q.r = (q - 128).r + 128 sum r.
  private func term(_ sums: (sum: Int64, square: Int64), side: Side) -> UInt32 {
    let value: Int64 =
      switch (side, metric) {
      case (.query, _): sums.square
      case (.reference, .cosine): 128 * sums.sum
      case (.reference, _): sums.square - 256 * sums.sum
      }
    return UInt32(truncatingIfNeeded: value)
  }

  /// Writes a chunk's prepared values; adds to `lacking` what halves lack of them, squared; returns their squares.
  private func prepare(
    _ row: UnsafePointer<Float>, _ chunk: NeighborLayout.Chunk, scale: Double,
    into target: UnsafeMutablePointer<UInt32>, lacking: inout Double
  ) -> Double {
    target[chunk.words - 1] = 0
    let raw = UnsafeMutableRawPointer(target)
    var (sum, at) = (0.0, 0)
    center.withUnsafeBufferPointer { center in
      for span in chunk.spans {
        let (from, origin, count) = (
          row + span.lowerBound, center.baseAddress.map { $0 + span.lowerBound }, Int64(span.count)
        )
        if layout.form == .halves {
          sum += vb_neighbor_prepare_halves(
            level, from, origin, scale, factor, count, raw.assumingMemoryBound(to: UInt16.self) + at, &lacking)
        } else {
          sum += vb_neighbor_prepare(
            level, from, origin, scale, factor, count, raw.assumingMemoryBound(to: Float.self) + at)
        }
        at += span.count
      }
    }
    return sum
  }
}
