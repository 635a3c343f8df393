// SPDX-License-Identifier: MIT
public import Kernels
public import Statistics

/// The test of appendix H: a sample is memorized if |x - x^(1)| < (1/3) |x - x^(2)|, x^(1) and x^(2) its nearest
/// and second-nearest training points.
///
/// The inequality is strict, so that d1 = d2 = 0 (a copy of a duplicated training point) is not memorized.
public struct MemorizationTest: Sendable, Codable, Hashable {
  /// The share of the second distance below which the first must lie.
  public let criterion: Double

  /// Another criterion stops the program.
  public init(criterion: Double = 1.0 / 3.0) {
    precondition(criterion > 0 && criterion <= 1, "criterion \(criterion) is not in (0, 1]")
    self.criterion = criterion
  }

  /// Decoded values are checked too: another criterion throws.
  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    let criterion = try keys.decode(Double.self, forKey: .criterion)
    guard criterion > 0 && criterion <= 1 else {
      throw DecodingError.dataCorruptedError(
        forKey: .criterion, in: keys,
        debugDescription: "criterion: '\(criterion)' is out of range; allowed: above 0 to 1")
    }
    self.criterion = criterion
  }

  /// Whether d1 < criterion * d2.
  public func isMemorized(_ nearest: NearestTwo) -> Bool {
    nearest.d1 < criterion * nearest.d2
  }

  /// One flag per sample; samples (n, d), training (N, d), N >= 2.
  public func flags(of samples: Matrix, training: Matrix, workers: Workers = .serial) -> [Bool] {
    NearestTwo.search(samples, in: training, workers: workers).map(isMemorized)
  }

  /// The number of memorized samples.
  public func count(of samples: Matrix, training: Matrix, workers: Workers = .serial) -> Int {
    flags(of: samples, training: training, workers: workers).count { $0 }
  }

  /// The memorization ratio, the share of memorized samples, with its Wilson 95 % interval; n >= 1.
  ///
  /// Held-out samples in place of `samples` give the null of the ratio.
  public func ratio(of samples: Matrix, training: Matrix, workers: Workers = .serial) -> Estimate {
    Wilson.interval(
      successes: count(of: samples, training: training, workers: workers), trials: samples.rows)
  }
}
