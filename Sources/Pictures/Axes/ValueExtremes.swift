// SPDX-License-Identifier: MIT
internal import Files

/// The smallest and the largest element of an array that comes in blocks.
struct ValueExtremes {
  let path: String
  private(set) var lowest = Double.infinity
  private(set) var highest = -Double.infinity
  private var count = 0

  init(path: String) { self.path = path }

  /// Throws `PictureError` naming the first element that is NaN or infinite.
  mutating func add(_ bytes: [UInt8], _ element: NPYArray.Element) throws(PictureError) {
    var (low, high, isFinite) = (lowest, highest, true)
    element.forEach(in: bytes) { value in
      isFinite = isFinite && value.isFinite
      low = value < low ? value : low
      high = value > high ? value : high
    }
    guard isFinite else { throw notFinite(bytes, element) }
    (lowest, highest, count) = (low, high, count + bytes.count / element.size)
  }

  private func notFinite(_ bytes: [UInt8], _ element: NPYArray.Element) -> PictureError {
    var (index, wrong): (Int, (index: Int, value: Double)?) = (count, nil)
    element.forEach(in: bytes) { value in
      if wrong == nil && !value.isFinite { wrong = (index, value) }
      index += 1
    }
    let found = wrong.map { "element \($0.index) is \($0.value)" } ?? "an element is not a number"
    return .malformed(path: path, problem: "\(found); only finite values can be used")
  }

  /// The error of values that are not within a range, or within none.
  func outside(_ range: ValueRange?) -> PictureError {
    let names = (range.map { [$0] } ?? ValueRange.allCases).map(\.rawValue).joined(separator: " or ")
    return .malformed(path: path, problem: "its values go from \(lowest) to \(highest), which is not within \(names)")
  }
}
