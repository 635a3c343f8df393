// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

@Suite struct GoldenFolderTests {
  @Test func `a missing golden file is an error, never a pass`() throws {
    #expect(throws: GoldenError.self) { try Golden.cases("no_such_file") }
  }

  @Test func `a missing value names file, case and path`() throws {
    let item = try #require(try Golden.cases("process").first)
    let error = #expect(throws: GoldenError.self) { try item.vector("expected", "nothing") }
    #expect(error?.description == "process/\(item.name): nothing at expected/nothing")
  }

  @Test func `every file that the tests read is there`() throws {
    for file in [
      "process", "conversion", "iso_gmm", "empirical", "ddim", "loss_grad", "optimizer", "metrics", "low_rank_gmm",
      "colored_template",
    ] {
      #expect(try !Golden.cases(file).isEmpty)
    }
  }
}
