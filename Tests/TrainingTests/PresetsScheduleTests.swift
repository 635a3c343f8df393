// SPDX-License-Identifier: MIT
import Testing
import Training

@Suite struct PresetsScheduleTests {
  @Test func `the paper's schedule has its peak exactly at the end of the warm-up`() {
    let schedule = TrainingSettings.paper().schedule
    #expect(schedule.value(at: 0) == 0)
    #expect(abs(schedule.value(at: 1) - 2e-7) < 1e-20)
    #expect(schedule.value(at: 5_000) == 1e-3)
    #expect(schedule.value(at: 4_999) < 1e-3 && schedule.value(at: 5_001) < 1e-3)
    #expect(schedule.value(at: 50_000) == 1e-6 && schedule.value(at: 60_000) == 1e-6)
    // One step before the end: 1e-6 + 9.99e-4 / 45000.
    #expect(abs(schedule.value(at: 49_999) - 1.0222e-6) < 1e-18)
  }

  @Test func `a shorter decay leaves a plateau`() {
    let schedule = LearningRateSchedule(initial: 1e-5, peak: 2e-3, final: 1e-6, steps: 1_000, warmUp: 100, decay: 300)
    #expect(schedule.value(at: 0) == 1e-5)
    for step in [100, 101, 699, 700] { #expect(schedule.value(at: step) == 2e-3) }
    #expect(schedule.value(at: 701) < 2e-3)
    #expect(abs(schedule.value(at: 850) - (2e-3 + 1e-6) / 2) < 1e-17)
    #expect(schedule.value(at: 1_000) == 1e-6)
  }

  @Test(arguments: [1, 5, 9])
  func `a training too short for a warm-up starts at the peak`(steps: Int) {
    let schedule = TrainingSettings.paper(steps: steps).schedule
    #expect(schedule.warmUp == 0 && schedule.value(at: 0) == 1e-3)
    #expect(schedule.value(at: steps) == 1e-6)
  }

  @Test func `the rate rises, then falls, without a jump`() throws {
    let schedule = try TrainingSettings.quick().schedule
    let rates = (0..<5_000).map(schedule.value(at:))
    for step in 1..<5_000 {
      #expect(step <= schedule.warmUp ? rates[step] > rates[step - 1] : rates[step] < rates[step - 1])
      #expect(abs(rates[step] - rates[step - 1]) <= schedule.peak / 500 * (1 + 1e-9))
    }
  }
}
