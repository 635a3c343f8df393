// SPDX-License-Identifier: MIT
import Files
import Denoisers
import Diffusion
import Experiments
import Foundation
import Kernels
import Memorization
import RunStore
import Statistics
import Testing
import Training

/// Files that can be read and yet cannot be ours: each is refused in one line that says what is wrong.
struct RunStoreCheckTests {
  /// What reading a file says whose second line is `record`.
  private func reading(_ record: RunRecord) throws -> String {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/runs.jsonl"
    for record in [MadeUpRun(components: 5).record, record, MadeUpRun(components: 7).record] {
      try JSONLines.append(record, to: path)
    }
    return message { _ = try RunFolder(folder.path).records() }.replacing(folder.path + "/", with: "")
  }

  private func record(_ change: (inout RunRecord) -> Void) -> RunRecord {
    var record = MadeUpRun(components: 6).record
    change(&record)
    return record
  }

  private func record(_ change: @escaping (inout Measurements) -> Void) -> RunRecord {
    record { (record: inout RunRecord) in
      if var measurements = record.measurements {
        change(&measurements)
        record.measurements = measurements
      }
    }
  }

  private func losses(_ losses: LossByTime, _ estimates: [Estimate]) -> LossByTime {
    LossByTime(
      subject: losses.subject, split: losses.split, times: losses.times, signalToNoise: losses.signalToNoise,
      losses: estimates)
  }

