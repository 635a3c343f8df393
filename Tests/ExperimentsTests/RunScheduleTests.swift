// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Experiments
import Memorization
import Statistics
import Testing
import Training

/// The schedule of runs as a value: no thread, no file, no training.
struct RunScheduleTests {
  private func study(_ change: (inout StudySettings) -> Void = { _ in }) throws -> Study {
    try Study(name: "test") { settings in
      (settings.dimension, settings.trueComponents, settings.samples) = ([6], [3], [20])
      settings.heldOutSamples = 100
      change(&settings)
    }
  }

  private func schedule(_ curves: [CapacityCurve], existing: [RunRecord] = []) -> RunSchedule {
    RunSchedule(curves, existing: existing)
  }

  /// A made-up record: the ratio rises from 0 to 1 between M/N = .6 and .9; NaN is a divergence.
  private func record(_ settings: RunSettings, ratio: Double? = nil) -> RunRecord {
    let fraction = Double(settings.capacity) / Double(settings.configuration.data.samples)
    let value = ratio ?? min(1, max(0, (fraction - 0.6) / 0.3))
    let estimate = Estimate(value: value, low: value, high: value, trials: 100)
    let quantiles = Quantiles(of: [1, 2])
    return RunRecord(
      identifier: settings.identifier, settings: settings,
      outcome: value.isNaN ? .diverged(step: 0, advice: "") : .finished,
      measurements: value.isNaN
        ? nil
        : Measurements(
          ratio: estimate, null: estimate, learnedStd: 1, finalLoss: 1, meanToSample: quantiles,
          meanToTrueMean: quantiles, clippedShare: 0, losses: []),
      timing: RunTiming(trainingSeconds: 1, secondsPerStep: 1, evaluationSeconds: 1))
  }

  /// Hands out runs until nothing is left, `width` at a time, and finishes them in an order drawn from `seed`.
  private func records(_ schedule: RunSchedule, width: Int = 1, seed: Int = 0) throws -> [RunRecord] {
    var (schedule, flight, state) = (schedule, [RunSchedule.Task](), seed)
    while true {
      switch flight.count < width ? schedule.next() : .wait {
      case .run(let task): flight.append(task)
      case .wait:
        state = (state &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
        let task = flight.remove(at: (state >> 8) % flight.count)
        schedule.finish(task, record(task.settings))
      case .done:
        try #require(flight.isEmpty, "done while runs are under way")
        return schedule.records
      }
    }
  }

  @Test("a grid runs largest first, then its refinement, whatever finishes first")
  func grid() throws {
    let study = try study { ($0.refinement, $0.dataSeed) = (3, [0, 1]) }
    var schedule = schedule(study.curves)
    #expect(schedule.count == 20)
    guard case .run(let first) = schedule.next() else { return #expect(Bool(false), "nothing to run") }
    #expect(first.settings.capacity == 20)
    let alone = try records(self.schedule(study.curves))
    #expect(alone.count == 26 && alone.map(\.settings.capacity) != alone.map(\.settings.capacity).sorted())
    for (width, seed) in [(2, 1), (5, 2), (40, 3), (40, 4)] {
      #expect(try records(self.schedule(study.curves), width: width, seed: seed) == alone)
    }
  }

  @Test("what exists is not run again, and changes no choice of capacities")
  func resumed() throws {
    let study = try study { $0.refinement = 3 }
    let all = try records(schedule(study.curves))
    for kept in [1, 5, all.count - 1, all.count] {
      let existing = Array(all.shuffled().prefix(kept))
      #expect(schedule(study.curves, existing: existing).stepsKnown <= (all.count - kept) * 5000)
      #expect(try records(schedule(study.curves, existing: existing), width: 3, seed: kept) == all)
    }
  }

  @Test("two runs of one model are never under way together, and all are handed out")
  func sharedModels() throws {
    let study = try study {
      ($0.criterion, $0.components, $0.refinement) = ([1.0 / 2, 1.0 / 3, 1.0 / 4], .counts([4, 8]), 0)
    }
    var schedule = schedule(study.curves)
    var flight: [RunSchedule.Task] = []
    while case .run(let task) = schedule.next() { flight.append(task) }
    #expect(flight.map(\.settings.capacity) == [8, 4], "as many as there are models")
    schedule.finish(flight[0], record(flight[0].settings))
    guard case .run(let next) = schedule.next() else { return #expect(Bool(false), "nothing to run") }
    #expect(next.settings.capacity == 8 && next.model == flight[0].model)
    #expect(next.settings != flight[0].settings)
    #expect(try records(self.schedule(study.curves), width: 4).count == 6)
  }

  @Test("a search is a policy like a grid: the same rounds, and a diverged capacity is not tried again")
  func search() throws {
    let configuration = try study().configurations[0]
    let search = TransitionSearch(samples: 20)
    let curve = CapacityCurve(configuration, .search(search))
    var curveSoFar: [CapacityPolicy.Point] = []
    var wanted = search.start
    while !wanted.isEmpty {
      for components in wanted {
        let ratio = record(RunSettings(configuration: configuration, capacity: components)).measurements?.ratio.value
        curveSoFar.append((components, try #require(ratio)))
      }
      wanted = search.next(curveSoFar).filter { next in !curveSoFar.contains { $0.capacity == next } }
    }
    let found = try records(schedule([curve]), width: 2)
    #expect(found.map(\.settings.capacity) == curveSoFar.map(\.capacity).sorted())
    let policy = CapacityPolicy.search(search)
    #expect(!policy.next([(12, .nan), (16, 0.4), (20, 1)]).contains(12))
    #expect(policy.next([]) == search.start)
  }

  @Test("what decides a model and what does not")
  func models() throws {
    let settings = RunSettings(configuration: try study().configurations[0], capacity: 8)
    let model = ModelSettings(settings)
    let measuring: [(inout RunSettings) -> Void] = [
      { $0.configuration.evaluation.criterion = 0.5 }, { $0.configuration.evaluation.sampler = .heun },
      { $0.configuration.evaluation.samples = 7 }, { $0.configuration.evaluation.losses = false },
      { $0.configuration.evaluation.samplingTimes = .paper }, { $0.configuration.data.heldOutSamples = 9 },
    ]
    for change in measuring {
      var other = settings
      change(&other)
      #expect(ModelSettings(other) == model && other != settings)
      #expect(
        model.run(other.configuration.evaluation, heldOutSamples: other.configuration.data.heldOutSamples) == other)
    }
    let deciding: [(inout RunSettings) -> Void] = [
      { $0.capacity = 9 }, { $0.configuration.seed = 1 }, { $0.configuration.data.dataSeed = 1 },
      { $0.configuration.data.samples = 21 }, { $0.configuration.process = .fm }, { $0.configuration.times.count = 9 },
      { $0.configuration.initialization = .gaussian(scale: 1, std: 1) }, { $0.configuration.training.steps = 7 },
      { $0.configuration.training.kernel = .dense }, { $0.configuration.training.draws = 7 },
    ]
    for change in deciding {
      var other = settings
      change(&other)
      #expect(ModelSettings(other) != model)
    }
    #expect(ModelSettings(settings, pictures: "ab") != model)
  }
}
