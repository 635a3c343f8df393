// SPDX-License-Identifier: MIT
import Files
import Denoisers
import Diffusion
import Experiments
import Foundation
import Kernels
import RunStore
import Testing
import Training

struct RunStoreFolderTests {
  private static let tables = ["results.csv", "losses.csv", "transitions.csv"]

  private static func columns(_ line: String) -> [String] { line.split(separator: ",").map(String.init) }

  private func runs(seconds: Double = 1) -> [MadeUpRun] {
    [5, 20, 32, 40, 50].flatMap { components in
      [0, 2, 10].map { MadeUpRun(components: components, dataSeed: $0, seconds: seconds) }
    } + [MadeUpRun(components: 45, diverged: true)]
  }

  @Test("the layout, and every file read back")
  func layout() throws {
    let folder = try TemporaryFolder()
    let writer = try RunWriter(folder)
    for run in runs() { try writer.append(run) }
    let records = try writer.rewriteTables()
    #expect(
      try folder.names() == [
        ".lock", ".study-hash", "losses.csv", "models", "provenance.json", "results.csv", "runs.jsonl", "samples",
        "study.yaml", "transitions.csv",
      ])
    let read = RunFolder(folder.path + "/")
    #expect(read.exists && read.path == folder.path)
    #expect(try read.records().records == records && records.count == 16)
    #expect(try read.study() == "name: x\nsamples: 50\n")
    #expect(try read.provenances(MadeUpProvenance.self) == [MadeUpProvenance()])
    for run in runs() {
      #expect(try read.model(of: run.record) as? MixtureModel == run.model)
      if let samples = run.samples { #expect(try read.samples(run.record.identifier) == samples) }
    }
    #expect(try folder.names("samples").count == 15)
  }

  @Test("every file but runs.jsonl has the same bytes whatever the order and the times, also over a resume")
  func sameBytes() throws {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    let writer = try RunWriter(first)
    for run in runs() { try writer.append(run) }
    try writer.rewriteTables()
    let shuffled = RandomKey(seed: 9).permutation(16).map { runs(seconds: 3.5)[$0] }
    do {
      let half = try RunWriter(second)
      for run in shuffled.prefix(7) { try half.append(run) }
      try half.rewriteTables()
    }
    let resumed = try RunWriter(second)
    #expect(try resumed.existing().count == 7)
    // A run stored twice counts once.
    for run in shuffled.dropFirst(5) { try resumed.append(run) }
    try resumed.rewriteTables()
    for name in Self.tables + ["study.yaml", ".study-hash"] {
      #expect(first.bytes(name) == second.bytes(name), "\(name)")
    }
    for inside in ["models", "samples"] {
      #expect(try first.names(inside) == second.names(inside))
      for name in try first.names(inside) {
        #expect(first.bytes("\(inside)/\(name)") == second.bytes("\(inside)/\(name)"))
      }
    }
    #expect(first.bytes("runs.jsonl") != second.bytes("runs.jsonl"))
  }

