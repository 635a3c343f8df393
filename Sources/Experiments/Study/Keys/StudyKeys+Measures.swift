// SPDX-License-Identifier: MIT
public import Diffusion

/// Measures.
extension StudyKeys {
  static let measures: [StudyKey] = [
    sampler.key, samplingTimes.key, evaluationSamples.key, criterion.key, losses.key,
  ]

  /// How samples are drawn from trained models.
  public static let sampler: TypedStudyKey<SamplerName> = .one(
    "sampler", .word(), .value(SamplerName.ddim), field: .init(\.evaluation.sampler),
    "Sampler: \(SamplerName.words) (default: ddim).")

  /// The times of the sampler; those of the training unless they are named.
  public static let samplingTimes: TypedStudyKey<[ProcessName: StudyTimes]> = .times(
    "samplingTimes", standard: "training", word: "training", field: .init(optional: \.evaluation.samplingTimes),
    standard: { process, settings in
      let standard = StudyTimes.standard(of: process)
      return settings.times?[process]?.grid(over: standard) ?? standard
    },
    "Times of the sampler (default: those of the training).")

  /// Drawn from each trained model.
  public static let evaluationSamples: TypedStudyKey<Int> = .one(
    "evaluationSamples", .whole(StudyBounds.evaluationSamples), .value(2000), field: .init(\.evaluation.samples),
    hasColumn: false, "Samples drawn from each trained model (default: 2000).")

  /// Memorized: d1 < criterion * d2.
  public static let criterion: TypedStudyKey<[Double]> = .axis(
    "criterion", .criterion, .value(1.0 / 3.0, "1/3"), field: .init(\.evaluation.criterion),
    "A sample is memorized if d1 < criterion * d2 (default: 1/3).")

  /// False saves the time that measuring them takes.
  public static let losses: TypedStudyKey<Bool> = .one(
    "losses", .flag, .value(true), field: .init(\.evaluation.losses), hasColumn: false,
    "Whether the losses of the four denoisers are measured at every time.")
}
