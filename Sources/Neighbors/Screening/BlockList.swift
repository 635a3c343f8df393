// SPDX-License-Identifier: MIT

/// The blocks of rows that are still to be done.
enum BlockList {
  static func blocks(_ rows: Range<Int>, without finished: [Range<Int>], most: Int) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    func add(_ gap: Range<Int>) {
      let parts = (gap.count + most - 1) / most
      // Of about one size, so that the last one is not a small one that the threads share badly.
      for part in 0..<parts {
        blocks.append(gap.lowerBound + part * gap.count / parts..<gap.lowerBound + (part + 1) * gap.count / parts)
      }
    }
    var start = rows.lowerBound
    for done in finished.filter({ !$0.isEmpty && $0.overlaps(rows) }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if start < done.lowerBound { add(start..<done.lowerBound) }
      start = max(start, done.upperBound)
    }
    if start < rows.upperBound { add(start..<rows.upperBound) }
    return blocks
  }
}
