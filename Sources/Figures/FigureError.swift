// SPDX-License-Identifier: MIT
public import Foundation

/// Why a figure could not be drawn.
public enum FigureError: Error, Equatable, Sendable {
  /// No program of that name on the search path.
  case programMissing(name: String, searchPath: String)
  case programFailed(script: String, status: Int32, message: String)
  case cannotWrite(path: String, reason: String)
}

extension FigureError: LocalizedError, CustomStringConvertible {
  /// The Debian packages that figures need, as the line that installs them.
  public static let installLine = "apt-get install --yes gnuplot-nox fonts-stix"

  public var description: String {
    switch self {
    case .programMissing(let name, let searchPath):
      "figures need \(name), which is not on PATH (\(searchPath)); install it: \(Self.installLine)"
    case .programFailed(let script, let status, let message):
      "gnuplot could not draw \(script) (status \(status)): \(message)"
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason)"
    }
  }

  public var errorDescription: String? { description }
}
