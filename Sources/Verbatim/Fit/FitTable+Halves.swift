// SPDX-License-Identifier: MIT
internal import Experiments
internal import Files
internal import Memorization
internal import RunStore

/// The measured transitions of a table, row by row.
extension FitTable {
  /// d, K, N of a row.
  private func tuple(_ row: Int) throws -> [Int] {
    try [
      ("dimension", StudyBounds.dimension), ("trueComponents", StudyBounds.trueComponents),
      ("samples", StudyBounds.samples),
    ].map {
      try integer(row, $0, in: $1)
    }
  }

  /// In the range that a study has.
  private func integer(_ row: Int, _ column: String, in range: ClosedRange<Int>) throws -> Int {
    let text = table.value(row, column) ?? ""
    guard let value = Int(text), range.contains(value) else {
      throw bad(
        "row \(row + 1): \(column): \(quoted(text)) is not a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return value
  }

  /// nil of an empty field.
  private func number(_ row: Int, _ column: String, in range: ClosedRange<Double>) throws -> Double? {
    guard let text = table.value(row, column) else { return nil }
    guard let value = Double(text), range.contains(value) else {
      throw bad(
        "row \(row + 1): \(column): \(quoted(text)) is not a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  func fromTransitions() throws -> [Half] {
    try table.rows.indices.map { row in
      let value = try number(row, "half", in: 0...1)
      let (low, high) = (try number(row, "halfLow", in: 0...1), try number(row, "halfHigh", in: 0...1))
      return (try tuple(row), Crossing(value: value, low: low, high: high, reason: table.value(row, "halfReason")))
    }
  }

  /// Fits the transition anew from each configuration's ratios; its interval, which costs a thousand fits, is not asked for.
  func fromResults() throws -> [Half] {
    guard ["components", "ratio", "trials"].allSatisfy(table.columns.contains) else {
      throw bad(
        "has neither a column 'half' nor 'components', 'ratio', 'trials'; allowed: transitions.csv or results.csv")
    }
    var order: [[String]] = []
    var curves: [[String]: (tuple: [Int], points: [CurvePoint], known: Set<Int>)] = [:]
    for row in table.rows.indices {
      let tuple = try tuple(row)
      let family = tuple.map(String.init) + [table.value(row, "dataSeed") ?? "", table.value(row, "seed") ?? ""]
      if curves[family] == nil {
        order.append(family)
        curves[family] = (tuple, [], [])
      }
      // A training that diverged has no ratio.
      guard let ratio = try number(row, "ratio", in: 0...1) else { continue }
      let (components, trials) = (
        try integer(row, "components", in: StudyBounds.capacity),
        try integer(row, "trials", in: StudyBounds.evaluationSamples)
      )
      if curves[family]?.known.insert(components).inserted == false {
        throw bad(
          "row \(row + 1): components: '\(components)' occurs twice for d=\(tuple[0]) K=\(tuple[1]) N=\(tuple[2])")
      }
      curves[family]?.points.append(
        CurvePoint(capacity: components, memorized: Int((ratio * Double(trials)).rounded()), trials: trials))
    }
    return order.compactMap { curves[$0] }.map { curve in
      let half = TransitionFit.crossing(of: TransitionFit.levels.half, curve.points, samples: curve.tuple[2])
      return (curve.tuple, Crossing(value: half, low: nil, high: nil))
    }
  }
}