  @Test("a record that is as it should be is read, with a loss too large for a number too")
  func sound() throws {
    #expect(try reading(record { (_: inout RunRecord) in }) == "no error")
    let large = Estimate(value: .infinity, low: .nan, high: .infinity, trials: 50)
    #expect(
      try reading(record { (m: inout Measurements) in m.losses[0] = losses(m.losses[0], [large, large, large]) })
        == "no error")
  }

  @Test("a record with another run's settings is refused with its line")
  func identifier() throws {
    let other = record { (record: inout RunRecord) in record.settings.configuration.seed = 1 }
    let line = try reading(other)
    #expect(line.hasPrefix("runs.jsonl, line 2: the identifier '\(other.identifier)' is not that of its settings"))
    #expect(line.contains("remove the line") && !line.contains("\n"))
    let settings = record { (record: inout RunRecord) in
      record.settings.configuration.data.samples = 1
      record.identifier = record.settings.identifier
    }
    #expect(try reading(settings).hasPrefix("runs.jsonl, line 2: samples: '1' is out of range"))
  }

  @Test(
    "a rate outside 0..1, outside its interval, not finite or of no trials is refused with its line",
    arguments: [
      (Estimate(value: 1.5, low: 0, high: 2, trials: 2000), "is out of range"),
      (Estimate(value: -0.1, low: -0.1, high: 0.1, trials: 2000), "is out of range"),
      (Estimate(value: .nan, low: 0, high: 1, trials: 2000), "is out of range"),
      (Estimate(value: 0.5, low: 0.1, high: .infinity, trials: 2000), "is out of range"),
      (Estimate(value: 0.5, low: 0.6, high: 0.7, trials: 2000), "outside its interval"),
      (Estimate(value: 0.5, low: 0.3, high: 0.4, trials: 2000), "outside its interval"),
      (Estimate(value: 0.5, low: 0.3, high: 0.7, trials: 0), "0 trials"),
    ])
  func rates(estimate: Estimate, reason: String) throws {
    let ratio = try reading(record { (m: inout Measurements) in m.ratio = estimate })
    #expect(ratio.hasPrefix("runs.jsonl, line 2: ratio: ") && ratio.contains(reason), "\(ratio)")
    let null = try reading(record { (m: inout Measurements) in m.null = estimate })
    #expect(null.hasPrefix("runs.jsonl, line 2: null: ") && null.contains(reason), "\(null)")
  }

  @Test("losses of other lengths than their times, or outside their intervals, are refused with their line")
  func lossesRefused() throws {
    let short = try reading(record { (m: inout Measurements) in m.losses[1] = losses(m.losses[1], []) })
    #expect(short.hasPrefix("runs.jsonl, line 2: losses.trained.test: times, signalToNoise and losses differ"))
    let wrong = Estimate(value: 2, low: 3, high: 4, trials: 50)
    let outside = try reading(
      record { (m: inout Measurements) in m.losses[0] = losses(m.losses[0], [wrong, wrong, wrong]) })
    #expect(outside.contains("losses.trained.train: 2.0 lies outside its interval"), "\(outside)")
  }

  @Test("numbers that no pipeline writes are refused with their line")
  func impossible() throws {
    let cases: [(String, (inout RunRecord) -> Void)] = [
      ("ratio: 4611686018427387904 trials, its settings have 2000", { $0.measurements?.ratio = Self.half(1 << 62) }),
      ("null: 1 trials, its settings have 2000", { $0.measurements?.null = Self.half(1) }),
      ("timing.trainingSeconds: 'nan'", { $0.timing.trainingSeconds = .nan }),
      ("timing.secondsPerStep: '-1.0'", { $0.timing.secondsPerStep = -1 }),
      ("timing.evaluationSeconds: 'inf'", { $0.timing.evaluationSeconds = .infinity }),
      ("finished, but without measurements", { $0.measurements = nil }),
      ("diverged, but with measurements", { $0.outcome = .diverged(step: 7, advice: "") }),
      ("diverged: the step '-1'", { $0.outcome = .diverged(step: -1, advice: "") }),
      ("learnedStd: '-1.0'", { $0.measurements?.learnedStd = -1 }),
      ("finalLoss: '-inf'", { $0.measurements?.finalLoss = -.infinity }),
      ("clippedShare: 'nan'", { $0.measurements?.clippedShare = .nan }),
      ("meanToSample: '-1.0'", { $0.measurements?.meanToSample = Quantiles(of: [-1]) }),
      ("losses.trained.train: 2 times, its settings have 3", { Self.change(&$0) { ([1, 0.5], [1, 2]) } }),
      ("losses.trained.train: times or signalToNoise", { Self.change(&$0) { ([1, .nan, 0], [1, 2, 3]) } }),
      ("losses.trained.train: times or signalToNoise", { Self.change(&$0) { ([1, 0.5, 0], [1, .nan, 3]) } }),
    ]
    for (words, change) in cases {
      let line = try reading(record(change))
      #expect(line.hasPrefix("runs.jsonl, line 2: \(words)"), "\(line)")
    }
    // What a training about to diverge may leave is no damage.
    let odd = record { (m: inout Measurements) in
      (m.learnedStd, m.finalLoss, m.meanToSample) = (.nan, .infinity, Quantiles(of: [.infinity]))
    }
    #expect(try reading(odd) == "no error")
  }

  private static func half(_ trials: Int) -> Estimate { Estimate(value: 0.5, low: 0.4, high: 0.6, trials: trials) }

  private static func change(_ record: inout RunRecord, _ grid: () -> (times: [Double], psi: [Double])) {
    guard let first = record.measurements?.losses.first else { return }
    let (times, psi) = grid()
    record.measurements?.losses[0] = LossByTime(
      subject: first.subject, split: first.split, times: times, signalToNoise: psi,
      losses: Array(first.losses.prefix(times.count)))
  }

  @Test("of two records of one run the first counts")
  func duplicated() throws {
    let folder = try TemporaryFolder()
    let (first, second) = (MadeUpRun(components: 5, seconds: 1).record, MadeUpRun(components: 5, seconds: 2).record)
    for record in [first, second] { try JSONLines.append(record, to: "\(folder.path)/runs.jsonl") }
    #expect(try RunFolder(folder.path).records().records == [first])
  }

  /// What reading a model says whose settings were changed; of today's form, or of version 0.1, which named a run.
  private func model(
    components: Int = 6, _ change: (inout Configuration) -> Void, means: Matrix? = nil, std: Double = 0.1,
    ofRun: Bool = false
  ) throws -> String {
    let folder = try TemporaryFolder()
    var settings = MadeUpRun(components: components).record.settings
    change(&settings.configuration)
    let means = means ?? Matrix(rows: components, columns: 4)
    var file = try ModelFile(model: MixtureModel(means: means, std: std), settings: ModelSettings(settings))
      .safetensors()
    if ofRun {
      file = SafetensorsFile(
        tensors: file.tensors, metadata: ["settings": String(decoding: StoreJSON.encode(settings), as: UTF8.self)])
    }
    try file.write(to: "\(folder.path)/a")
    return message { _ = try ModelFile(reading: "\(folder.path)/a") }.replacing(folder.path + "/", with: "")
  }

  @Test("a model whose settings no study could have is refused in one line")
  func models() throws {
    for ofRun in [false, true] { #expect(try model({ _ in }, ofRun: ofRun) == "no error") }
    let cases: [(String, (inout Configuration) -> Void)] = [
      ("samples: '1'", { $0.data.samples = 1 }), ("criterion: '0.0'", { $0.evaluation.criterion = 0 }),
      ("criterion: '1.5'", { $0.evaluation.criterion = 1.5 }),
      ("criterion: 'nan'", { $0.evaluation.criterion = .nan }),
      ("evaluationSamples: '0'", { $0.evaluation.samples = 0 }), ("times.count: '0'", { $0.times.count = 0 }),
      ("times.count: '\(Int.max)'", { $0.times.count = .max }), ("times: times outside", { $0.times.first = 1.5 }),
      ("times: times outside", { $0.times.last = .nan }), ("do not descend", { $0.times.last = 0.9995 }),
      ("samplingTimes: times outside", { $0.evaluation.samplingTimes = TimeGrid(first: 2, last: 0.1, count: 3) }),
      ("trueComponents: '0'", { $0.data.trueComponents = 0 }), ("variance: '-1.0'", { $0.data.variance = -1 }),
      ("heldOutSamples: '\(Int.max)'", { $0.data.heldOutSamples = .max }), ("steps: '0'", { $0.training.steps = 0 }),
      ("components: '6'", { $0.data.samples = 5 }), ("components: '6'", { $0.initialization = .truth(std: 1) }),
      ("initialization: 'inf'", { $0.initialization = .partialMemorization(std: .infinity) }),
      ("weight: 'table of 2 values'", { $0.training.weight = .table([1, 1]) }),
    ]
    let measuring = ["criterion", "evaluationSamples", "samplingTimes", "heldOutSamples"]
    for (reason, change) in cases {
      let line = try model(change, ofRun: true)
      #expect(line.hasPrefix("a: its 'settings': ") && line.contains(reason) && !line.contains("\n"), "\(line)")
      // How a run measures is no part of a model of today.
      let today = try model(change)
      if measuring.contains(where: reason.hasPrefix) {
        #expect(today == "no error")
      } else {
        #expect(today.hasPrefix("a: its 'model': ") && today.contains(reason), "\(today)")
      }
    }
  }

  @Test("a model with numbers that are not finite is refused in one line")
  func notFinite() throws {
    var means = Matrix(rows: 6, columns: 4)
    means.values[7] = .nan
    #expect(try model({ _ in }, means: means) == "a: 'means' is not finite: a training that diverged?")
    #expect(try model({ _ in }, std: .infinity).contains("not finite"))
  }
}
