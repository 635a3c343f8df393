// SPDX-License-Identifier: MIT
import Diffusion
import Denoisers
import Experiments
import Foundation
import Memorization
import Reports
import Statistics
import Training

/// What `verbatim transition --json` prints. Other programs rely on it: names and meanings are stable.
struct TransitionDocument: Encodable {
  struct Point: Encodable {
    let components: Int
    let ratio: Estimate
    /// Of a mixture.
    let learnedStd: Double?
  }

  struct Crossings: Encodable {
    let start, half, end: Crossing
  }

  let schema = 1
  let dimension, trueComponents, samples: Int
  let variance: Double
  let preset: String
  let steps, draws: Int
  let initialization: String
  let process: String
  let seed, dataSeed: UInt64
  let null: Estimate?
  let curve: [Point]
  let transition: Crossings
  let monotonicityViolations: Int
  let trainings: Int
  /// Trainings that the grid and its refinement would have taken beyond these; only for a search.
  let trainingsSaved: Int?
  let diverged: [Int]
  let spread: SeedSpreads?
  let seconds: Double

  init(_ family: ConfigurationResults, spread: SeedSpreads?, seconds: Double, trainingsSaved: Int? = nil) {
    self.trainingsSaved = trainingsSaved
    let configuration = family.configuration
    (dimension, trueComponents) = (configuration.data.dimension, configuration.data.trueComponents)
    (samples, variance) = (configuration.data.samples, configuration.data.variance)
    (steps, draws) = (configuration.training.steps, configuration.training.draws)
    preset = configuration.training.preset.rawValue
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
    self.seconds = seconds
  }

  /// The same for a person.
  func text(_ family: ConfigurationResults) -> String {
    var lines = [CurveText.render(family.records)]
    lines.append("")
    for (name, crossing) in [
      ("start (ratio 0.1)", transition.start), ("half  (0.5: M_pt)", transition.half),
      ("end   (ratio 0.9)", transition.end),
    ] {
      lines.append("\(name)  M/N = \(Self.text(crossing))")
    }
    if monotonicityViolations > 0 {
      lines.append("as M grows, the ratio falls \(monotonicityViolations) times by more than sampling noise explains")
    }
    if let spread { lines += spread.lines }
    if let trainingsSaved { lines.append("\(trainingsSaved) fewer trainings than the grid with its refinement") }
    lines.append(
      String(format: "%d trainings, %@ preset, start: %@, %.1f s", trainings, preset, initialization, seconds))
    return lines.joined(separator: "\n")
  }

  static func text(_ crossing: Crossing) -> String {
    guard let value = crossing.value else { return "none: \(crossing.reason ?? "not in range")" }
    func end(_ x: Double?) -> String { x.map { String(format: "%.3f", $0) } ?? "?" }
    return String(format: "%.3f", value) + "  [\(end(crossing.low)), \(end(crossing.high))]"
      + (crossing.reason.map { "  (\($0))" } ?? "")
  }
}
