// SPDX-License-Identifier: MIT
internal import Files
public import Foundation

/// Why a figure could not be drawn.
public enum FigureError: Error, Equatable, Sendable {
  /// No program of that name on the search path.
  case programMissing(name: String, searchPath: String)
  /// The program ended with a status that is not 0, or its file is cut off; `message` is its own.
  case programFailed(script: String, status: Int32, message: String)
  /// A file or folder cannot be written.
  case cannotWrite(path: String, reason: String)
  /// A drawn file cannot be read again.
  case cannotRead(path: String, reason: String)
  /// The drawing was told to end.
  case interrupted

  /// `path`: what the reader knows, where the file is one of ours on the way to it.
  init(_ error: StoreError, writing path: String) {
    guard case .system(_, let file, _) = error,
      !file.split(separator: "/").contains(where: { AtomicFile.isTemporary(String($0)) })
    else {
      self = .cannotWrite(path: path, reason: error.reason)
      return
    }
    self = .cannotWrite(path: file, reason: error.reason)
  }
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
    case .cannotRead(let path, let reason):
      "cannot read \(path): \(reason)"
    case .interrupted: "interrupted"
    }
  }

  public var errorDescription: String? { description }
}
