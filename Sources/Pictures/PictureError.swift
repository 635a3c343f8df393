// SPDX-License-Identifier: MIT
internal import Files
internal import Foundation

/// What can go wrong with pictures, each as one line: what, the value, what is allowed, which file.
public enum PictureError: Error, Hashable, CustomStringConvertible {
  /// A system call failed with `code` (errno) while doing `action` ("read", "write").
  case system(action: String, path: String, code: Int32)
  /// A file that is not what it should be; nothing of it was used.
  case malformed(path: String, problem: String)
  /// A file of a known collection that is not there, and how to get it.
  case missing(path: String, advice: String)
  /// A request that cannot be met, such as more pictures than there are.
  case invalid(String)

  public var description: String {
    switch self {
    case .system(let action, let path, let code):
      PrintableText.line("cannot \(action) \(path): \(String(cString: strerror(code)))")
    case .malformed(let path, let problem): PrintableText.line("\(path): \(problem)")
    case .missing(let path, let advice): PrintableText.line("no file \(path): \(advice)")
    case .invalid(let problem): PrintableText.line(problem)
    }
  }

  /// What is wrong, without the file.
  var reason: String {
    switch self {
    case .system(_, _, let code): FolderWalk.reason(code)
    case .malformed(_, let problem), .missing(_, let problem), .invalid(let problem): problem
    }
  }

  /// Whether the command's input is at fault rather than the machine or the moment.
  public var isInput: Bool {
    switch self {
    case .malformed, .missing, .invalid: true
    case .system(_, _, let code): [ENOENT, ENOTDIR, EISDIR, EACCES, EPERM, EROFS, ELOOP, ENAMETOOLONG].contains(code)
    }
  }
}
