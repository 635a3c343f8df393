// SPDX-License-Identifier: MIT
internal import Files
internal import Diffusion
internal import Experiments
internal import Memorization
internal import Statistics
internal import Training

/// What is wrong with a record that can be read as one: a file edited, merged or written by another program.
enum RecordCheck {
  /// In a few words; nil when all is well.
  static func problem(_ record: RunRecord) -> String? {
    guard record.schema == RunRecord.schema else {
      return "a record of schema \(record.schema), this program reads \(RunRecord.schema)"
    }
    let identifier = record.settings.identifier
    guard record.identifier == identifier else {
      return
        "the identifier '\(PrintableText.quotation(record.identifier))' is not that of its settings, '\(identifier)'"
    }
    return SettingsCheck.problem(record.settings) ?? problem(record.timing) ?? problem(ofOutcome: record)
      ?? record.measurements.flatMap { problem($0, record.settings.configuration) }
  }

  /// Times are measured: never negative, never more than a century.
  private static func problem(_ timing: RunTiming) -> String? {
    [
      ("trainingSeconds", timing.trainingSeconds), ("secondsPerStep", timing.secondsPerStep),
      ("evaluationSeconds", timing.evaluationSeconds),
    ].first { !(0...4e9).contains($0.1) }.map { "timing.\($0.0): '\($0.1)' is out of range" }
  }

  /// Who diverged was not measured, and the other way round.
  private static func problem(ofOutcome record: RunRecord) -> String? {
    switch record.outcome {
    case .finished: return record.measurements == nil ? "finished, but without measurements" : nil
    case .diverged(let step, _):
      guard (0...record.settings.configuration.training.steps).contains(step) else {
        return "diverged: the step '\(step)' is out of range"
      }
      return record.measurements == nil ? nil : "diverged, but with measurements"
    }
  }

  private static func problem(_ measured: Measurements, _ configuration: Configuration) -> String? {
    // The pipeline judges all samples that it draws, and all held-out ones.
    let (samples, heldOut) = (configuration.evaluation.samples, configuration.data.heldOutSamples)
    return problem(measured.ratio, "ratio", trials: samples, within: 0...1)
      ?? problem(measured.null, "null", trials: heldOut, within: 0...1)
      ?? problem(ofNumbers: measured)
      ?? measured.losses.lazy.compactMap { problem($0, configuration) }.first
  }

  /// Distances, losses and shares are not negative; a training about to diverge may leave them infinite or NaN.
  private static func problem(ofNumbers measured: Measurements) -> String? {
    func numbers(_ quantiles: Quantiles) -> [Double] {
      [quantiles.mean, quantiles.p10, quantiles.p25, quantiles.p50, quantiles.p75, quantiles.p90]
    }
    let named: [(String, [Double])] = [
      ("learnedStd", measured.learnedStd.map { [$0] } ?? []), ("finalLoss", [measured.finalLoss]),
      ("meanToSample", measured.meanToSample.map(numbers) ?? []),
      ("meanToTrueMean", measured.meanToTrueMean.map(numbers) ?? []),
    ]
    for (name, values) in named {
      if let wrong = values.first(where: { $0 < 0 }) { return "\(name): '\(wrong)' is out of range" }
    }
    return (0...1).contains(measured.clippedShare) ? nil : "clippedShare: '\(measured.clippedShare)' is out of range"
  }

  private static func problem(_ losses: LossByTime, _ configuration: Configuration) -> String? {
    let name = "losses.\(losses.subject.rawValue).\(losses.split.rawValue)"
    let data = configuration.data
    let trials = losses.split == .train ? data.samples : data.heldOutSamples
    guard losses.times.count == losses.losses.count, losses.signalToNoise.count == losses.losses.count else {
      return "\(name): times, signalToNoise and losses differ in length"
    }
    guard losses.times.count == configuration.times.count else {
      return "\(name): \(losses.times.count) times, its settings have \(configuration.times.count)"
    }
    guard losses.times.allSatisfy(\.isFinite), losses.signalToNoise.allSatisfy({ $0 >= 0 }) else {
      return "\(name): times or signalToNoise are out of range"
    }
    let (largest, ends) = (Double.greatestFiniteMagnitude, { (end: Double) in end.isFinite })
    return losses.losses.lazy.compactMap { loss in
      // A loss too large for a number is a result of a training about to diverge: it is kept as it is.
      guard [loss.value, loss.low, loss.high].allSatisfy(ends) else {
        return loss.trials == trials ? nil : "\(name): \(loss.trials) trials, its settings have \(trials)"
      }
      return problem(loss, name, trials: trials, within: -largest...largest)
    }.first
  }

  /// A value inside its interval inside `range`, from as many trials as the settings say; NaN is inside nothing.
  private static func problem(
    _ estimate: Estimate, _ name: String, trials: Int, within range: ClosedRange<Double>
  ) -> String? {
    guard estimate.trials == trials else { return "\(name): \(estimate.trials) trials, its settings have \(trials)" }
    guard [estimate.value, estimate.low, estimate.high].allSatisfy(range.contains) else {
      return "\(name): \(estimate.value) [\(estimate.low), \(estimate.high)] is out of range"
    }
    guard estimate.low <= estimate.value, estimate.value <= estimate.high else {
      return "\(name): \(estimate.value) lies outside its interval [\(estimate.low), \(estimate.high)]"
    }
    return nil
  }
}
