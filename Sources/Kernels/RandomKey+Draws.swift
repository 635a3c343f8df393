// SPDX-License-Identifier: MIT
internal import Foundation

extension RandomKey {
  /// `count` uniform doubles in [0, 1), 53 bits each.
  public func uniforms(_ count: Int) -> [Double] {
    words(count).map { Double($0 >> 11) * 0x1p-53 }
  }

  /// `count` standard normals in double precision (Box and Muller 1958).
  ///
  /// Normals 2p and 2p + 1 come from words 2p and 2p + 1, so a longer draw begins with a shorter one.
  public func normals(_ count: Int) -> [Double] {
    let words = words(count + count % 2)
    var normals: [Double] = []
    normals.reserveCapacity(words.count)
    for pair in stride(from: 0, to: words.count, by: 2) {
      // (0, 1], so that the logarithm is finite.
      let radius = (-2 * log((Double(words[pair] >> 11) + 1) * 0x1p-53)).squareRoot()
      let angle = 2 * Double.pi * (Double(words[pair + 1] >> 11) * 0x1p-53)
      normals.append(radius * cos(angle))
      normals.append(radius * sin(angle))
    }
    return Array(normals.prefix(count))
  }

  /// A (rows, columns) matrix of standard normals; row r depends on the key and r alone.
  public func normalRows(_ rows: Int, _ columns: Int) -> Matrix {
    var values: [Double] = []
    values.reserveCapacity(rows * columns)
    for row in 0..<rows { values.append(contentsOf: child(row).normals(columns)) }
    return Matrix(rows: rows, columns: columns, values: values)
  }

  /// `count` integers, uniform in 0..<bound (multiply-high; bias below bound / 2^64).
  public func integers(_ count: Int, below bound: Int) -> [Int] {
    precondition(bound > 0, "no integers below \(bound)")
    return words(count).map { Int(truncatingIfNeeded: $0.multipliedFullWidth(by: UInt64(bound)).high) }
  }

  /// A uniform permutation of 0..<count (Fisher and Yates, from the front: prefixes are nested subsets).
  public func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    guard count > 1 else { return order }
    let words = words(count - 1)
    for position in 0..<(count - 1) {
      let offset = Int(truncatingIfNeeded: words[position].multipliedFullWidth(by: UInt64(count - position)).high)
      order.swapAt(position, position + offset)
    }
    return order
  }
}
