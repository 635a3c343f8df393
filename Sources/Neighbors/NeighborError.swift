// SPDX-License-Identifier: MIT

/// What a search or a file of points refuses, in one line.
public enum NeighborError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The memory is not enough for one panel of the reference and one group of queries.
  case memory(given: Int, needed: Int)
  case file(path: String, reason: String)
  /// Shapes that do not belong together.
  case shape(String)

  public var description: String {
    switch self {
    case .memory(let given, let needed): "memory of \(given) bytes is too small: this search needs \(needed)"
    case .file(let path, let reason): "\(path): \(reason)"
    case .shape(let reason): reason
    }
  }
}
