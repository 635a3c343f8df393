// SPDX-License-Identifier: MIT
internal import Files

/// What a search or a file of points refuses, in one line.
public enum NeighborError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The memory is not enough for one panel of the reference and one group of queries.
  case memory(given: Int, needed: Int)
  /// The file is not what was asked for: its length, its alignment, its values.
  case file(path: String, reason: String)
  /// A system call failed with `code` (errno) while doing `action` ("read", "map").
  case system(action: String, path: String, code: Int32)
  /// Shapes that do not belong together.
  case shape(String)

  public var description: String {
    switch self {
    case .memory(let given, let needed): "memory of \(given) bytes is too small: this search needs \(needed)"
    case .file(let path, let reason): "\(path): \(reason)"
    case .system(let action, let path, let code): "\(StoreError.system(action: action, path: path, code: code))"
    case .shape(let reason): reason
    }
  }

  /// Whether the command's input is at fault rather than the machine or the moment.
  public var isInput: Bool {
    if case .system(let action, let path, let code) = self {
      StoreError.system(action: action, path: path, code: code).isInput
    } else {
      true
    }
  }
}
