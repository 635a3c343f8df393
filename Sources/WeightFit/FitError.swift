// SPDX-License-Identifier: MIT

/// Why a sweep cannot be fitted.
public enum FitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is nothing to fit with so few tuples whose M_pt is in range; 2 are needed.
  case tooFewTuples(Int)
  /// A setting: its name, the value and what is allowed.
  case outOfRange(String)
  /// Products of capacities, fits and starts, and how many are allowed.
  case tooMuchWork(capacities: Int, fits: Int, starts: Int)
  /// Measured losses of one tuple: d, K, N.
  case notFinite(dimension: Int, trueComponents: Int, samples: Int)

  public var description: String {
    switch self {
    case .tooFewTuples(let count):
      "the fit needs at least 2 tuples (d, K, N) with M_pt in range, there \(count == 1 ? "is 1" : "are \(count)")"
    case .outOfRange(let line): line
    case .tooMuchWork(let capacities, let fits, let starts):
      "\(capacities) capacities in \(fits) fits (one for each N, d and K that is left out) with \(starts) starts would "
        + "take too long; allowed: a product of at most \(FitStudy.mostWork), with fewer values of N, d and K or fewer "
        + "starts"
    case .notFinite(let d, let k, let n): "the losses of d=\(d) K=\(k) N=\(n) are not finite; allowed: finite losses"
    }
  }
}
