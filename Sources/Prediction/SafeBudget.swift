// SPDX-License-Identifier: MIT
internal import Experiments
public import Theory

/// The capacity that is safe for given data, and the data that are safe for a given capacity.
///
/// Safe means: the memorization ratio of one run stays under a tenth with a probability of 95 % (`SafeStart`).
public struct SafeBudget: Sendable {
  /// The configuration that is asked about, and how hard EM is run for it.
  public let predictor: Predictor
  /// Whether hard EM is sampled however long it takes.
  public let alwaysClusters: Bool

  /// `alwaysClusters`: hard EM sampled however long it takes, else only where it takes seconds.
  public init(predictor: Predictor, alwaysClusters: Bool = false) {
    (self.predictor, self.alwaysClusters) = (predictor, alwaysClusters)
  }

  /// M or N, and what stands behind it.
  public struct Answer: Sendable, Hashable {
    /// The largest safe M, or the smallest safe N.
    public let value: Int
    /// What predicted the safe start.
    public let method: PredictionMethod
    /// What is promised, in words.
    public let promise: String
  }

  /// Why there is no answer.
  public enum Problem: Error, Hashable {
    /// The formula does not know these data (copies, unequal weights, one dimension): it takes hard EM on draws of them.
    case needsClusters
    /// The ratio is above a tenth however many the samples.
    case neverSafe
  }

  /// The largest M with M/N below the safe start; 0 if none.
  public func components() throws(Problem) -> Answer {
    let samples = predictor.configuration.data.samples
    let start = try start(samples: samples)
    return answer(
      start, value: start.share.isFinite ? max(0, min(samples, Self.largest(below: start, samples))) : samples)
  }

  /// The largest M < share N.
  private static func largest(below start: SafeStart, _ samples: Int) -> Int {
    Int((start.share * Double(samples)).rounded(.up)) - 1
  }

  /// The smallest N found, to one per cent, for which a model of M components is safe.
  ///
  /// The start is M/N = 0.6 to 0.7 at nearly any N: N = M/start is tried first, then what lies between the smallest safe
  /// N and the largest that is not.
  public func samples(components: Int) throws(Problem) -> Answer {
    var unsafe = max(1, components - 1)
    var safe: (samples: Int, start: SafeStart)?
    var next = max(2, Int(Double(components) / 0.65))
    while true {
      let start = try start(samples: next)
      guard start.share > 0 else { throw .neverSafe }
      if Double(components) < start.share * Double(next) { safe = (next, start) } else { unsafe = next }
      if let safe, safe.samples - unsafe <= max(1, safe.samples / 100) {
        return answer(safe.start, value: safe.samples)
      }
      let aim = Int(min(1e15, Double(components) / start.share)) + 1
      next = Self.next(aim: aim, above: unsafe, below: safe?.samples)
    }
  }

  /// The aim where it lies inside the bracket, else one per cent below what is safe, or the middle; beyond the aim
  /// while nothing safe is known.
  private static func next(aim: Int, above unsafe: Int, below safe: Int?) -> Int {
    guard let safe else { return max(aim, unsafe + 1 + unsafe / 100) }
    let step = max(1, safe / 100)
    if aim > safe - step { return safe - step }
    return aim > unsafe ? aim : (unsafe + safe) / 2
  }

  private func answer(_ start: SafeStart, value: Int) -> Answer {
    Answer(value: value, method: start.method, promise: start.promise)
  }

  private func start(samples: Int) throws(Problem) -> SafeStart {
    var configuration = predictor.configuration
    configuration.data.samples = samples
    // One draw has no spread.
    let repeats = max(2, self.predictor.repeats)
    let predictor = Predictor(configuration, repeats: repeats, workers: self.predictor.workers)
    guard let start = SafeStart(predictor, alwaysClusters: alwaysClusters) else { throw .needsClusters }
    return start
  }
}
