// SPDX-License-Identifier: MIT

/// Why a sweep cannot be fitted.
public enum FitError: Error, Hashable, Sendable, CustomStringConvertible {
  case tooFewTuples(Int)

  public var description: String {
    switch self {
    case .tooFewTuples(let count):
      "the fit needs at least 2 tuples (d, K, N) with M_pt in range, there \(count == 1 ? "is 1" : "are \(count)")"
    }
  }
}
