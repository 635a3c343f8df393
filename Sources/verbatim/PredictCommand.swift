// SPDX-License-Identifier: MIT
import ArgumentParser
import Experiments
import Foundation
import HardEM
import Kernels
import Theory

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predicts where the transition is, in units of M/N, without any training.",
    discussion: """
      Closed forms and the finite-size losses answer in milliseconds at any N; hard EM (k-means from M of the N \
      samples, sampled exactly) is run where it is cheap, or with --hard-em. Loss crossings use the times and the \
      weighting of clean losses given here; the expected error is that of measured comparisons.

        verbatim predict -d 50 -K 12 -N 200
        verbatim predict -d 50 -K 12 -N 200 -M 120             generalizes, in transition or memorizes?
        verbatim predict -d 50 -K 12 -N 200 --safe-components  the largest M that still generalizes
        verbatim predict -d 50 -K 12 -M 120 --safe-samples     the N that this M needs
        verbatim predict -d 50 -K 12 -N 1000000 --json
      """)

  @OptionGroup var options: PredictOptions
  @OptionGroup var work: WorkOptions
  @Option(
    parsing: .unconditionalSingleValue,
    help: "Only this method: closed-form-c1, closed-form-c2, alpha-squared, finite-size or hard-em (repeatable).")
  var method: [String] = []
  @Flag(name: .customLong("hard-em"), help: "Run hard EM however long it takes.")
  var hardEM = false
  @Option(parsing: .unconditional, help: "Draws of data and start over which hard EM averages (default: 4).")
  var repeats: Int = 4
  @Flag(help: "The largest M whose ratio, by hard EM, is predicted to stay under 10 %.")
  var safeComponents = false
  @Flag(help: "With -M: the N at which its ratio, by hard EM, is predicted to stay under 10 %.")
  var safeSamples = false

  func validate() throws {
    guard (2...1000).contains(repeats) else {
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
    let chosen = method.compactMap(PredictionMethod.init)
    let methods = chosen.isEmpty ? PredictionMethod.allCases : chosen
    let wantsHardEM = hardEM || safeComponents || chosen.contains(.hardEM)
    let prediction =
      wantsHardEM || (methods.contains(.hardEM) && predictor.hardEMIsCheap) ? predictor.hardEM() : nil
    let document = PredictDocument(
      predictor, methods: methods.filter { $0 != .hardEM }, hardEM: prediction, components: components,
      safeComponents: safeComponents ? prediction.map(predictor.safeComponents) : nil, safeSamples: safe)
    if work.json { try Console.json(document) } else { print(document.text) }
  }

  /// The configuration; with --safe-samples the N found stands in for a missing one.
  private func predictor(_ workers: Workers) throws -> (Predictor, components: Int?, safeSamples: Int?) {
    guard safeSamples, let written = options.components else {
      let (configuration, components) = try options.configuration(samples: options.samples ?? "")
      try check(configuration)
      return (Predictor(configuration: configuration, workers: workers, repeats: repeats), components, nil)
    }
    // A model of M components needs at least M samples: the place to start from where no N is given.
    let (configuration, components) = try options.configuration(samples: options.samples ?? written)
    try check(configuration)
    let start = Predictor(configuration: configuration, workers: workers, repeats: repeats)
    let safe = start.safeSamples(components: max(components ?? 2, 2))
    guard options.samples == nil else { return (start, components, safe) }
    var found = configuration
    found.data.samples = safe
    return (Predictor(configuration: found, workers: workers, repeats: repeats), components, safe)
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
