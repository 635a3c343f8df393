// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predicts where the transition is, in units of M/N, without any training.",
    discussion: """
      By default, predict runs the closed forms, the finite-size losses and the formula of hard EM (0.1 s at any N). \
      It also runs hard-em (k-means from M of the N samples, sampled exactly) and hard-em-sampled (the same clusters, \
      sampled like the trained model) if each takes about a second on two cores: hard-em up to about N = 500, \
      hard-em-sampled up to about N = 250 at d = 50 with the default steps. --method runs a method however long it \
      takes.

      Loss crossings depend on the times and the weighting of clean losses given here. They do not depend on \
      criterion, sampler, copies or unequal weights; of these, the formula depends only on the criterion. The expected \
      error comes from comparisons with measurements.

        verbatim predict -d 50 -K 12 -N 200
        verbatim predict -d 50 -K 12 -N 200 -M 120             generalizes, in transition or memorizes?
        verbatim predict -d 50 -K 12 -N 200 --safe-components  the largest M that still generalizes
        verbatim predict -d 50 -K 12 -M 120 --safe-samples     the N that this M needs
        verbatim predict -d 50 -K 12 -N 1000000 --json
        verbatim predict -d 50 -K 12 -N 200 --variance 4 --sampler heun --method hard-em-sampled

      Safe means that the memorization ratio of one training stays under 10 % with 95 % probability. M/N is then below \
      the 95 % prediction interval of the start by hard-em-sampled, if that takes about a second or --hard-em is \
      given. Otherwise it is below the formula's start by 1.96 times its measured error (0.03 if none was measured). \
      This holds for training from partial memorization.
      """)

  @OptionGroup var options: PredictOptions
  @OptionGroup var work: WorkOptions
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Only this method (repeatable): closed-form-c1, closed-form-c2, alpha-squared, finite-size, "
        + "hard-em-formula, hard-em or hard-em-sampled."))
  var method: [String] = []
  @Flag(name: .customLong("hard-em"), help: "Run hard-em, and the search for what is safe, however long they take.")
  var hardEM = false
  @Option(
    parsing: .unconditional,
    help: "Draws of data and start over which hard EM averages (default: 4 to 16, fewer for large N).")
  var repeats: Int?
  @Flag(help: "The largest M whose ratio stays under 10 % with 95 % probability.")
  var safeComponents = false
  @Flag(help: "With -M: the N at which its ratio stays under 10 % with 95 % probability.")
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
      throw ValidationError("--safe-samples: needs the M that should be safe; allowed: together with -M")
    }
    if options.samples == nil && !safeSamples {
      throw ValidationError("-N: is missing; it may be left out only with --safe-samples")
    }
  }

  func run() throws {
    var request = try options.request()
    request.methods = Set(method.compactMap(PredictionMethod.init))
    (request.alwaysClusters, request.repeats, request.threads) = (hardEM, repeats, work.threads)
    (request.findsSafeComponents, request.findsSafeSamples) = (safeComponents, safeSamples)
    try check(request)
    try refuseIdle(request)
    let document = try answer(request).document
    if work.json { try Console.json(document) } else { try Console.result(document.text) }
  }

  private func answer(_ request: PredictionRequest) throws -> PredictionOutcome {
    let option = safeSamples ? "--safe-samples" : "--safe-components"
    do { return try request.run(isCancelled: { Interruption.isRequested }) } catch let error as SafeBudget.Problem {
      switch error {
      case .needsClusters:
        throw Failure.Usage(
          description: "\(option): the formula does not cover such data, and hard EM would take long; allowed: "
            + "together with --hard-em, up to N d = 10^8")
      case .neverSafe:
        throw Failure.Usage(
          description:
            "\(option): no N is safe, the ratio is above 10 % whatever the samples; allowed: a smaller criterion")
      }
    }
  }

  /// Options of hard EM where none is asked for: neither as a method nor by the search for what is safe.
  private func refuseIdle(_ request: PredictionRequest) throws {
    try OptionProblem.refuse(
      [
        ("--repeats", repeats != nil), ("--seed", options.seed != nil),
        ("--sampling-steps", options.samplingSteps != nil),
      ],
      request.simulates
        ? nil : "belongs to hard EM, which is not run here; allowed: with --hard-em or --method hard-em")
  }

  /// Data that do not fit into memory are not drawn.
  private func check(_ request: PredictionRequest) throws {
    guard !request.fitsMemory else { return }
    let data = request.configuration.data
    throw Failure.Usage(
      description:
        "samples: '\(data.samples)' in \(data.dimension) dimensions are too many for "
        + "hard EM, which draws them; allowed: N d up to 10^8, or --method hard-em-formula")
  }
}
