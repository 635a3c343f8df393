// SPDX-License-Identifier: MIT
internal import Files
internal import Experiments
internal import Memorization

/// What is wrong with a record that can be read as one: a file edited, merged or written by another program.
enum RecordCheck {
  /// In a few words; nil when all is well.
  static func problem(_ record: RunRecord) -> String? {
    guard record.schema == RunRecord.schema else {
      return "a record of schema \(record.schema), this program reads \(RunRecord.schema)"
    }
    let identifier = ContentHash.identifier(of: record.settings)
    guard record.identifier == identifier else {
      return "the identifier '\(record.identifier)' is not that of its settings, '\(identifier)'"
    }
    return SettingsCheck.problem(record.settings) ?? record.measurements.flatMap(problem)
  }

  private static func problem(_ measurements: Measurements) -> String? {
    problem(measurements.ratio, "ratio", within: 0...1) ?? problem(measurements.null, "null", within: 0...1)
      ?? measurements.losses.lazy.compactMap(problem).first
  }

  private static func problem(_ losses: LossByTime) -> String? {
    let name = "losses.\(losses.subject.rawValue).\(losses.split.rawValue)"
    guard losses.times.count == losses.losses.count, losses.signalToNoise.count == losses.losses.count else {
      return "\(name): times, signalToNoise and losses differ in length"
    }
    let (largest, ends) = (Double.greatestFiniteMagnitude, { (end: Double) in end.isFinite })
    return losses.losses.lazy.compactMap { loss in
      // A loss too large for a number is a result of a training about to diverge: it is kept as it is.
      guard [loss.value, loss.low, loss.high].allSatisfy(ends) else {
        return loss.trials >= 1 ? nil : "\(name): \(loss.trials) trials"
      }
      return problem(loss, name, within: -largest...largest)
    }.first
  }

  /// A value inside its interval inside `range`, from one trial at least; NaN is inside nothing.
  private static func problem(_ estimate: Estimate, _ name: String, within range: ClosedRange<Double>) -> String? {
    guard estimate.trials >= 1 else { return "\(name): \(estimate.trials) trials" }
    guard [estimate.value, estimate.low, estimate.high].allSatisfy(range.contains) else {
      return "\(name): \(estimate.value) [\(estimate.low), \(estimate.high)] is out of range"
    }
    guard estimate.low <= estimate.value, estimate.value <= estimate.high else {
      return "\(name): \(estimate.value) lies outside its interval [\(estimate.low), \(estimate.high)]"
    }
    return nil
  }
}
