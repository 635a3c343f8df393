// SPDX-License-Identifier: MIT
public import Experiments
internal import Files
internal import RunStore

/// A study to run, into a run folder or into memory.
///
///     let outcome = try StudyRequest(Study.read(path: "Studies/quickstart.yaml"), in: "Runs/quickstart").run()
///     for family in outcome.results().byConfiguration { print(family.transition.half.value ?? .nan) }
///
/// Runs that a folder holds are not repeated: the same request, stopped, goes on where it was. Numbers depend on the
/// study alone.
public struct StudyRequest: Sendable {
  /// What is run.
  public var study: Study
  /// The run folder; nil keeps everything in memory.
  public var folder: String?
  /// A folder of trained models shared with other run folders; needs `folder`.
  public var models: String?
  /// nil for all processors.
  public var threads: Int?
  /// How capacities are chosen, where not as the study says.
  public var curves: [CapacityCurve]?
  /// Runs made elsewhere in this process, which need not be repeated; of requests without a folder.
  public var known: [RunRecord] = []
  /// Whether models and samples of runs in memory are kept for the outcome.
  public var keepsModels = false
  /// The families of models that the study may name.
  public var families = ModelFamilies.standard

  /// Nothing is read or made here: `run` does.
  public init(_ study: Study, in folder: String? = nil, models: String? = nil, threads: Int? = nil) {
    (self.study, self.folder, self.models, self.threads) = (study, folder, models, threads)
  }

  /// Trains, samples and measures what is not there yet.
  ///
  /// `isCancelled` is asked often; once true, runs in flight are dropped and `CancellationError` is thrown. Throws
  /// `RequestError`, `StoreError` (a folder in use, of another study, of other pictures, or not writable), `PictureError`,
  /// `InitializationError`, `ModelFamilyError`, and `WorkError` for what the system refuses later.
  public func run(
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> StudyOutcome {
    let threads = try Processors.threads(threads)
    if folder != nil, !known.isEmpty { throw RequestError("known: a folder has its own runs; allowed: in memory") }
    if models != nil, folder == nil { throw RequestError("models: nothing is kept; allowed: together with a folder") }
    let pictures = try study.requirePictures()
    let seal = folder.map { PictureSeal(folder: $0) }
    try seal?.check(pictures, source: study.settings.images?.source ?? "")
    let runner = StudyRunner(curves ?? study.curves, pictures: pictures, families: families)
    func records(into sink: any RunSink) throws -> [RunRecord] {
      try runner.run(
        into: sink, threads: threads, observer: { progress(.run($0)) }, shouldStop: isCancelled)
    }
    progress(.began(study, folder: folder))
    defer { progress(.ended) }
    guard let folder else {
      let memory = RunMemory(known: known, keepsResults: keepsModels)
      let made = try records(into: memory)
      return StudyOutcome(study: study, records: made, runs: memory.results, folder: nil, warnings: study.warnings)
    }
    let writer = try RunWriter(
      folder, study: study.yaml, models: models, families: families,
      provenance: Provenance(seeds: study.settings.seed ?? []))
    try seal?.set(pictures)
    let torn = writer.torn.map {
      "\(writer.folder.recordsPath): removed an unfinished last line (line \($0.line)); its run is repeated"
    }
    if let torn { progress(.warning(torn)) }
    return try WorkError.ofTheMoment {
      let made = try records(into: writer)
      try writer.rewriteTables()
      return StudyOutcome(
        study: study, records: made, runs: [], folder: writer.folder,
        warnings: study.warnings + [torn].compactMap { $0 })
    }
  }
}
