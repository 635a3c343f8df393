// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

/// What `predict` is asked about. Values are checked where a study's keys are.
struct PredictOptions: ParsableArguments {
  @Option(name: [.customShort("d"), .long], parsing: .unconditional, help: .key(StudyKeys.dimension))
  var dimension: String
  @Option(
    name: [.customShort("K"), .customLong("true-components")], parsing: .unconditional,
    help: .key(StudyKeys.trueComponents))
  var trueComponents: String
  @Option(
    name: [.customShort("N"), .long], parsing: .unconditional,
    help: "Training samples N (may be left out with --safe-samples).")
  var samples: String?
  @Option(
    name: [.customShort("M"), .long], parsing: .unconditional,
    help: "Components M of a model: does it generalize or memorize?")
  var components: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.variance))
  var variance: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.process))
  var process: String?
  @Option(
    name: [.customLong("weight"), .customLong("weights")], parsing: .unconditional,
    help: "Weighting of the clean losses that cross: unit (default), signal-to-noise, alpha-squared, {min-snr: 5} ..")
  var weight: String?
  @Option(parsing: .unconditional, help: "Spacing of the times: uniform (default), karras or log-snr.")
  var timesSpacing: String?
  @Option(parsing: .unconditional, help: "First (noisiest) time (default: 0.999).")
  var timesFirst: String?
  @Option(parsing: .unconditional, help: "Last (cleanest) time (default: 0.001).")
  var timesLast: String?
  @Option(parsing: .unconditional, help: "Number of times (default: 26).")
  var timesCount: String?
  @Option(parsing: .unconditional, help: "A sample is memorized if d1 < criterion * d2 (default: 1/3); hard EM only.")
  var criterion: String?
  @Option(parsing: .unconditional, help: "Sampler of hard-em-sampled: \(SamplerName.words) (default: ddim).")
  var sampler: String?
  @Option(parsing: .unconditional, help: "Number of steps of the sampler (default: those of the times).")
  var samplingSteps: Int?
  @Option(
    parsing: .unconditional,
    help: "Weight of each component divided by that of the one before it (default: 1); hard EM only.")
  var componentRatio: String?
  @Option(parsing: .unconditional, help: "Share of the samples that are copies of others (default: 0); hard EM only.")
  var duplicates: String?
  @Option(parsing: .unconditional, help: "Seed of hard EM's data, starts and samples (default: 0).")
  var seed: String?

  func validate() throws {
    if let samplingSteps, !(1...9_999).contains(samplingSteps) {
      throw ValidationError("--sampling-steps: '\(samplingSteps)' is out of range; allowed: 1 to 9999")
    }
  }

  /// All but N and M, as settings of a study.
  private func settings() throws -> StudySettings {
    let options = [
      ("dimension", dimension), ("trueComponents", trueComponents), ("variance", variance), ("process", process),
      ("weight", weight), ("times.spacing", timesSpacing), ("times.first", timesFirst), ("times.last", timesLast),
      ("times.count", timesCount), ("criterion", criterion), ("seed", seed), ("sampler", sampler),
      ("componentRatio", componentRatio), ("duplicates", duplicates),
    ]
    var settings = try StudySettings(commandLine: options)
    settings.samplingTimes = samplingSteps.map { .each(StudyTimes(count: $0 + 1)) }
    return settings
  }

  /// What these options ask.
  func request() throws -> PredictionRequest {
    let configuration = try PredictionRequest.configuration(settings())
    let bounds = PredictionRequest.sampleBounds
    let count = try samples.map { try Self.whole("samples", $0, bounds, "") }
    let most = count ?? bounds.upperBound
    let capacity = try components.map { try Self.whole("components", $0, 1...most, count == nil ? "" : " (N)") }
    return try PredictionRequest(configuration, samples: count, capacity: capacity)
  }

  private static func whole(_ key: String, _ text: String, _ range: ClosedRange<Int>, _ note: String) throws -> Int {
    if let value = Int(text), range.contains(value) { return value }
    throw Failure.Usage(
      description: "\(key): '\(text.prefix(60))' is not allowed; allowed: a whole number from "
        + "\(range.lowerBound) to \(range.upperBound)" + note)
  }
}
