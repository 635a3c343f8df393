// SPDX-License-Identifier: MIT
import Experiments
import Testing

@Suite struct RunPlanTests {
  private func name(_ settings: RunSettings) -> String {
    "\(settings.configuration.data.dataSeed)-\(settings.capacity)"
  }

  private func plan(_ existing: Set<String>, threads: Int = 1) throws -> RunPlan {
    let study = try Study(name: "plan", settings: ["N=20", "dataSeed=[1,2]", "M=[2,4,6]", "refinement=4"])
    return RunPlan(study, existing: existing, threads: threads, identifier: name) { (Double($0.capacity), 0) }
  }

  @Test func `a plan lists every training, its cost and at most how many follow`() throws {
    let plan = try plan([])
    #expect(plan.entries.map(\.identifier) == ["1-2", "1-4", "1-6", "2-2", "2-4", "2-6"])
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
