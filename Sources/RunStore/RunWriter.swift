// SPDX-License-Identifier: MIT
public import Files
internal import Denoisers
public import Experiments
public import Kernels
internal import Synchronization

/// Exclusive access to a run folder: adds runs one by one and rewrites the tables derived from them.
///
/// A run's model is written when it is trained, its samples before its line in `runs.jsonl`, each file as a whole, so that kill -9 at any
/// moment loses at most the run being stored. A class because it holds the folder's lock for its lifetime.
public final class RunWriter: RunSink, Sendable {
  /// The folder that is written to.
  public let folder: RunFolder
  /// What a killed process left of a last line; it was removed at opening.
  public let torn: JSONLines.Torn?
  private let lock: FolderLock
  private let models: ModelStore
  /// Provenance of this start until it is written. Its mutex also keeps appends apart.
  private let unwritten: Mutex<[UInt8]?>

  /// Opens the run folder of a study, creating it if need be, and locks it.
  ///
  /// `study` is the resolved text, `identity` what makes two studies the same (default: the hash of the text).
  /// Provenance is written at the first start, and by each later one with the first run it adds. `models` names a
  /// folder of models shared with other run folders; it is made if need be.
  /// Throws `StoreError`: in use, another study's folder, no run folder, or not writable.
  public init(
    _ path: String, study: String, identity: String? = nil, models shared: String? = nil,
    families: ModelFamilies = .standard, provenance: some Encodable
  ) throws(StoreError) {
    let folder = RunFolder(path)
    self.folder = folder
    let identity = StudyIdentity(folder: folder, study: study, hash: identity ?? SHA256.hex([Array(study.utf8)]))
    // Before anything is written: a foreign folder stays as it is.
    try identity.check()
    try Folder.create(folder.path)
    lock = try FolderLock(folder.path)
    try identity.check()
    let places = [folder.path] + ["models", "samples"].map { "\(folder.path)/\($0)" }
    for place in places {
      try Folder.create(place)
      try AtomicFile.removeLeftovers(in: place)
    }
    // Leftovers stay there: what looks like one may be the work of a process on another machine.
    if let shared { try Folder.create(shared) }
    models = ModelStore(own: "\(folder.path)/models", shared: shared, families: families)
    torn = try JSONLines.repair(RunRecord.self, at: folder.recordsPath)
    let provenance = StoreJSON.encodeForReading(provenance)
    if try folder.provenancePaths().isEmpty {
      try AtomicFile.replace(provenance, at: folder.provenancePath)
      unwritten = Mutex(nil)
    } else {
      unwritten = Mutex(provenance)
    }
    try identity.claim()
  }

  /// Adds a run: samples (none if it diverged), then its line. Its model is kept before (`keep`).
  public func append(_ record: RunRecord, samples: Matrix?) throws(StoreError) {
    let array = samples.map { NPYFile.bytes(of: $0) }
    try unwritten.withLock { provenance throws(StoreError) in
      if let bytes = provenance { try Self.add(bytes, asProvenanceOf: folder) }
      provenance = nil
      if let array { try AtomicFile.replace(array, at: folder.samplesPath(record.identifier)) }
      try JSONLines.append(record, to: folder.recordsPath)
    }
  }

  /// Adds a provenance file unless one says the same.
  private static func add(_ provenance: [UInt8], asProvenanceOf folder: RunFolder) throws(StoreError) {
    let paths = try folder.provenancePaths()
    for path in paths where try OpenFile.read(path) == provenance { return }
    try AtomicFile.replace(provenance, at: folder.provenancePath(paths.count + 1))
  }

  /// Rewrites `results.csv`, `losses.csv` and `transitions.csv` from `runs.jsonl`; the same bytes for the same runs,
  /// whatever the order in which they finished. Returns the records.
  @discardableResult
  public func rewriteTables() throws(StoreError) -> [RunRecord] {
    let records = try folder.records().records
    try ResultTable.make(records, pictures: folder.pictures).write(to: folder.resultsPath)
    try LossTable.make(records).write(to: folder.lossesPath)
    try TransitionTable.make(records).write(to: folder.transitionsPath)
    return records
  }

  /// Records of the folder's finished runs.
  public func existing() throws -> [RunRecord] { try folder.records().records }

  /// A model of the folder, or of the shared folder of models; nil where there is none that can be read.
  public func model(_ settings: ModelSettings) throws -> FinishedTraining? { try models.training(settings) }

  /// Writes the model's file as a whole.
  public func keep(_ training: FinishedTraining, of settings: ModelSettings) throws {
    try models.keep(training, of: settings)
  }

  /// Writes the samples, if there are any, and then the record's line: throws `StoreError`.
  public func store(_ result: RunResult) throws { try append(result.record, samples: result.samples) }
}
