// SPDX-License-Identifier: MIT

/// How far apart two points are, in units of their values.
public enum NeighborMetric: Sendable, Hashable {
  /// |x - y|.
  case euclidean
  /// The patched l2 of Carlini et al. (2023): the largest over tiles of the root-mean-square difference of a tile.
  ///
  /// Points are pictures (height, width, channels), channels interleaved. Sides that do not divide evenly are split
  /// as evenly as possible: part i of n runs from i side / n to (i + 1) side / n, rounded down.
  case tiled(height: Int, width: Int, channels: Int, tileRows: Int, tileColumns: Int)
  /// 1 - x.y / (|x| |y|); 1 if either is zero.
  case cosine

  /// Throws if points of `dimension` values are not of this metric's shape.
  func check(dimension: Int) throws(NeighborError) {
    guard case .tiled(let height, let width, let channels, let tileRows, let tileColumns) = self else { return }
    guard height > 0, width > 0, channels > 0, height * width * channels == dimension else {
      throw .shape("points of \(dimension) values are not pictures of \(height) x \(width) x \(channels)")
    }
    guard (1...height).contains(tileRows), (1...width).contains(tileColumns) else {
      throw .shape("\(tileRows) x \(tileColumns) tiles of pictures of \(height) x \(width)")
    }
  }

  /// The runs of consecutive values of each tile; without tiles one run of everything.
  func spans(dimension: Int) -> [[Range<Int>]] {
    guard case .tiled(let height, let width, let channels, let tileRows, let tileColumns) = self else {
      return [[0..<dimension]]
    }
    return (0..<tileRows * tileColumns).map { tile in
      let (row, column) = tile.quotientAndRemainder(dividingBy: tileColumns)
      let columns = column * width / tileColumns * channels..<(column + 1) * width / tileColumns * channels
      return (row * height / tileRows..<(row + 1) * height / tileRows).map { y in
        y * width * channels + columns.lowerBound..<y * width * channels + columns.upperBound
      }
    }
  }
}
