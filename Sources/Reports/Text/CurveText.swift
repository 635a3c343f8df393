// SPDX-License-Identifier: MIT
public import Experiments
internal import Memorization
internal import Statistics

/// A curve drawn with characters: memorization ratio against M / N on ten lines.
public enum CurveText {
  /// Ratios of all finished records against M / N: `o` a ratio, `|` its interval, `.` the null.
  /// Ten lines of at most 72 columns.
  public static func render(_ records: [RunRecord]) -> String {
    let families = Family.group(records, transitions: [])
    let points = families.flatMap { $0.plotted.flatMap(\.points) }
    guard !points.isEmpty else { return "no finished training to draw" }
    let largest = max(1, points.map(\.position).max() ?? 1)
    var grid = Array(repeating: Array(repeating: Character(" "), count: columns), count: rows)
    func row(_ ratio: Double) -> Int { rows - 1 - Int((min(max(ratio, 0), 1) * Double(rows - 1)).rounded()) }
    func column(_ capacity: Double) -> Int { Int((capacity / largest * Double(columns - 1)).rounded()) }
    for null in Set(points.map { row($0.measured.null.value) }) {
      for column in stride(from: 0, to: columns, by: 2) { grid[null][column] = "." }
    }
    for point in points {
      let ratio = point.measured.ratio
      for line in row(ratio.high)...row(ratio.low) { grid[line][column(point.position)] = "|" }
    }
    for point in points { grid[row(point.measured.ratio.value)][column(point.position)] = "o" }
    let lines = grid.enumerated().map { index, characters in
      let label = NumberText.fixed(1 - Double(index) / Double(rows - 1), 2)
      return "  \(label) |" + String(characters).trimmingTrailingSpaces
    }
    return (lines + [axis(largest, families[0].axis.quantity)]).joined(separator: "\n")
  }

  private static let rows = 9
  private static let columns = 61

  /// `ratio` is read upwards; M / N to the right, with its numbers on the axis.
  private static func axis(_ largest: Double, _ quantity: String) -> String {
    var line = Array("ratio  " + String(repeating: "-", count: columns) + "  ")
    for fraction in [0, 0.25, 0.5, 0.75, 1] {
      let text = Array((fraction == 1 ? quantity + "=" : "") + NumberText.fixed(fraction * largest, 2))
      let centre = 7 + Int((fraction * Double(columns - 1)).rounded())
      let start = min(max(7, centre - text.count / 2), line.count - text.count)
      line.replaceSubrange(start..<(start + text.count), with: text)
    }
    return String(line).trimmingTrailingSpaces
  }
}

extension String {
  var trimmingTrailingSpaces: String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}
