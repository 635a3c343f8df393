// SPDX-License-Identifier: MIT
internal import Foundation

/// What can go wrong with files, each as one line that says what, where and what to do.
public enum StoreError: Error, Hashable, CustomStringConvertible {
  /// A system call failed with `code` (errno) while doing `action` ("write", "read", ...).
  case system(action: String, path: String, code: Int32)
  /// A file that is not what it should be; nothing of it was used.
  case corrupt(path: String, line: Int?, problem: String)
  /// Another process works in the folder.
  case locked(path: String, holder: String)
  /// The folder holds the results of another study.
  case otherStudy(path: String, difference: String)
  /// The folder holds something of anyone else's.
  case foreign(path: String, kind: String, entry: String)
  /// The folder is none of ours.
  case notARunFolder(path: String, problem: String)

  public var description: String {
    switch self {
    case .system(let action, let path, let code): "cannot \(action) \(path): \(Self.explanation(code))"
    case .corrupt(let path, let line?, let problem): "\(path), line \(line): \(problem)"
    case .corrupt(let path, nil, let problem): "\(path): \(problem)"
    case .locked(let path, let holder):
      "\(path) is in use by \(holder): wait until it ends, or choose another folder"
    case .otherStudy(let path, let difference):
      "\(path) holds another study (\(difference)): choose another folder, or run the study it was made with"
    case .foreign(let path, let kind, let entry):
      "\(path) is not the folder of \(kind), because it holds '\(entry)'; nothing was written: choose an empty folder "
        + "or a new one"
    case .notARunFolder(let path, let problem): "\(path) is not a run folder: \(problem)"
    }
  }

  /// The same without action and path, for who has said them.
  public var reason: String {
    if case .system(_, _, let code) = self { Self.explanation(code) } else { description }
  }

  /// Whether the command's input is at fault (exit code 2) rather than the machine or the moment (exit code 3).
  public var isInput: Bool {
    switch self {
    case .corrupt, .otherStudy, .foreign, .notARunFolder: true
    case .locked: false
    case .system(_, _, let code):
      [ENOENT, ENOTDIR, EISDIR, EACCES, EPERM, EROFS, ELOOP, ENAMETOOLONG].contains(code)
    }
  }

  private static func explanation(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT:
      "the disk is full; what was finished is kept: free some space and run the same command again"
    case EFBIG:
      "it has reached the limit on file sizes; what was finished is kept: raise it and run the same command again"
    case EROFS: "the file system is read-only: choose another folder"
    case EACCES, EPERM: "permission denied: choose a folder you may write to, or change its permissions"
    case ENOTDIR: "a part of the path is a file, not a folder"
    case ENOENT: "no such file or folder"
    case EISDIR: "it is a folder"
    case EMFILE, ENFILE: "too many files are open: raise the limit (ulimit -n) and run the same command again"
    case EPIPE: "the program that read it has closed it"
    case EBADF: "it is closed"
    default: String(cString: strerror(code))
    }
  }
}

/// What is wrong with a binary file, in a few words.
struct FormatProblem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
