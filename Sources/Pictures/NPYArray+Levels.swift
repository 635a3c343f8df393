// SPDX-License-Identifier: MIT

extension NPYArray {
  /// The elements as 8-bit levels; floats by `range`, or by the only range they fit.
  func levels(_ range: ValueRange?) throws(PictureError) -> [UInt8] {
    if element == .uint8 {
      guard range == nil || range == .bytes else {
        throw .malformed(path: path, problem: "it has bytes (0..255), not values in \(range?.rawValue ?? "")")
      }
      return bytes
    }
    guard element == .float32 || element == .float64 else {
      throw .malformed(path: path, problem: "its type is '\(element.rawValue)'; pictures are |u1, <f4 or <f8")
    }
    let (lowest, highest) = try checkFinite()
    guard let found = range ?? ValueRange(from: lowest, to: highest), found.low <= lowest, highest <= found.high else {
      let allowed = range.map { [$0] } ?? ValueRange.allCases
      let names = allowed.map(\.rawValue).joined(separator: " or ")
      throw .malformed(path: path, problem: "its values go from \(lowest) to \(highest), which is not within \(names)")
    }
    var levels: [UInt8] = []
    levels.reserveCapacity(count)
    forEach { levels.append(found.level($0)) }
    return levels
  }
}
