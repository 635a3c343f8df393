// SPDX-License-Identifier: MIT
import Foundation
import Testing
import Theory

/// The expected errors are those of the committed results: computed here from `Results/*/predictions.csv`.
@Suite struct PredictionErrorTests {
  private static let studies: [PredictionError.Domain: [String]] = [
    .laboratory: ["sweep"], .otherSizes: ["heldout"],
    .otherSettings: [
      "variance", "criterion", "process", "sampling-250", "sampling-log-snr", "sampling-heun", "sampling-exact",
      "unequal", "duplicates",
    ],
  ]

  /// Fields by column of every line; the first column is quoted.
  private static func lines(_ study: String) throws -> [[String: String]] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("Results/\(study)/predictions.csv"), encoding: .utf8)
    let rows = text.split(separator: "\n").map { line -> [String] in
      let numbers = line.hasPrefix("\"") ? line.dropFirst().drop { $0 != "\"" }.dropFirst(2) : line.dropFirst(14)
      return numbers.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return rows.dropFirst().map { Dictionary(zip(rows[0], $0)) { $1 } }
  }

  /// The mean over a configuration's runs of (measured - predicted)^2: (mean - predicted)^2 + sd^2 (n - 1)/n.
  private static func square(_ line: [String: String], _ level: String, _ method: PredictionMethod) -> Double? {
    let column = level == "half" ? method.rawValue : "\(method.rawValue)-\(level)"
    guard let measured = Double(line[level] ?? ""), let predicted = Double(line[column] ?? ""),
      let seeds = Double(line["seeds"] ?? ""), seeds >= 1
    else { return nil }
    let deviation = Double(line["\(level)Deviation"] ?? "") ?? 0
    return (measured - predicted) * (measured - predicted) + deviation * deviation * (seeds - 1) / seeds
  }

  private static func error(_ domain: PredictionError.Domain, _ level: String, _ method: PredictionMethod) throws
    -> Double?
  {
    let squares = try (studies[domain] ?? []).flatMap(lines).compactMap { square($0, level, method) }
    return squares.isEmpty ? nil : (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }

  @Test(arguments: PredictionError.Domain.allCases)
  func `expected errors are the root mean squares of the committed results`(_ domain: PredictionError.Domain) throws {
    for method in PredictionMethod.allCases {
      let stated = PredictionError.of(method, in: domain)
      for (level, value) in [("half", stated.half), ("start", stated.start), ("end", stated.end)] {
        let measured = try Self.error(domain, level, method)
        #expect((measured == nil) == (value == nil), "\(method) \(level)")
        guard let measured, let value else { continue }
        #expect(abs(measured - value) <= 0.00051, "\(domain) \(method) \(level): measured \(measured)")
      }
    }
  }

  @Test func `the usual distance of start and end from the half is that of the sweep`() throws {
    for (level, stated) in [("start", PredictionError.startBeforeHalf), ("end", PredictionError.endAfterHalf)] {
      let distances = try Self.lines("sweep").compactMap { line in
        Double(line[level] ?? "").flatMap { end in Double(line["half"] ?? "").map { abs(end - $0) } }
      }
      #expect(distances.count == 64)
      let mean = distances.reduce(0, +) / 64
      let deviation = (distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 63).squareRoot()
      #expect(abs(mean - stated.mean) < 0.00051 && abs(deviation - stated.deviation) < 0.00051, "\(mean) \(deviation)")
    }
  }

  @Test func `far from what was measured the error is unknown`() {
    func domain(_ d: Int, _ k: Int, _ n: Int, _ s: Double = 1) -> PredictionError.Domain? {
      PredictionSetting(dimension: d, trueComponents: k, samples: n, variance: s).domain
    }
    #expect(domain(50, 12, 200) == .laboratory && domain(20, 12, 200) == .otherSizes)
    #expect(domain(50, 12, 200, 4) == .otherSettings && domain(50, 12, 200, 10) == nil)
    #expect(domain(50, 12, 1_000_000) == nil && domain(500, 12, 200) == nil)
    #expect(PredictionError.expected(.hardEM, PredictionSetting(dimension: 5, trueComponents: 3, samples: 50)) == nil)
  }
}
