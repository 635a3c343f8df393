// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import LabTesting

/// The small study and the small sets that the torture works on.
enum Material {
  /// A dozen trainings of some 10 ms.
  static let study = """
    dimension: 4
    trueComponents: 2
    samples: 12
    components: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    refinement: 2
    steps: 1000
    draws: 1
    times: {first: 0.999, last: 0.001, count: 6}
    evaluationSamples: 20
    heldOutSamples: 20

    """

  static let runWords = ["run", "study.yaml", "--out", "out", "--quiet", "--no-report"]
  static let reportWords = ["report", "out", "--quiet", "--no-predictions"]
  static let auditWords = [
    "audit", "--train", "train.idx", "--generated", "generated.idx", "--holdout", "holdout.idx", "--out", "out",
    "--quiet",
  ]

  static func writeStudy(_ folder: String) throws {
    try Data(study.utf8).write(to: URL(fileURLWithPath: "\(folder)/study.yaml"))
  }

  /// Sets of 6 x 6 pictures, a tenth of the generated ones recited.
  static func writeSets(_ folder: String) throws {
    try writeSets(folder, train: 600, generated: 300)
  }

  static func writeSets(_ folder: String, train: Int, generated: Int) throws {
    let key = RandomKey(seed: 7)
    func pictures(_ count: Int, _ label: String) -> [UInt8] {
      key.child(label).normals(count * 36).map { UInt8(max(0, min(255, 128 + 40 * $0))) }
    }
    let trained = pictures(train, "train")
    var made = pictures(generated, "generated")
    made.replaceSubrange(0..<36 * (generated / 10), with: trained[0..<36 * (generated / 10)])
    for (name, count, pixels) in [
      ("train", train, trained), ("generated", generated, made), ("holdout", generated, pictures(generated, "holdout")),
    ] {
      let bytes = SmallFile.idx([count, 6, 6], pixels)
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name).idx"))
    }
  }

  /// A gnuplot that draws nothing, at once, in a file that ends as one of every format: where the program's own work is on trial.
  static let quickPath: [String: String] = {
    let folder = "\(Torture.folder)/bin"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let script = """
      #!/bin/sh
      format=${2#format=?}
      name="${3%.gp}.${format%?}"
      echo '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"><g></g></svg><!-- %%EOF IEND -->' \
        >"$name"
      """
    try? Data((script + "\n").utf8).write(to: URL(fileURLWithPath: "\(folder)/gnuplot"))
    chmod("\(folder)/gnuplot", 0o755)
    return ["PATH": "\(folder):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"]
  }()

  // MARK: - Undisturbed

  static let run = Result { try Reference("run", runWords, prepare: writeStudy) }
  static let audit = Result { try Reference("audit", auditWords, environment: quickPath, prepare: writeSets) }
  static let realAudit = Result { try Reference("audit-real", auditWords, prepare: writeSets) }
  static let report = Result {
    try Reference("report", reportWords, environment: quickPath) { try run.get().copy(to: $0) }
  }
  static let realReport = Result { try Reference("report-real", reportWords) { try run.get().copy(to: $0) } }
  static let fit = Result { try Reference("fit", fitWords, environment: quickPath) { _ in } }

  static let fitWords = [
    "fit", CommandRunner.package.appendingPathComponent("Results/sweep").path, "--starts", "1", "--out", "out",
  ]
}
