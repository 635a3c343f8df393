// SPDX-License-Identifier: MIT
internal import Files
internal import Neighbors

/// One pass over points: their range, and the SHA-256 of their values.
struct PointExtremes {
  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity
  let sha256: String

  init(_ points: PointSet) {
    let hash = SHA256()
    var (low, high) = (Double.infinity, -Double.infinity)
    for row in 0..<points.count {
      let values = points.row(row)
      for value in values { (low, high) = (min(low, value), max(high, value)) }
      hash.update(values.map { Float($0) }.withUnsafeBytes { Array($0) })
    }
    (self.low, self.high, sha256) = (low, high, hash.hex())
  }
}
