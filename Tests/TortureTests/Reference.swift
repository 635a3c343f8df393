// SPDX-License-Identifier: MIT
import Foundation
import Kernels

/// What commands leave when nobody disturbs them: made once, twice where files may differ from run to run.
struct Reference {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The files of the command's own folder, `out`, without times.
  let tree: FileTree
  /// Files that differ between two undisturbed runs.
  let unstable: Set<String>
  let seconds: Double
  let code: Int32
  /// Where it lies, to be copied.
  let folder: String

  /// Runs a command twice in folders of their own, prepared by `prepare`.
  init(_ name: String, _ words: [String], environment: [String: String] = [:], prepare: (String) throws -> Void) throws
  {
    var trees: [FileTree] = []
    var (seconds, code) = (0.0, Int32(0))
    for run in 1...2 {
      let folder = "\(Torture.folder)/reference-\(name)-\(run)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try prepare(folder)
      let child = try Child([Torture.program] + words, in: folder, output: folder + "-stream", environment: environment)
      let status = child.end(within: 60)
      seconds = Double((ContinuousClock.now - child.started) / .milliseconds(1)) / 1000
      guard case .code(let ended) = status, ended <= 1 else {
        let said = (try? String(contentsOfFile: folder + "-stream.err", encoding: .utf8)) ?? ""
        throw Failure(description: "undisturbed, \(words.joined(separator: " ")): \(status): \(said)")
      }
      code = ended
      trees.append(FileTree("\(folder)/out").stable)
    }
    folder = "\(Torture.folder)/reference-\(name)-1"
    (tree, self.seconds, self.code) = (trees[0], seconds, code)
    unstable = trees[0].unstable(trees[1])
    if tree.files.isEmpty { throw Failure(description: "undisturbed, \(words.joined(separator: " ")): no files") }
  }

  /// Copies the whole folder of the command to `place`, which must not exist.
  func copy(to place: String) throws {
    let child = try Child(["cp", "-a", "\(folder)/.", place], in: "/", output: place + "-copy")
    guard child.end(within: 60) == .code(0) else { throw Failure(description: "cannot copy \(folder) to \(place)") }
    for stream in [".out", ".err"] { unlink(place + "-copy" + stream) }
  }
}