  @Test("results.csv has exactly its columns, sorted rows, the losses at psi = 6.7, and no times")
  func results() throws {
    let folder = try TemporaryFolder()
    let writer = try RunWriter(folder)
    for run in runs().reversed() { try writer.append(run) }
    try writer.rewriteTables()
    let table = try CSVReader(reading: "\(folder.path)/results.csv")
    #expect(
      table.columns
        == Self.columns(
          """
          run,dimension,trueComponents,samples,components,fraction,variance,process,preset,steps,draws,\
          initialization,dataSeed,seed,outcome,ratio,low,high,trials,null,nullLow,nullHigh,nullTrials,learnedStd,\
          finalLoss,trainLoss,trainLossLow,trainLossHigh,testLoss,testLossLow,testLossHigh,meanToSample,\
          meanToSampleP10,meanToSampleP50,meanToSampleP90,meanToTrueMean,meanToTrueMeanP10,meanToTrueMeanP50,\
          meanToTrueMeanP90,clippedShare,\
          componentRatio,duplicates,initializationDetail,criterion,sampler,samplingTimes,times,prediction,weight,kernel,\
          peakRate,configuration,family,model,capacity,capacityAxis
          """))
    let order = table.rows.indices.map { [table.value($0, "dataSeed"), table.value($0, "components")] }
    let seeds = ["0", "2", "10"].flatMap { seed in
      ["5", "20", "32", "40", "45", "50"].filter { seed == "0" || $0 != "45" }.map { [seed, $0] }
    }
    #expect(order == seeds)
    #expect((table.value(0, "trainLoss"), table.value(0, "testLoss")) == ("1.25", "2.25"))
    #expect(table.value(1, "fraction") == "0.4" && table.value(2, "ratio") == "0.24")
    let diverged = try #require(table.rows.indices.first { table.value($0, "components") == "45" })
    #expect(table.value(diverged, "outcome") == "diverged")
    #expect(table.rows[diverged][15..<40].allSatisfy { $0 == nil })
    let losses = try CSVReader(reading: "\(folder.path)/losses.csv")
    #expect(
      losses.columns
        == Self.columns(
          """
          run,dimension,trueComponents,samples,components,dataSeed,seed,denoiser,split,time,psi,loss,low,high,trials,\
          variance,process,preset,steps,draws,initialization,\
          componentRatio,duplicates,initializationDetail,criterion,sampler,samplingTimes,times,prediction,weight,kernel,\
          peakRate,configuration
          """))
    #expect(losses.rows.count == 15 * 4 * 2 * 3)
  }

  @Test("transitions.csv has one row per configuration, with reasons where a crossing is out of range")
  func transitions() throws {
    let folder = try TemporaryFolder()
    let writer = try RunWriter(folder)
    for run in runs() { try writer.append(run) }
    try writer.append(MadeUpRun(components: 5, samples: 60))
    try writer.rewriteTables()
    let table = try CSVReader(reading: "\(folder.path)/transitions.csv")
    #expect(
      table.columns
        == Self.columns(
          """
          dimension,trueComponents,samples,variance,process,preset,initialization,dataSeed,seed,start,startLow,\
          startHigh,startReason,half,halfLow,halfHigh,halfReason,end,endLow,endHigh,endReason,monotonicityViolations,\
          steps,draws,\
          componentRatio,duplicates,initializationDetail,criterion,sampler,samplingTimes,times,prediction,weight,kernel,\
          peakRate,configuration
          """))
    #expect(table.rows.count == 4)
    // 40 M - 800 of 2,000: the ratio is 0 at 20, 0.24 at 32, 0.4 at 40, 0.6 at 50 and crosses 0.5 at 45.
    #expect(table.value(0, "half").flatMap(Double.init).map { abs($0 - 0.9) < 1e-12 } == true)
    #expect(table.value(0, "end") == nil && table.value(0, "endReason")?.contains("reaches only 0.6") == true)
    #expect(table.value(3, "samples") == "60" && table.value(3, "halfReason")?.contains("reaches only") == true)
    #expect(table.value(0, "monotonicityViolations") == "0")
  }

  @Test("every axis of a grid tells the rows of every table apart")
  func axes() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/runs.jsonl"
    let changes: [(column: String, cell: String, change: (inout Configuration) -> Void)] = [
      ("criterion", "0.5", { $0.evaluation.criterion = 0.5 }),
      ("componentRatio", "0.5", { $0.data.componentRatio = 0.5 }),
      ("duplicates", "0.25", { $0.data.duplicates = 0.25 }), ("sampler", "heun", { $0.evaluation.sampler = .heun }),
      ("initializationDetail", "partial-memorization std=0.5", { $0.initialization = .partialMemorization(std: 0.5) }),
      ("initializationDetail", "sphere radius=2.0 std=1.0", { $0.initialization = .sphere(radius: 2, std: 1) }),
      ("times", "karras rho=7.0 first=0.999 last=0.001 count=3", { $0.times.spacing = .karras(rho: 7) }),
      (
        "samplingTimes", "uniform first=0.9 last=0.1 count=3",
        {
          $0.evaluation.samplingTimes = TimeGrid(first: 0.9, last: 0.1, count: 3)
        }
      ),
      ("prediction", "velocity", { $0.training.prediction = .velocity }),
      ("weight", "min-snr limit=5.0", { $0.training.weight = .minSNR(limit: 5) }),
      ("kernel", "dense", { $0.training.kernel = .dense }), ("peakRate", "0.125", { $0.training.peakRate = 0.125 }),
    ]
    let plain = MadeUpRun(components: 5).record
    let writer = try RunWriter(folder)
    try JSONLines.append(plain, to: path)
    for change in changes {
      var record = plain
      change.change(&record.settings.configuration)
      record.identifier = record.settings.identifier
      try JSONLines.append(record, to: path)
    }
    try writer.rewriteTables()
    for name in Self.tables {
      let table = try CSVReader(reading: "\(folder.path)/\(name)")
      let hashes = table.rows.indices.map { table.value($0, "configuration") }
      #expect(Set(hashes).count == changes.count + 1, "\(name)")
      for change in changes {
        let cells = Set(table.rows.indices.map { table.value($0, change.column) })
        #expect(cells.contains(change.cell), "\(name): \(change.column) is \(cells)")
      }
    }
    let results = try CSVReader(reading: "\(folder.path)/results.csv")
    let row = try #require(results.rows.indices.first { results.value($0, "run") == plain.identifier })
    #expect(results.value(row, "configuration") == ContentHash.identifier(of: plain.settings.configuration))
    #expect(results.value(row, "samplingTimes") == "training")
  }

  @Test("another study's folder is refused with the first difference; the same one is continued")
  func otherStudy() throws {
    let folder = try TemporaryFolder()
    do { try RunWriter(folder).append(MadeUpRun(components: 5)) }
    let before = try folder.names().map { folder.bytes($0) }
    let line = message { _ = try RunWriter(folder, study: "name: x\nsamples: 100\n") }
    let difference = "(line 2: 'samples: 50' in the folder, 'samples: 100' in this study)"
    #expect(line.contains("holds another study \(difference)"), "\(line)")
    #expect(line.contains("choose another folder") && !line.contains("\n"))
    #expect(try folder.names().map { folder.bytes($0) } == before)
    #expect(try RunWriter(folder).existing().count == 1)
  }

  @Test("a folder that holds other things is refused and stays untouched")
  func foreign() throws {
    let folder = try TemporaryFolder()
    try folder.put("mine", "thesis.tex")
    let line = message { _ = try RunWriter(folder) }
    #expect(line.contains("is not a run folder: it holds 'thesis.tex'"))
    #expect(try folder.names() == ["thesis.tex"])
    #expect(message { try RunFolder(folder.path).requireExisting() }.contains("is not a run folder"))
    #expect(message { try RunFolder(folder.path + "/none").requireExisting() }.contains("no such file or folder"))
  }

  @Test("a start killed at any moment can be repeated")
  func killedStart() throws {
    for left in [[], [".lock"], [".lock", "models"], [".lock", "models", "samples", "provenance.json", "study.yaml"]] {
      let folder = try TemporaryFolder()
      for name in left where name.contains("s") && !name.contains(".") {
        try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: false)
      }
      for name in left where name.contains(".") { try folder.put(name == ".lock" ? "process 4999999\n" : "{}", name) }
      // Temporaries of a process that is gone (numbers end at 2^22) and of one that lives.
      try folder.put("torn", ".study.yaml.4999999.partial")
      try folder.put("torn", ".report.html.1.partial")
      try RunWriter(folder).append(MadeUpRun(components: 5))
      #expect(try folder.names().filter { $0.hasSuffix(".partial") } == [".report.html.1.partial"])
      #expect(try RunFolder(folder.path).records().records.count == 1)
    }
  }

  @Test("a torn last line is removed at opening, reported, and only its run is repeated")
  func tornLine() throws {
    let folder = try TemporaryFolder()
    do {
      let writer = try RunWriter(folder)
      for components in [5, 10] { try writer.append(MadeUpRun(components: components)) }
    }
    let bytes = try #require(folder.bytes("runs.jsonl"))
    try folder.put(bytes.dropLast(40), "runs.jsonl")
    #expect(try RunFolder(folder.path).records().torn?.line == 2)
    let writer = try RunWriter(folder)
    #expect(writer.torn?.line == 2)
    #expect(try writer.existing() == [MadeUpRun(components: 5).record])
    try writer.append(MadeUpRun(components: 10))
    #expect(folder.bytes("runs.jsonl") == bytes)
  }

  @Test("a full disk while storing is one clear line, and earlier runs stay")
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    let writer = try RunWriter(folder)
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/runs.jsonl", withDestinationPath: "/dev/full")
    let line = message { try writer.append(MadeUpRun(components: 5)) }
    #expect(line.contains("cannot write \(folder.path)/runs.jsonl: the disk is full"), "\(line)")
  }

  @Test("a later start's provenance is kept beside the first, if it adds runs")
  func provenance() throws {
    let folder = try TemporaryFolder()
    let study = "name: x\n"
    func open(_ commit: String) throws -> RunWriter {
      try RunWriter(folder.path, study: study, provenance: MadeUpProvenance(commit: commit))
    }
    do { try open("a").append(MadeUpRun(components: 5)) }
    do { _ = try open("b") }
    do { try open("c").append(MadeUpRun(components: 6)) }
    do { try open("a").append(MadeUpRun(components: 7)) }
    #expect(try RunFolder(folder.path).provenances(MadeUpProvenance.self).map(\.commit) == ["a", "c"])
  }

  @Test("a record of another schema is refused")
  func schema() throws {
    let folder = try TemporaryFolder()
    var record = MadeUpRun(components: 5).record
    record.schema = 2
    try JSONLines.append(record, to: "\(folder.path)/runs.jsonl")
    #expect(message { _ = try RunFolder(folder.path).records() }.contains("schema 2, this program reads 1"))
  }
}
