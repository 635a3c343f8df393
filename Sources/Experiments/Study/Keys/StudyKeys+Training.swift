// SPDX-License-Identifier: MIT
public import Diffusion
public import Training

/// Training.
extension StudyKeys {
  static let training: [StudyKey] = [
    preset.key, steps.key, draws.key, prediction.key, weight.key, kernel.key, peakRate.key, seed.key,
  ]

  /// The budgets: each sets what the keys of training leave open.
  public static let preset: TypedStudyKey<[Preset]> = .axis(
    "preset", .word(), .value(Preset.quick), field: .init(\.training.preset),
    "Budget: 'quick' (5,000 steps x 4 draws, time constants rescaled; default) or 'paper' (50,000 x 100)."
  ).with { key in
    // Steps first: the constants of a preset depend on them.
    key.choices = { settings in
      (settings.preset ?? []).map { preset in
        let training = try? settings.budget(of: preset)
        return { if let training { $0.training = training } }
      }
    }
  }

  /// For each preset the updates of the parameters.
  public static let steps: TypedStudyKey<[Preset: Int]> = .byPreset(
    "steps", .whole(StudyBounds.steps), standard: "5000 (quick), 50000 (paper)", field: \.steps,
    "Training steps. Under 'quick' the time constants are rescaled; under 'paper' a warning says what goes wrong.")

  /// For each preset the noise draws per sample and step.
  public static let draws: TypedStudyKey<[Preset: Int]> = .byPreset(
    "draws", .whole(StudyBounds.draws), standard: "4 (quick), 100 (paper)", field: \.draws,
    "Noise draws per sample and step.")

  /// What the loss compares; the weight comes on top.
  public static let prediction: TypedStudyKey<Prediction> = .one(
    "prediction", .word(except: ["score"]), .value(Prediction.noise), field: .init(\.training.prediction),
    "The quantity that the loss compares: noise (default), clean or velocity."
  ).with { key in
    // A program may train the score, which no study names: its records are sound.
    key.problem = { _ in nil }
  }

  /// lambda(t).
  public static let weight: TypedStudyKey<LossWeight> = .one(
    "weight", symbol: "lambda(t)", .weight, .value(.unit), field: .init(\.training.weight),
    "Loss weighting: unit (default), signal-to-noise, alpha-squared, {min-snr: 5} or {table: [...]}."
  ).with { key in
    key.agree = { settings, _ throws(StudyError) in
      guard case .table(let values) = settings.weight else { return }
      for process in settings.process ?? [] {
        guard let count = settings.times?[process]?.count, count != values.count else { continue }
        throw settings.refused(
          "weight", value: "table of \(values.count) values", "has \(values.count) values",
          allowed: "\(count), one per time of the grid")
      }
    }
  }

  /// How a step is computed.
  public static let kernel: TypedStudyKey<KernelChoice> = .one(
    "kernel", .word(), .value(KernelChoice.auto), field: .init(\.training.kernel),
    "Training kernel: dense, pruned or auto (default); same results within a stated tolerance.")

  /// For each preset the largest learning rate.
  public static let peakRate: TypedStudyKey<[Preset: Double]> = .byPreset(
    "peakRate", .number(StudyBounds.peakRate, allowed: "a number above 0, at most 10"), standard: "1e-3 k^0.7",
    field: \.peakRate, "Peak learning rate.")

  /// Of start, training noise and sampling.
  public static let seed: TypedStudyKey<[UInt64]> = .axis(
    "seed", short: "seeds", .seed, .value(0), field: .init(\.seed),
    "Seed of start, training noise and sampling (default: 0)."
  ).with { key in
    key.choices = { settings in
      let isDataSeed = settings.dataSeed == nil
      return (settings.seed ?? []).map { seed in
        { configuration in
          configuration.seed = seed
          if isDataSeed { configuration.data.dataSeed = seed }
        }
      }
    }
  }
}
