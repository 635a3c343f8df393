// SPDX-License-Identifier: MIT
import Foundation

/// The files of one fuzzing process, in memory where there is such a file system.
struct FuzzFolder {
  let path: String

  init(_ form: ProgramForm) {
    let parent = ProcessInfo.processInfo.environment["VERBATIM_FUZZ_FOLDER"] ?? NSTemporaryDirectory()
    path = "\(parent)/verbatim-fuzz-\(form)-\(ProcessInfo.processInfo.processIdentifier)"
    for name in ["", "again", "neighbors"] {
      try? FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
    }
  }

  /// Replaces a file's bytes and returns its path.
  @discardableResult
  func put(_ bytes: some Collection<UInt8>, _ name: String) -> String {
    let (path, bytes) = ("\(path)/\(name)", Array(bytes))
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    let written = descriptor < 0 ? -1 : write(descriptor, bytes, bytes.count)
    if written != bytes.count { fatalError("cannot write \(path)") }
    close(descriptor)
    return path
  }

  func remove(_ name: String) { unlink("\(path)/\(name)") }

  func bytes(_ name: String) -> Data? { try? Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")) }
}
