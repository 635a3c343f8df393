// SPDX-License-Identifier: MIT
import ArgumentParser
import Experiments
import Foundation
import HardEM
import Kernels
import Prediction
import Theory

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predicts where the transition is, in units of M/N, without any training.",
    discussion: """
      Closed forms, finite-size losses and the formula of hard EM answer in milliseconds at any N; hard EM itself \
      (k-means from M of the N samples, sampled exactly) is run where it is cheap, or with --hard-em; hard-em-sampled \
      (the same clusters, sampled as the trained model is) where it is asked for. Loss crossings use the times and the \
      weighting of clean losses given here; the expected error is that of measured comparisons.

        verbatim predict -d 50 -K 12 -N 200
        verbatim predict -d 50 -K 12 -N 200 -M 120             generalizes, in transition or memorizes?
        verbatim predict -d 50 -K 12 -N 200 --safe-components  the largest M that still generalizes
        verbatim predict -d 50 -K 12 -M 120 --safe-samples     the N that this M needs
        verbatim predict -d 50 -K 12 -N 1000000 --json
        verbatim predict -d 50 -K 12 -N 200 --variance 4 --sampler heun --sampling-steps 50
      """)

  @OptionGroup var options: PredictOptions
  @OptionGroup var work: WorkOptions
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Only this method (repeatable): closed-form-c1, closed-form-c2, alpha-squared, finite-size, "
        + "hard-em-formula, hard-em or hard-em-sampled."))
  var method: [String] = []
  @Flag(name: .customLong("hard-em"), help: "Run hard EM however long it takes.")
  var hardEM = false
  @Option(
    parsing: .unconditional,
    help: "Draws of data and start over which hard EM averages (default: 4 to 16, fewer for large N).")
  var repeats: Int?
  @Flag(help: "The largest M whose ratio, by hard EM, is predicted to stay under 10 %.")
  var safeComponents = false
  @Flag(help: "With -M: the N at which its ratio, by hard EM, is predicted to stay under 10 %.")
  var safeSamples = false

  func validate() throws {
    if let repeats, !(2...1000).contains(repeats) {
      throw ValidationError("--repeats: '\(repeats)' is out of range; allowed: 2 to 1000")
    }
    for name in method where PredictionMethod(rawValue: name) == nil {
      let known = PredictionMethod.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--method: '\(name)' is unknown; allowed: \(known)")
    }
    if safeSamples && options.components == nil {
      throw ValidationError("--safe-samples: needs the M to be safe; allowed: together with -M")
    }
    if options.samples == nil && !safeSamples {
      throw ValidationError("-N: is missing; allowed: left out with --safe-samples only")
    }
  }

  func run() throws {
    let workers = Workers(threads: work.threadCount)
    let (predictor, components, safe) = try predictor(workers)
    let budget = SafeBudget(predictor: predictor, alwaysClusters: hardEM)
    let document = PredictDocument(
      predictor.configuration, times: predictor.times, process: predictor.process,
      predictions: methods(for: predictor).map(predictor.prediction), components: components,
      safeComponents: safeComponents ? budget.components() : nil, safeSamples: safe)
    if work.json { try Console.json(document) } else { try Console.result(document.text) }
  }

  /// Those asked for; else all that answer in about a second.
  private func methods(for predictor: Predictor) -> [PredictionMethod] {
    let chosen = Set(method.compactMap(PredictionMethod.init))
    return PredictionMethod.allCases.filter { method in
      guard chosen.isEmpty else { return chosen.contains(method) || (method == .hardEM && hardEM) }
      return switch method {
      case .hardEM: hardEM || predictor.isCheap(method)
      default: predictor.isCheap(method)
      }
    }
  }

  /// The configuration; with --safe-samples the N found stands in for a missing one.
  private func predictor(_ workers: Workers) throws -> (Predictor, components: Int?, safeSamples: Int?) {
    guard safeSamples, let written = options.components else {
      let (configuration, components) = try options.configuration(samples: options.samples ?? "")
      try check(configuration)
      return (Predictor(configuration, repeats: repeats, workers: workers), components, nil)
    }
    // A model of M components needs at least M samples: the place to start from where no N is given.
    let (configuration, components) = try options.configuration(samples: options.samples ?? written)
    try check(configuration)
    let start = Predictor(configuration, repeats: repeats, workers: workers)
    let safe = SafeBudget(predictor: start, alwaysClusters: hardEM).samples(components: max(components ?? 2, 2))
    guard options.samples == nil else { return (start, components, safe) }
    var found = configuration
    found.data.samples = safe
    return (Predictor(found, repeats: repeats, workers: workers), components, safe)
  }

  private func check(_ configuration: Configuration) throws {
    guard configuration.data.variance > 0 else {
      throw Failure.Usage(
        description: "variance: '\(configuration.data.variance)' leaves nothing to predict; allowed: a number above 0")
    }
    guard configuration.data.samples >= 2 else {
      throw Failure.Usage(
        description: "samples: '\(configuration.data.samples)' is too few for a transition; allowed: 2 or more")
    }
  }
}
