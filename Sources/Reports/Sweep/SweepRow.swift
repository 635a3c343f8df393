// SPDX-License-Identifier: MIT
public import Experiments
public import Memorization
internal import Statistics
internal import Theory

/// One tuple (d, K, N) of a sweep with the measured transition of each of its seeds.
public struct SweepRow: Sendable, Hashable {
  /// d, K, N.
  public let dimension, trueComponents, samples: Int
  /// M_pt / N of each seed; null where the ratio does not pass one half in range.
  public let halves: [Crossing]

  /// `halves`: M_pt/N of each seed.
  public init(dimension: Int, trueComponents: Int, samples: Int, halves: [Crossing]) {
    (self.dimension, self.trueComponents, self.samples) = (dimension, trueComponents, samples)
    self.halves = halves
  }

  /// The tuples of a study: its families that differ in seeds alone together.
  public static func rows(of results: StudyResults) -> [SweepRow] {
    var order: [[Int]] = []
    var halves: [[Int]: [Crossing]] = [:]
    for family in results.byConfiguration {
      let data = family.configuration.data
      let tuple = [data.samples, data.dimension, data.trueComponents]
      if halves[tuple] == nil { order.append(tuple) }
      halves[tuple, default: []].append(family.transition.half)
    }
    return order.map {
      SweepRow(dimension: $0[1], trueComponents: $0[2], samples: $0[0], halves: halves[$0] ?? [])
    }
  }

  var values: [Double] { halves.compactMap(\.value) }

  /// M_pt / N: the mean over seeds in range.
  public var value: Double? { values.isEmpty ? nil : values.mean }

  /// The 95 % interval: bootstrap over evaluation samples for one seed, else Student's over seeds.
  public var interval: (low: Double?, high: Double?) {
    if values.count > 1, let spread = SampleSpread(values) { return (spread.low, spread.high) }
    let half = halves.first { $0.value != nil }
    return (half?.low, half?.high)
  }

  /// Whether the theory's condition M >= K (1 + log d) log K holds at M_pt: every component hit at least twice by the
  /// memorized subset. nil without a transition.
  public var manyEnough: Bool? { value.map { $0 * Double(samples) >= leastComponents } }

  /// K (1 + log d) log K.
  public var leastComponents: Double {
    Assumption.coveringComponents(trueComponents: trueComponents, dimension: dimension)
  }
}
