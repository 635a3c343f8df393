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
    // In this order: the times are computed only when their number is bounded.
    if let problem = broken(data(configuration.data) + evaluation(configuration)) { return problem }
    if let problem = problem(configuration.times, "times", configuration.process) { return problem }
    if let grid = configuration.evaluation.samplingTimes,
      let problem = problem(grid, "samplingTimes", configuration.process)
    {
      return problem
    }
    return broken(training(configuration) + start(configuration.initialization)) ?? capacity(settings)
  }

  private static func broken(_ rules: [Rule]) -> String? {
    rules.first { !$0.holds }.map { "\($0.name): '\($0.value)' is out of range" }
  }

  private static func whole(_ name: String, _ value: Int, _ range: ClosedRange<Int>) -> Rule {
    (range.contains(value), name, "\(value)")
  }

  /// NaN is in no range.
  private static func number(_ name: String, _ value: Double, _ range: ClosedRange<Double>) -> Rule {
    (range.contains(value), name, "\(value)")
  }

  private static let positive = Double.leastNonzeroMagnitude

  private static func data(_ data: DataSettings) -> [Rule] {
    let rows = max(data.samples, data.heldOutSamples)
    let numbers = rows.multipliedReportingOverflow(by: data.dimension)
    var rules: [Rule] = [
      whole("dimension", data.dimension, StudyBounds.dimension),
      whole("trueComponents", data.trueComponents, StudyBounds.trueComponents),
      whole("samples", data.samples, StudyBounds.samples),
      whole("heldOutSamples", data.heldOutSamples, StudyBounds.heldOutSamples),
      (!numbers.overflow && numbers.partialValue <= StudyBounds.arraySize, "dimension", "\(data.dimension) x \(rows)"),
      number("variance", data.variance, StudyBounds.scale),
      number("componentRatio", data.componentRatio, StudyBounds.componentRatio),
      number("duplicates", data.duplicates, StudyBounds.duplicates),
    ]
    if let images = data.images {
      rules += [
        whole("height", images.height, StudyBounds.pictureSide), whole("width", images.width, StudyBounds.pictureSide),
        whole("channels", images.channels, StudyBounds.channels),
      ]
      if rules.allSatisfy(\.holds) {
        rules.append((data.dimension == images.dimension, "dimension", "\(data.dimension)"))
      }
    }
    return rules
  }

  private static func evaluation(_ configuration: Configuration) -> [Rule] {
    let evaluation = configuration.evaluation
    let numbers = evaluation.samples.multipliedReportingOverflow(by: configuration.data.dimension)
    return [
      whole("evaluationSamples", evaluation.samples, StudyBounds.evaluationSamples),
      (
        !numbers.overflow && numbers.partialValue <= StudyBounds.arraySize, "evaluationSamples", "\(evaluation.samples)"
      ),
      number("criterion", evaluation.criterion, StudyBounds.criterion),
    ]
  }

  private static func problem(_ grid: TimeGrid, _ name: String, _ process: ProcessName) -> String? {
    if let problem = broken([whole("\(name).count", grid.count, StudyBounds.timeCount)]) { return problem }
    if case .karras(let rho) = grid.spacing, let problem = broken([number("\(name).rho", rho, StudyBounds.rho)]) {
      return problem
    }
    let times = grid.times(of: process.process)
    guard times.allSatisfy(process.process.domain.contains) else {
      return "\(name): times outside the domain of \(process.rawValue)"
    }
    return zip(times, times.dropFirst()).allSatisfy(>) ? nil : "\(name): the times do not descend"
  }

  private static func training(_ configuration: Configuration) -> [Rule] {
    let training = configuration.training
    var rules: [Rule] = [
      whole("steps", training.steps, StudyBounds.steps), whole("draws", training.draws, StudyBounds.draws),
      number("peakRate", training.peakRate, StudyBounds.peakRate),
      whole("warmUpSteps", training.warmUpSteps, 0...100_000_000),
    ]
    let rest = [
      ("finalRate", training.finalRate), ("beta1", training.beta1), ("beta2", training.beta2),
      ("epsilon", training.epsilon), ("updateDecay", training.updateDecay), ("clipNorm", training.clipNorm),
    ]
    rules += rest.map { number($0.0, $0.1, 0...Double.greatestFiniteMagnitude) }
    switch training.weight {
    case .unit, .signalToNoise, .alphaSquared: break
    case .minSNR(let limit): rules.append(number("weight", limit, positive...Double.greatestFiniteMagnitude))
    case .table(let values):
      rules.append((values.count == configuration.times.count, "weight", "table of \(values.count) values"))
      rules += values.map { number("weight", $0, 0...Double.greatestFiniteMagnitude) }
    }
    return rules
  }

  private static func start(_ initialization: Initialization) -> [Rule] {
    let payload: [Double] =
      switch initialization {
      case .partialMemorization(let std), .truth(let std), .sphere(nil, let std): [std]
      case .gaussian(let scale, let std): [scale, std]
      case .sphere(let radius?, let std): [radius, std]
      }
    return payload.map { number("initialization", $0, StudyBounds.scale) }
  }

  private static func capacity(_ settings: RunSettings) -> String? {
    let (capacity, data) = (settings.capacity, settings.configuration.data)
    let name = settings.configuration.capacityAxis.rawValue
    // What a capacity of another family may be, the family says.
    if settings.configuration.family != nil { return broken([whole(name, capacity, StudyBounds.capacity)]) }
    let allowed =
      switch settings.configuration.initialization {
      case .partialMemorization: 1...data.samples
      case .truth: data.trueComponents...data.trueComponents
      case .gaussian, .sphere: StudyBounds.capacity
      }
    return broken([whole(name, capacity, allowed)])
  }
}
