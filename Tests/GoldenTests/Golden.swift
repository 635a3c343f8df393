// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// The golden files under test: the committed selection, or the folder named by VERBATIM_GOLDEN.
enum Golden {
  static func cases(_ file: String) throws -> [GoldenCase] {
    let committed = Bundle.module.resourceURL?.appendingPathComponent("Golden", isDirectory: true)
    return try GoldenFolder(committed: committed).cases(file)
  }

  /// The golden names of the four predictions.
  static func prediction(_ name: some StringProtocol) throws -> String {
    let names = ["X0": "clean", "EPS": "noise", "V": "velocity", "SCORE": "score"]
    return try #require(names[String(name)], "unknown prediction \(name)")
  }
}
