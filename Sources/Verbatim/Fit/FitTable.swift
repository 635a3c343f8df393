// SPDX-License-Identifier: MIT
internal import Files
internal import Diffusion
internal import Experiments
internal import Foundation
internal import Memorization
internal import Reports
internal import RunStore

/// A transitions.csv or results.csv of a study, read for the fit.
struct FitTable {
  let path: String
  let table: CSVReader
  /// The study that the table belongs to, where it is known: the table alone does not tell the times.
  private let study: Study?

  /// The table of a folder that is no run folder, with its study if that is there too.
  init(folder: RunFolder) throws {
    let tables = [folder.transitionsPath, folder.resultsPath]
    guard let path = tables.first(where: FileManager.default.fileExists) else {
      throw RequestError(
        "\(folder.path): is not a run folder, and has no tables of one; allowed: a run folder, or a folder with "
          + "study.yaml and transitions.csv or results.csv")
    }
    let hasStudy = FileManager.default.fileExists(atPath: folder.studyPath)
    try self.init(
      path: path,
      study: hasStudy ? Study.parse(folder.study(), source: folder.studyPath, allowManyRuns: true) : nil)
  }

  init(path: String, study: Study? = nil) throws {
    (self.path, self.study) = (path, study)
    table = try CSVReader(reading: path)
    let needed = ["dimension", "trueComponents", "samples", "variance", "process", "preset", "dataSeed", "seed"]
    if let twice = Self.repeated(table.columns) { throw bad("has two columns \(quoted(twice)); allowed: one") }
    if let missing = needed.first(where: { !table.columns.contains($0) }) {
      throw bad("has no column '\(missing)'; allowed: transitions.csv or results.csv of a study")
    }
    if table.rows.isEmpty { throw bad("holds no rows: run the study first") }
  }

  private static func repeated(_ names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
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

  func bad(_ problem: String) -> RequestError { RequestError("\(path): \(problem)") }

  /// A cell in an error: on one line, and not all of a long one.
  func quoted(_ cell: String) -> String { "'\(PrintableText.quotation(cell))'" }

  var input: FitInput {
    get throws {
      let variance = try same("variance", "variances")
      _ = try same("preset", "presets")
      for (column, what) in Self.fixed where table.columns.contains(column) { _ = try same(column, what) }
      let word = try same("process", "processes")
      guard let process = ProcessName(rawValue: word) else { throw bad("process: \(quoted(word)) is unknown") }
      let times = try times(process)
      guard let variance = Double(variance), StudyBounds.scale.contains(variance) else {
        throw bad("variance: \(quoted(variance)) is not a number from 1e-8 to 1e8")
      }
      let halves = try table.columns.contains("half") ? fromTransitions() : fromResults()
      return FitInput(
        path: path, rows: Self.rows(halves), variance: variance, process: process,
        times: times.times(of: process.process))
    }
  }

  /// Those of the study; without it the paper's, unless the table says otherwise.
  private func times(_ process: ProcessName) throws -> TimeGrid {
    if let study {
      let grids = Set(study.configurations.filter { $0.process == process }.map(\.times))
      guard let times = grids.first, grids.count == 1 else {
        throw bad("process: '\(process.rawValue)' has \(grids.count) grids of times in study.yaml; allowed: one")
      }
      return times
    }
    if let times = table.columns.contains("times") ? table.value(0, "times") : nil, times != Self.paperTimes {
      throw bad("times: \(quoted(times)) are not the paper's; give the run folder instead, or one with study.yaml")
    }
    guard process != .ve else {
      throw bad("process: the times of 've' are not in the table; give the run folder instead, or one with study.yaml")
    }
    return .paper
  }

  /// The one value of a column.
  private func same(_ column: String, _ what: String) throws -> String {
    let values = table.rows.indices.map { table.value($0, column) ?? "" }
    if let other = values.first(where: { $0 != values[0] }) {
      throw bad("mixed \(what): \(quoted(values[0])) and \(quoted(other)); " + Self.alone)
    }
    return values[0]
  }

  typealias Half = (tuple: [Int], crossing: Crossing)

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
}
