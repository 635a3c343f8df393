// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
internal import Experiments
internal import Memorization
internal import Training

/// What is wrong with settings that were read from a file: a study would refuse them, and they would stop the program
/// later.
enum SettingsCheck {
  private typealias Rule = (holds: Bool, name: String, value: String)

  /// `samples: '1' is out of range`; nil when all is well.
  static func problem(_ settings: RunSettings) -> String? {
    let configuration = settings.configuration
    // Each by itself first: the times are computed, and sizes multiplied, only when their numbers are bounded.
    return StudyKeys.all.lazy.compactMap { $0.problem(in: configuration) }.first
      ?? broken(sizes(configuration)) ?? times(configuration) ?? broken(training(configuration)) ?? capacity(settings)
  }

  private static func broken(_ rules: [Rule]) -> String? {
    rules.first { !$0.holds }.map { "\($0.name): '\($0.value)' is out of range" }
  }

  /// The largest arrays, and the size of pictures.
  private static func sizes(_ configuration: Configuration) -> [Rule] {
    let (data, drawn) = (configuration.data, configuration.evaluation.samples)
    func fits(_ rows: Int) -> Bool {
      let numbers = rows.multipliedReportingOverflow(by: data.dimension)
      return !numbers.overflow && numbers.partialValue <= StudyBounds.arraySize
    }
    let rows = max(data.samples, data.heldOutSamples)
    return [
      (fits(rows), "dimension", "\(data.dimension) x \(rows)"),
      (data.images.map { data.dimension == $0.dimension } ?? true, "dimension", "\(data.dimension)"),
      (fits(drawn), "evaluationSamples", "\(drawn)"),
    ]
  }

  private static func times(_ configuration: Configuration) -> String? {
    let process = configuration.process
    let grids =
      [("times", configuration.times)] + (configuration.evaluation.samplingTimes.map { [("samplingTimes", $0)] } ?? [])
    for (name, grid) in grids {
      let times = grid.times(of: process.process)
      guard times.allSatisfy(process.process.domain.contains) else {
        return "\(name): times outside the domain of \(process.rawValue)"
      }
      guard zip(times, times.dropFirst()).allSatisfy(>) else { return "\(name): the times do not descend" }
    }
    return nil
  }

  /// What no key sets, and the length of a table of weights.
  private static func training(_ configuration: Configuration) -> [Rule] {
    let training = configuration.training
    let numbers = [
      ("finalRate", training.finalRate), ("beta1", training.beta1), ("beta2", training.beta2),
      ("epsilon", training.epsilon), ("updateDecay", training.updateDecay), ("clipNorm", training.clipNorm),
    ]
    var rules: [Rule] = [
      ((0...StudyBounds.steps.upperBound).contains(training.warmUpSteps), "warmUpSteps", "\(training.warmUpSteps)")
    ]
    // NaN is in no range.
    rules += numbers.map { ((0...Double.greatestFiniteMagnitude).contains($0.1), $0.0, "\($0.1)") }
    if case .table(let values) = training.weight {
      rules.append((values.count == configuration.times.count, "weight", "table of \(values.count) values"))
    }
    return rules
  }

  private static func capacity(_ settings: RunSettings) -> String? {
    let (capacity, configuration) = (settings.capacity, settings.configuration)
    let allowed =
      switch configuration.initialization {
      // What a capacity of another family may be, the family says.
      case _ where configuration.family != nil: StudyBounds.capacity
      case .partialMemorization: 1...configuration.data.samples
      case .truth: configuration.data.trueComponents...configuration.data.trueComponents
      case .gaussian, .sphere: StudyBounds.capacity
      }
    return broken([(allowed.contains(capacity), configuration.capacityAxis.rawValue, "\(capacity)")])
  }
}
