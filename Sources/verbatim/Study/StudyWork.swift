// SPDX-License-Identifier: MIT
import Files
import Experiments
import Foundation
import RunStore

/// Runs a study's trainings, into a run folder or (nil) into memory.
struct StudyWork {
  let study: Study
  let folder: String?
  let work: WorkOptions
  /// A folder of models shared with other run folders.
  var models: String?
  /// Runs made elsewhere in this process; used when nothing is kept.
  var known: [RunRecord] = []
  /// How capacities are chosen, where not as the study says.
  var curves: [CapacityCurve]?

  static let identifier: @Sendable (RunSettings) -> String = { ContentHash.identifier(of: $0) }

  /// Identifiers of the runs that a folder holds; empty when there is none yet.
  static func existing(study: Study, folder: String) throws -> Set<String> {
    let folder = RunFolder(folder)
    guard folder.exists else { return [] }
    return Set(try folder.records().records.map(\.identifier))
  }

  func run() throws -> (records: [RunRecord], folder: RunFolder?) {
    let pictures = try study.requirePictures()
    let seal = folder.map { PictureSeal(folder: $0) }
    try seal?.check(pictures, source: study.settings.images?.source ?? "")
    let progress = ProgressLine(quiet: work.quiet)
    defer { progress.end() }
    let runner = StudyRunner(curves ?? study.curves, pictures: pictures, identify: Self.identifier)
    guard let folder else {
      return (try run(runner, into: MemorySink(known), progress), nil)
    }
    Interruption.keepsWork()
    let writer = try RunWriter(
      folder, study: study.yaml, models: models, provenance: Machine.provenance(seeds: study.settings.seed ?? []))
    try seal?.set(pictures)
    if let torn = writer.torn {
      Console.warning(
        "\(writer.folder.recordsPath): removed an unfinished last line (line \(torn.line)); its run is repeated")
    }
    return try Failure.ofTheMoment {
      let records = try run(runner, into: writer, progress)
      try writer.rewriteTables()
      return (records, writer.folder)
    }
  }

  private func run(_ runner: StudyRunner, into sink: any RunSink, _ progress: ProgressLine) throws -> [RunRecord] {
    try runner.run(
      into: sink, threads: work.threadCount, observer: { progress.observe($0) },
      shouldStop: { Interruption.isRequested })
  }
}

/// Keeps nothing: the runner returns the records.
private final class MemorySink: RunSink {
  private let known: [RunRecord]

  init(_ known: [RunRecord]) { self.known = known }

  func existing() -> [RunRecord] { known }
  func store(_ result: RunResult) {}
}
