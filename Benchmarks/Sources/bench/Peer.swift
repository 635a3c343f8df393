// SPDX-License-Identifier: MIT
import Foundation

/// The same step in JAX: Benchmarks/peer, measured in the same run. Its cost does not depend on the parameters.
enum Peer {
  struct Answer: Decodable {
    let secondsPerStep: Double
    let peakMemoryBytes: Int?
  }

  /// The form users of the library write (all samples at once), and the fastest one found.
  static let forms = [["--form", "vmap"], ["--form", "tuned", "--chunk", "2"]]

  /// Of `images.py`: residuals formed, as the equations have them, and the fastest form found, inexact at small times.
  static let imageForms = ["direct", "gram"]

  /// Nil where the peer's environment has not been made.
  static func secondsPerStep(form: [String], script: String = "step.py") throws -> (seconds: Double, bytes: Int)? {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()  // bench
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("peer")
    let python = folder.appendingPathComponent(".venv/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path) else { return nil }
    let process = Process()
    process.executableURL = python
    process.arguments = [folder.appendingPathComponent(script).path] + form
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let answer = try JSONDecoder().decode(Answer.self, from: output)
    return (answer.secondsPerStep, answer.peakMemoryBytes ?? 0)
  }
}
