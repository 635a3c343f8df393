// SPDX-License-Identifier: MIT
import Foundation
import Testing
import Theory

/// The expected errors are those of the committed results: computed here from `Results/*/predictions.csv`.
@Suite struct PredictionErrorTests {
  private typealias Row = [String: String]

  /// Configurations of some studies, each study a group.
  private static func groups(_ studies: [String], _ keep: (String) -> Bool = { _ in true }) throws -> [[Row]] {
    try studies.map { try rows($0).filter { keep($0["configuration"] ?? "") } }
  }

  /// The groups behind a departure: what leaves the laboratory, not the baseline beside it.
  private static func groups(_ departure: PredictionError.Departure) throws -> [[Row]] {
    switch departure {
    case .sizes: try groups(["heldout"])
    case .variance: try groups(["variance"]) { !$0.hasSuffix("variance 1") }
    case .criterion: try groups(["criterion"]) { !$0.contains("0.3333") }
    case .process: try groups(["process"]) { $0.contains("fm") }
    case .sampler: try groups(["sampling-exact", "sampling-heun", "sampling-250", "sampling-log-snr"])
    case .law:
      try groups(["unequal"]) { !$0.hasSuffix(" 1") } + groups(["duplicates"]) { !$0.hasSuffix(" 0") }
    case .loss:
      try groups([
        "weight-alpha-squared", "weight-min-snr", "weight-clean", "weight-velocity", "training-log-snr",
        "training-karras", "training-late",
      ])
    }
  }

  /// Fields by column of every line; the first column may be quoted.
  private static func rows(_ study: String) throws -> [Row] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("Results/\(study)/predictions.csv"), encoding: .utf8)
    let lines = text.split(separator: "\n").map { line -> [String] in
      guard line.hasPrefix("\"") else { return fields(line) }
      let name = line.dropFirst().prefix { $0 != "\"" }
      return [String(name)] + fields(line.dropFirst(name.count + 3))
    }
    return lines.dropFirst().map { Dictionary(zip(lines[0], $0)) { $1 } }
  }

  private static func fields(_ text: Substring) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// The mean over a configuration's runs of (measured - predicted)^2: (mean - predicted)^2 + sd^2 (n - 1)/n.
  private static func square(_ row: Row, _ level: String, _ method: PredictionMethod) -> Double? {
    let column = level == "half" ? method.rawValue : "\(method.rawValue)-\(level)"
    guard let measured = Double(row[level] ?? ""), let predicted = Double(row[column] ?? ""),
      let seeds = Double(row["seeds"] ?? ""), seeds >= 1
    else { return nil }
    let deviation = Double(row["\(level)Deviation"] ?? "") ?? 0
    return (measured - predicted) * (measured - predicted) + deviation * deviation * (seeds - 1) / seeds
  }

  private static func error(_ groups: [[Row]], _ level: String, _ method: PredictionMethod) -> Double? {
    let means = groups.compactMap { rows -> Double? in
      let squares = rows.compactMap { square($0, level, method) }
      return squares.isEmpty ? nil : squares.reduce(0, +) / Double(squares.count)
    }
    return means.isEmpty ? nil : (means.reduce(0, +) / Double(means.count)).squareRoot()
  }

  private static func check(_ stated: PredictionError, _ groups: [[Row]], _ method: PredictionMethod, _ name: String) {
    for (level, value) in [("half", stated.half), ("start", stated.start), ("end", stated.end)] {
      let measured = error(groups, level, method)
      #expect((measured == nil) == (value == nil), "\(name) \(method) \(level)")
      guard let measured, let value else { continue }
      #expect(abs(measured - value) <= 0.00051, "\(name) \(method) \(level): measured \(measured)")
    }
  }

  @Test(arguments: [50, 100, 200])
  func `in the laboratory: the sweep and runs of other seeds, for each N`(_ samples: Int) throws {
    let here = try Self.groups(["sweep", "spread"]) {
      $0.hasSuffix("N = \(samples)") || $0.contains("N = \(samples),")
    }
    for method in PredictionMethod.allCases {
      Self.check(PredictionErrorTable.laboratory(method, samples: samples), here, method, "N = \(samples)")
    }
  }

  @Test(arguments: PredictionError.Departure.allCases)
  func `away from it: the studies that went there`(_ departure: PredictionError.Departure) throws {
    for method in PredictionMethod.allCases {
      Self.check(
        PredictionErrorTable.departure(departure, method), try Self.groups(departure), method, "\(departure)")
    }
  }

  @Test func `studies that took no part find their errors within what is stated`() throws {
    for (study, samples) in [("figure7", 50), ("figure7-training", 50), ("figure1", 200)] {
      let stated = PredictionErrorTable.laboratory(.hardEMSampled, samples: samples)
      let groups = try Self.groups([study])
      // Root mean squares of 3 to 10 runs: within a factor of 1.5 of the expected one.
      let measured = [("half", stated.half), ("start", stated.start), ("end", stated.end)]
      for (level, value) in measured {
        let found = try #require(Self.error(groups, level, .hardEMSampled))
        #expect(found < 1.5 * (value ?? 0), "\(study) \(level): \(found), stated \(value ?? 0)")
      }
    }
  }

  @Test func `the usual distance of start and end from the half is that of the sweep`() throws {
    for (level, stated) in [("start", PredictionError.startBeforeHalf), ("end", PredictionError.endAfterHalf)] {
      let distances = try Self.rows("sweep").compactMap { row in
        Double(row[level] ?? "").flatMap { end in Double(row["half"] ?? "").map { abs(end - $0) } }
      }
      #expect(distances.count == 64)
      let mean = distances.reduce(0, +) / 64
      let deviation = (distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 63).squareRoot()
      #expect(abs(mean - stated.mean) < 0.00051 && abs(deviation - stated.deviation) < 0.00051, "\(mean) \(deviation)")
    }
  }

  @Test func `of several departures the worst counts, and far from all of them nothing is known`() {
    func setting(_ d: Int, _ n: Int, _ s: Double = 1) -> PredictionSetting {
      PredictionSetting(dimension: d, trueComponents: 12, samples: n, variance: s)
    }
    func half(_ setting: PredictionSetting) -> Double? { PredictionError.expected(.finiteSize, setting)?.half }
    #expect(half(setting(50, 200)) == PredictionErrorTable.laboratory(.finiteSize, samples: 200).half)
    let far = PredictionErrorTable.departure(.variance, .finiteSize).half
    #expect(half(setting(50, 200, 4)) == far && half(setting(25, 200, 4)) == far)
    #expect(half(setting(50, 200, 10)) == nil && half(setting(50, 1_000_000)) == nil && half(setting(500, 200)) == nil)
  }
}
