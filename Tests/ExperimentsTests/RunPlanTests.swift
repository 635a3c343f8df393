// SPDX-License-Identifier: MIT
import Experiments
import Testing

@Suite struct RunPlanTests {
  private func study() throws -> Study {
    try Study(name: "plan") {
      ($0.samples, $0.dataSeed, $0.components, $0.refinement) = ([20], [1, 2], .counts([2, 4, 6]), 4)
    }
  }

  /// A run is written as `dataSeed-M`.
  private func name(_ settings: RunSettings) -> String {
    "\(settings.configuration.data.dataSeed)-\(settings.capacity)"
  }

  private func plan(_ existing: [String], threads: Int = 1) throws -> RunPlan {
    let study = try study()
    let runs = study.configurations.flatMap { configuration in
      (1...20).map { RunSettings(configuration: configuration, capacity: $0) }
    }
    let identifiers = Set(runs.filter { existing.contains(name($0)) }.map(\.identifier))
    return RunPlan(study, existing: identifiers, threads: threads) { (Double($0.capacity), 0) }
  }

  @Test func `a plan lists every training, its cost and at most how many follow`() throws {
    let plan = try plan([])
    #expect(plan.entries.map { name($0.settings) } == ["1-2", "1-4", "1-6", "2-2", "2-4", "2-6"])
    #expect(plan.remaining == 6 && plan.existing == 0 && plan.refinementUpTo == 8 && plan.runsUpTo == 14)
    // 2 x (2 + 4 + 6) for the grid, 8 refinements at the mean of 4.
    #expect(plan.estimatedSeconds == 24 + 32)
  }

  @Test func `what exists is not run again`() throws {
    let plan = try plan(["1-4", "2-2", "1-5", "2-5"])
    #expect(plan.remaining == 4 && plan.existing == 2 && plan.entries[1].exists && !plan.entries[0].exists)
    #expect(plan.refinementUpTo == 6)
    #expect(plan.estimatedSeconds == 18 + 24)
  }

  @Test func `threads share the runs`() throws {
    #expect(try plan([], threads: 2).estimatedSeconds == 28)
  }
}
