// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Denoisers
public import Experiments
internal import Foundation
public import Memorization
internal import Reports
public import Statistics
internal import Training

/// A transition as one JSON document. Other programs rely on it: names and meanings are stable.
public struct TransitionDocument: Sendable, Encodable {
  /// One run.
  public struct Point: Sendable, Encodable {
    /// M.
    public let components: Int
    /// The share of memorized samples.
    public let ratio: Estimate
    /// Of a mixture.
    public let learnedStd: Double?
  }

  /// In units of M/N.
  public struct Crossings: Sendable, Encodable {
    /// Where the ratio passes 0.1, 0.5 (M_pt) and 0.9.
    public let start, half, end: Crossing
  }

  /// The version of this format.
  public let schema = 1
  /// d, K and N.
  public let dimension, trueComponents, samples: Int
  /// sigma_*^2.
  public let variance: Double
  /// The preset's name.
  public let preset: String
  /// Training steps, and noise draws per sample and step.
  public let steps, draws: Int
  /// The start's name.
  public let initialization: String
  /// The process's name.
  public let process: String
  /// Seed of start, training noise and sampling, and of the data.
  public let seed, dataSeed: UInt64
  /// The share of memorized held-out samples; nil when all trainings diverged.
  public let null: Estimate?
  /// The runs that did not diverge, ascending in M.
  public let curve: [Point]
  /// How the capacity is counted, where `components` is not M: `width`, `parameters`; absent of mixtures.
  public let capacityAxis: String?
  /// In units of M/N, or of the axis itself, each with its interval.
  public let transition: Crossings
  /// Adjacent pairs of M whose ratio falls by more than sampling noise allows.
  public let monotonicityViolations: Int
  /// Runs, those that diverged included.
  public let trainings: Int
  /// Trainings that the grid and its refinement would have taken beyond these; only for a search.
  public let trainingsSaved: Int?
  /// M of the runs that diverged.
  public let diverged: [Int]
  /// Over seeds; nil of one seed.
  public let spread: SeedSpreads?
  /// Wall time; the sum over the runs where it was not taken as a whole.
  public let seconds: Double

  /// `seconds`: wall time of all of it; nil for the sum over the runs.
  public init(
    _ family: ConfigurationResults, spread: SeedSpreads? = nil, seconds: Double? = nil, trainingsSaved: Int? = nil
  ) {
    self.trainingsSaved = trainingsSaved
    let configuration = family.configuration
    (dimension, trueComponents) = (configuration.data.dimension, configuration.data.trueComponents)
    (samples, variance) = (configuration.data.samples, configuration.data.variance)
    (steps, draws) = (configuration.training.steps, configuration.training.draws)
    preset = configuration.training.preset.rawValue
    capacityAxis = configuration.axis?.rawValue
    initialization = configuration.initialization.name
    process = configuration.process.rawValue
    (seed, dataSeed) = (configuration.seed, configuration.data.dataSeed)
    null = family.records.compactMap(\.measurements?.null).first
    curve = family.records.compactMap { record in
      record.measurements.map {
        Point(components: record.settings.capacity, ratio: $0.ratio, learnedStd: $0.learnedStd)
      }
    }
    let transition = family.transition
    self.transition = Crossings(start: transition.start, half: transition.half, end: transition.end)
    monotonicityViolations = transition.monotonicityViolations
    trainings = family.records.count
    diverged = family.records.filter { $0.measurements == nil }.map(\.settings.capacity)
    self.spread = spread
    self.seconds =
      seconds ?? family.records.reduce(0) { $0 + $1.timing.trainingSeconds + $1.timing.evaluationSeconds }
  }

  /// The same for a terminal.
  public func text(_ family: ConfigurationResults) -> String {
    let axis = family.configuration.capacityAxis
    var lines = [CurveText.render(family.records)]
    lines.append("")
    for (name, crossing) in [
      ("start (ratio 0.1)", transition.start), ("half  (0.5: \(axis.symbol)_pt)", transition.half),
      ("end   (ratio 0.9)", transition.end),
    ] {
      lines.append("\(name)  \(axis.quantity) = \(Self.text(crossing))")
    }
    if monotonicityViolations > 0 {
      lines.append(
        "as \(axis.symbol) grows, the ratio falls \(monotonicityViolations) times by more than sampling noise explains")
    }
    if let spread { lines += spread.lines }
    if let trainingsSaved { lines.append("\(trainingsSaved) fewer trainings than the grid with its refinement") }
    lines.append(
      String(format: "%d trainings, %@ preset, start: %@, %.1f s", trainings, preset, initialization, seconds))
    return lines.joined(separator: "\n")
  }

  private static func text(_ crossing: Crossing) -> String {
    guard let value = crossing.value else { return "none: \(crossing.reason ?? "not in range")" }
    func end(_ x: Double?) -> String { x.map { String(format: "%.3f", $0) } ?? "?" }
    return String(format: "%.3f", value) + "  [\(end(crossing.low)), \(end(crossing.high))]"
      + (crossing.reason.map { "  (\($0))" } ?? "")
  }
}
