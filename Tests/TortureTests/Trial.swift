// SPDX-License-Identifier: MIT
import Foundation
import Kernels

/// One trial of the torture: its random choices, its folder, what it checked and what failed.
struct Trial {
  let kind: String
  let seed: UInt64
  /// Empty when the trial begins; stays for a look when it has failed.
  let folder: String
  var dice: Dice
  private(set) var counts: [String: Int] = [:]
  private(set) var failures: [String] = []

  init(kind: String, seed: UInt64, folder: String) {
    (self.kind, self.seed, self.folder) = (kind, seed, folder)
    dice = Dice(RandomKey(seed: seed).child(kind))
  }

  mutating func count(_ what: String, _ number: Int = 1) { counts[what, default: 0] += number }

  mutating func fail(_ words: String) {
    failures.append("\(words)  [Scripts/torture repeat \(kind) \(seed)]")
  }

  /// The folder `out` must hold what an undisturbed command leaves.
  mutating func compare(with reference: Reference, _ words: String) {
    let tree = FileTree("\(folder)/out").stable
    if let differences = tree.differences(from: reference.tree, leavingOut: reference.unstable) {
      fail("\(words): \(differences)")
    }
  }

  func clear() throws {
    let manager = FileManager.default
    // Folders that a trial has made unreadable.
    if access(folder, F_OK) == 0 {
      _ = try? Child(["chmod", "-R", "u+rwX", folder], in: "/", output: folder + "-clear").end(within: 10)
      _ = try Child(["rm", "-rf", folder], in: "/", output: folder + "-clear").end(within: 60)
    }
    try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  // MARK: - Commands

  /// Starts the program in the trial's folder.
  func start(_ words: [String], environment: [String: String] = [:]) throws -> Child {
    try Child([Torture.program] + words, in: folder, output: streams, environment: environment)
  }

  private var streams: String { "\(folder)-stream" }

  /// What a command that has ended left on its streams.
  func ending(_ status: Child.Status, _ words: [String]) -> Ending {
    func bytes(_ stream: String) -> Data { (try? Data(contentsOf: URL(fileURLWithPath: streams + stream))) ?? Data() }
    return Ending(words: words, status: status, output: bytes(".out"), errors: bytes(".err"))
  }

  /// Runs a command to its end and checks how it ended; `before` is shell text that ends by starting `"$@"`.
  @discardableResult
  mutating func run(
    _ words: [String], allowed: Set<Int32> = [0, 1, 2, 3], limit: Double = 10, before: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Ending {
    let child: Child
    if let before {
      child = try Child(
        ["/bin/sh", "-c", before, "sh", Torture.program] + words, in: folder, output: streams, environment: environment)
    } else {
      child = try start(words, environment: environment)
    }
    let ending = ending(child.end(within: limit * Torture.patience), words)
    count("commands")
    for problem in ending.problems(allowed: allowed) { fail("\(before.map { "\($0): " } ?? "")\(problem)") }
    return ending
  }
}
