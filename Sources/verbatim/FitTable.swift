// SPDX-License-Identifier: MIT
import Diffusion
import Experiments
import Kernels
import Memorization
import Reports
import RunStore

/// A transitions.csv or results.csv of a study, read for the fit.
struct FitTable {
  let path: String
  private let table: CSVReader

  init(path: String) throws {
    self.path = path
    table = try CSVReader(reading: path)
    let needed = ["dimension", "trueComponents", "samples", "variance", "process", "preset", "dataSeed", "seed"]
    if let missing = needed.first(where: { !table.columns.contains($0) }) {
      throw bad("has no column '\(missing)'; allowed: transitions.csv or results.csv of a study")
    }
    if table.rows.isEmpty { throw bad("holds no rows: run the study first") }
  }

  /// What one sweep has one value of, beside what its columns need.
  private static let fixed = [
    ("initialization", "initializations"), ("initializationDetail", "initializations"), ("steps", "training steps"),
    ("draws", "draws"), ("componentRatio", "component ratios"), ("duplicates", "shares of duplicates"),
    ("criterion", "criteria"), ("sampler", "samplers"), ("samplingTimes", "sampling times"), ("times", "times"),
    ("prediction", "predictions"), ("weight", "weights"), ("peakRate", "peak rates"),
  ]
  /// As the tables write `TimeGrid.paper`.
  private static let paperTimes = "uniform first=0.999 last=0.001 count=26"

  static let alone = "the fit needs runs that differ in d, K, N and seeds alone"

  private func bad(_ problem: String) -> Failure.Usage { Failure.Usage(description: "\(path): \(problem)") }

  var input: FitInput {
    get throws {
      let variance = try same("variance", "variances")
      _ = try same("preset", "presets")
      for (column, what) in Self.fixed where table.columns.contains(column) { _ = try same(column, what) }
      if let times = table.columns.contains("times") ? table.value(0, "times") : nil, times != Self.paperTimes {
        throw bad("times: '\(times)' are not the paper's; give the run folder instead")
      }
      let word = try same("process", "processes")
      guard let process = ProcessName(rawValue: word) else { throw bad("process: '\(word)' is unknown") }
      guard process != .ve else {
        throw bad("process: the times of 've' are not in the table; give the run folder instead")
      }
      guard let variance = Double(variance), variance > 0, variance.isFinite else {
        throw bad("variance: '\(variance)' is not a number above 0")
      }
      let halves = try table.columns.contains("half") ? fromTransitions() : fromResults()
      return FitInput(
        rows: Self.rows(halves), variance: variance, process: process,
        times: TimeGrid.paper.times(of: process.process))
    }
  }

  /// The one value of a column.
  private func same(_ column: String, _ what: String) throws -> String {
    let values = table.rows.indices.map { table.value($0, column) ?? "" }
    if let other = values.first(where: { $0 != values[0] }) {
      throw bad("mixed \(what): '\(values[0])' and '\(other)'; " + Self.alone)
    }
    return values[0]
  }

  private typealias Half = (tuple: [Int], crossing: Crossing)

  private static func rows(_ halves: [Half]) -> [SweepRow] {
    var order: [[Int]] = []
    var groups: [[Int]: [Crossing]] = [:]
    for half in halves {
      if groups[half.tuple] == nil { order.append(half.tuple) }
      groups[half.tuple, default: []].append(half.crossing)
    }
    return order.map {
      SweepRow(dimension: $0[0], trueComponents: $0[1], samples: $0[2], halves: groups[$0] ?? [])
    }
  }

  /// d, K, N of a row.
  private func tuple(_ row: Int) throws -> [Int] {
    try ["dimension", "trueComponents", "samples"].map { try integer(row, $0) }
  }

  private func integer(_ row: Int, _ column: String) throws -> Int {
    let text = table.value(row, column) ?? ""
    guard let value = Int(text), (1...1_000_000_000).contains(value) else {
      throw bad("row \(row + 1): \(column): '\(text)' is not a whole number above 0")
    }
    return value
  }

  /// nil of an empty field.
  private func number(_ row: Int, _ column: String, in range: ClosedRange<Double>) throws -> Double? {
    guard let text = table.value(row, column) else { return nil }
    guard let value = Double(text), range.contains(value) else {
      throw bad("row \(row + 1): \(column): '\(text)' is not a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  private func fromTransitions() throws -> [Half] {
    try table.rows.indices.map { row in
      let value = try number(row, "half", in: 0...1)
      let (low, high) = (try number(row, "halfLow", in: 0...1), try number(row, "halfHigh", in: 0...1))
      return (try tuple(row), Crossing(value: value, low: low, high: high, reason: table.value(row, "halfReason")))
    }
  }

  /// Fits the transition anew from each configuration's ratios.
  private func fromResults() throws -> [Half] {
    guard ["components", "ratio", "trials"].allSatisfy(table.columns.contains) else {
      throw bad(
        "has neither a column 'half' nor 'components', 'ratio', 'trials'; allowed: transitions.csv or results.csv")
    }
    var order: [[String]] = []
    var curves: [[String]: (tuple: [Int], points: [CurvePoint])] = [:]
    for row in table.rows.indices {
      let tuple = try tuple(row)
      let family = tuple.map(String.init) + [table.value(row, "dataSeed") ?? "", table.value(row, "seed") ?? ""]
      if curves[family] == nil {
        order.append(family)
        curves[family] = (tuple, [])
      }
      // A training that diverged has no ratio.
      guard let ratio = try number(row, "ratio", in: 0...1) else { continue }
      let (components, trials) = (try integer(row, "components"), try integer(row, "trials"))
      if curves[family]?.points.contains(where: { $0.components == components }) == true {
        throw bad(
          "row \(row + 1): components: '\(components)' occurs twice for d=\(tuple[0]) K=\(tuple[1]) N=\(tuple[2])")
      }
      curves[family]?.points.append(
        CurvePoint(components: components, memorized: Int((ratio * Double(trials)).rounded()), trials: trials))
    }
    let key = RandomKey(seed: 0).child("bootstrap")
    return order.compactMap { curves[$0] }.map { curve in
      (curve.tuple, TransitionFit().fit(curve.points, samples: curve.tuple[2], key: key).half)
    }
  }
}
