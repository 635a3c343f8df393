// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
internal import Experiments
internal import Figures
internal import Training

/// The settings of a family in words: for captions (one line, marked up) and for the settings table.
struct SettingsText {
  let family: Family

  private var configuration: Configuration { family.configuration }

  /// One line with everything a reader needs to place a figure; the initialization is a headline factor.
  var caption: String {
    let variance = "variance \(NumberText.significant(configuration.data.variance))"
    let law = family.name.contains(variance) ? family.name : "\(family.name), \(variance)"
    return "Settings: \(law)\(pictures); "
      + "start: \(start); \(budget); \(process); \(sampling); \(seeds)."
  }

  /// `, pictures of fashion-mnist (15 x 15 x 3)`.
  private var pictures: String {
    guard let images = configuration.data.images else { return "" }
    return
      ", pictures of \(images.source.replacing("_", with: "\u{2017}").replacing("*", with: "\u{2217}")) (\(images.height) \u{D7} "
      + "\(images.width) \u{D7} \(images.channels)\(images.logDeterminant == .exact ? "" : ", log-determinant of the authors' code"))"
  }

  /// `partial-memorization, std 0.001`.
  var start: String {
    "\(configuration.initialization.name), std \(NumberText.significant(configuration.initialization.std))"
  }

  /// `preset quick, 5,000 steps x 4 draws`.
  var budget: String {
    let training = configuration.training
    return "preset \(training.preset.rawValue), \(NumberText.count(training.steps)) steps \u{D7} "
      + "\(NumberText.count(training.draws)) draws"
  }

  var process: String {
    "process \(configuration.process.rawValue), \(configuration.times.words)"
  }

  var sampling: String {
    let evaluation = configuration.evaluation
    let times = evaluation.samplingTimes.map { " over \($0.words)" } ?? ""
    return "\(evaluation.sampler.rawValue)\(times), \(NumberText.count(evaluation.samples)) samples per model, "
      + "memorized below \(NumberText.criterion(evaluation.criterion))"
  }

  var seeds: String { Self.list(family.curves.map(\.seedName)) }

  /// `data seed 1, 2, 3` rather than the word three times.
  private static func list(_ names: [String]) -> String {
    guard let first = names.first, names.count > 1, let space = first.lastIndex(of: " ") else {
      return names.joined(separator: ", ")
    }
    let word = first[...space]
    guard names.allSatisfy({ $0.hasPrefix(word) }) else { return names.joined(separator: "; ") }
    let numbers = names.map { $0.dropFirst(word.count) }
    return word.dropLast() + "s " + numbers.joined(separator: ", ")
  }

  /// What the data law has beyond equal weights and distinct samples: `, each component 0.5 times as frequent as the
  /// one before it, 10 % of the samples copies of others`.
  private var unevenness: String {
    let data = configuration.data
    let weights =
      data.componentRatio == 1
      ? "" : ", each component \(NumberText.significant(data.componentRatio)) times as frequent as the one before it"
    let copies =
      data.duplicates == 0
      ? "" : ", \(NumberText.significant(100 * data.duplicates)) % of the samples copies of others"
    return weights + copies
  }

  private var law: String {
    let (data, variance) = (configuration.data, NumberText.significant(configuration.data.variance))
    guard let images = data.images else {
      return "\(data.trueComponents) Gaussian components in dimension \(data.dimension), variance \(variance)"
        + unevenness
    }
    return
      "\(data.trueComponents) pictures of \(images.source) as templates, \(images.height) \u{D7} \(images.width) pixels in "
      + "\(images.channels) channels (d = \(data.dimension)), colours of mean 0 and variance \(variance)"
      + (images.logDeterminant == .exact ? "" : "; log-determinant \(images.logDeterminant.rawValue)")
  }

  /// Name and value of every setting.
  var rows: [(name: String, value: String)] {
    let (data, training) = (configuration.data, configuration.training)
    let rates =
      "peak \(NumberText.significant(training.peakRate)) after "
      + "\(NumberText.count(training.warmUpSteps)) steps, then down to \(NumberText.significant(training.finalRate))"
    let adam =
      "Adam (\(NumberText.significant(training.beta1)), \(NumberText.significant(training.beta2)), "
      + "\(NumberText.significant(training.epsilon))), update average \(NumberText.significant(training.updateDecay)), "
      + "gradient clipped to norm \(NumberText.significant(training.clipNorm))"
    return [
      ("Data law", law), ("Training samples N", NumberText.count(data.samples)),
      ("Held-out samples", NumberText.count(data.heldOutSamples)), ("Initialization", start),
      ("Process", process), ("Loss", "\(training.prediction.rawValue) prediction, weight \(training.weight.words)"),
      ("Budget", budget), ("Learning rate", rates), ("Optimizer", adam),
      ("Training kernel", training.kernel.rawValue), ("Sampling", sampling), ("Seeds", seeds),
    ]
  }
}

extension TimeGrid {
  /// `26 uniform times from 0.999 to 0.001`.
  var words: String {
    let kind =
      switch spacing {
      case .uniform: "uniform"
      case .karras(let rho): "Karras (rho \(NumberText.significant(rho)))"
      case .logSNR: "log-SNR"
      }
    return "\(count) \(kind) times from \(NumberText.significant(first)) to \(NumberText.significant(last))"
  }
}

extension LossWeight {
  var words: String {
    switch self {
    case .unit: "one"
    case .signalToNoise: "psi"
    case .alphaSquared: "alpha squared"
    case .minSNR(let limit): "min-SNR, limit \(NumberText.significant(limit))"
    case .table(let values): "table of \(values.count) values"
    }
  }
}
