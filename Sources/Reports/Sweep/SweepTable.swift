// SPDX-License-Identifier: MIT
internal import Figures
internal import Foundation
internal import Statistics

/// The measured tuples of a sweep in one order, with what every figure and table derives from them.
struct SweepTable {
  struct Entry {
    let row: SweepRow
    let value: Double
    let low, high: Double
  }

  /// All tuples, ascending in N, d, K.
  let rows: [SweepRow]
  /// Those with a transition in range.
  let entries: [Entry]
  let predictions: [SweepPrediction]

  init(_ rows: [SweepRow], predictions: [SweepPrediction]) {
    self.rows = rows.sorted {
      ($0.samples, $0.dimension, $0.trueComponents) < ($1.samples, $1.dimension, $1.trueComponents)
    }
    self.predictions = predictions
    entries = self.rows.compactMap { row in
      row.value.map { Entry(row: row, value: $0, low: row.interval.low ?? $0, high: row.interval.high ?? $0) }
    }
  }

  var sampleSizes: [Int] { Set(rows.map(\.samples)).sorted() }
  var dimensions: [Int] { Set(rows.map(\.dimension)).sorted() }
  var trueComponents: [Int] { Set(rows.map(\.trueComponents)).sorted() }

  /// In order of first appearance, those on fresh draws of data.
  var methods: [String] { names(onSameData: false) }
  /// Those on the data of the measured runs.
  var sameDataMethods: [String] { names(onSameData: true) }

  private func names(onSameData: Bool) -> [String] {
    predictions.filter { $0.onSameData == onSameData }.map(\.method)
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  func prediction(_ method: String, _ row: SweepRow) -> Double? {
    predictions.first {
      $0.method == method && $0.dimension == row.dimension && $0.trueComponents == row.trueComponents
        && $0.samples == row.samples
    }?.crossover
  }

  /// Mean and sample standard deviation of M_pt/N over tuples.
  var spread: SampleSpread? { SampleSpread(entries.map(\.value)) }

  /// A tuple's place on an axis of N: groups of equal N, in them d after d, in each d the K.
  func slot(_ row: SweepRow) -> Double {
    let (d, k) = (dimensions.firstIndex(of: row.dimension) ?? 0, trueComponents.firstIndex(of: row.trueComponents) ?? 0)
    // Each d takes as many places as there are K, and one more as a gap.
    let places = Double(dimensions.count * (trueComponents.count + 1) - 1)
    let place = Double(d * (trueComponents.count + 1) + k)
    return Double(row.samples) + groupWidth * (places <= 1 ? 0 : place / (places - 1) - 0.5)
  }

  /// Four fifths of the smallest distance between two N.
  var groupWidth: Double {
    let sizes = sampleSizes.map(Double.init)
    let gaps = zip(sizes.dropFirst(), sizes).map { $0 - $1 }
    return 0.8 * (gaps.min() ?? (sizes.first ?? 1) / 2)
  }

  /// Standard deviation of the measured mean of each tuple: from its interval for one seed; for several, from the
  /// deviation within tuples, pooled over all of them.
  var deviations: [Double] {
    let repeated = entries.compactMap { SampleSpread($0.row.values) }.filter { $0.values.count > 1 }
    let freedom = repeated.map { $0.values.count - 1 }.reduce(0, +)
    let squares = repeated.map(\.squares).reduce(0, +)
    let pooled = freedom > 0 ? (squares / Double(freedom)).squareRoot() : 0
    return entries.map { entry in
      entry.row.values.count > 1
        ? pooled / Double(entry.row.values.count).squareRoot() : (entry.high - entry.low) / (2 * 1.959964)
    }
  }

  var trend: SweepTrend? {
    SweepTrend(
      zip(entries, deviations).map { entry, deviation in
        let row = entry.row
        return ([Double(row.dimension), Double(row.trueComponents), Double(row.samples)], entry.value, deviation)
      })
  }

  /// About five round ticks: one, two or five times a power of ten apart.
  static func ticks(_ range: (low: Double, high: Double)) -> [Axis.Tick] {
    let rough = (range.high - range.low) / 5
    let power = pow(10, log10(rough).rounded(.down))
    let step = ([1.0, 2, 5].first { $0 * power >= rough } ?? 10) * power
    let first = Int((range.low / step).rounded(.up))
    let last = max(first, Int((range.high / step).rounded(.down)))
    return (first...last).map { Axis.Tick(Double($0) * step, .verbatim(NumberText.significant(Double($0) * step, 3))) }
  }

  /// Low and high of an axis that holds all numbers, with a margin.
  static func range(_ values: [Double], margin: Double = 0.05) -> (low: Double, high: Double) {
    let known = values.filter(\.isFinite)
    guard let low = known.min(), let high = known.max() else { return (0, 1) }
    let room = max((high - low) * margin, 0.005)
    return (low - room, high + room)
  }
}
