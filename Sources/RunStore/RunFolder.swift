// SPDX-License-Identifier: MIT
public import Files
internal import Denoisers
public import Experiments
internal import Foundation
public import Kernels

/// A folder that holds the runs of one study as plain files; reading takes no lock and changes nothing.
///
/// `study.yaml` and `provenance.json` say what was asked and where it ran; `runs.jsonl` has one line per finished run
/// and is the only record of results; `results.csv`, `losses.csv` and `transitions.csv` are derived from it; the
/// parameters and samples of a run lie in `models/` and `samples/` under its identifier.
public struct RunFolder: Sendable, Hashable {
  /// Where it lies, without a slash at the end.
  public let path: String

  /// A folder that need not be there; nothing is read or made.
  public init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The resolved study, YAML.
  public var studyPath: String { "\(path)/study.yaml" }
  /// Where the runs were made at the first start, JSON; later starts have files of their own beside it.
  public var provenancePath: String { "\(path)/provenance.json" }
  /// The records, one line of JSON for each finished run.
  public var recordsPath: String { "\(path)/runs.jsonl" }
  /// The table of runs, derived from the records.
  public var resultsPath: String { "\(path)/results.csv" }
  /// The table of losses over time, derived from the records.
  public var lossesPath: String { "\(path)/losses.csv" }
  /// The table of transitions with their intervals, derived from the records.
  public var transitionsPath: String { "\(path)/transitions.csv" }
  /// The folder of the report's figures.
  public var figuresPath: String { "\(path)/figures" }
  /// The page of the report.
  public var reportPath: String { "\(path)/report.html" }
  /// SHA-256 of the pictures that the runs were made from, where there are any.
  public var picturesPath: String { "\(path)/pictures.sha256" }
  /// The samples of the run with that identifier, npy, shape (n, d).
  public func samplesPath(_ run: String) -> String { "\(path)/samples/\(run).npy" }

  /// The content hash of the study: what makes two studies the same.
  var identityPath: String { "\(path)/.study-hash" }

  /// Whether a run folder lies here.
  public var exists: Bool { Folder.exists(identityPath) }

  /// Throws `StoreError.notARunFolder` where none lies.
  public func requireExisting() throws(StoreError) {
    guard Folder.exists(path) else { throw .system(action: "read", path: path, code: ENOENT) }
    guard exists else { throw .notARunFolder(path: path, problem: "it holds no runs") }
  }

  /// The resolved study as it was written.
  public func study() throws(StoreError) -> String {
    String(decoding: try OpenFile.read(studyPath), as: UTF8.self)
  }

  /// Where the runs were made: the first start of the study, then each later one that added runs.
  public func provenances<Value: Decodable>(_ type: Value.Type) throws(StoreError) -> [Value] {
    var values: [Value] = []
    for path in try provenancePaths() {
      do throws(JSONProblem) {
        values.append(try StoreJSON.decode(type, from: try fileBytes(path)))
      } catch {
        throw .corrupt(path: path, line: nil, problem: error.description)
      }
    }
    return values
  }

  /// `provenance.json`, `provenance-2.json`, ...: those that exist.
  func provenancePaths() throws(StoreError) -> [String] {
    var paths: [String] = []
    while Folder.exists(provenancePath(paths.count + 1)) { paths.append(provenancePath(paths.count + 1)) }
    return paths
  }

  func provenancePath(_ number: Int) -> String { number == 1 ? provenancePath : "\(path)/provenance-\(number).json" }

  /// All finished runs, each once, sorted; and the unfinished last line, if a writer was killed or is still at work.
  ///
  /// Throws `StoreError.corrupt` for any other line that cannot be read, or whose numbers cannot be.
  public func records() throws(StoreError) -> (records: [RunRecord], torn: JSONLines.Torn?) {
    let contents = try JSONLines.read(RunRecord.self, from: recordsPath, problem: RecordCheck.problem)
    return (RecordOrder.sorted(contents.elements), contents.torn)
  }

  /// The pictures that the runs were made from; nil where no seal lies.
  public var pictures: String? {
    (try? OpenFile.read(picturesPath)).map {
      String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  /// Where the model of a run is: under its own identity, or under the run's in a folder of version 0.1.
  public func modelPath(of record: RunRecord) -> String {
    let model = ModelSettings(record.settings, pictures: pictures).identifier
    let paths = [model, record.identifier].map { "\(path)/models/\($0).safetensors" }
    return paths.first(where: Folder.exists) ?? paths[0]
  }

  /// The trained model of a run.
  public func model(
    of record: RunRecord, families: ModelFamilies = .standard
  ) throws(StoreError) -> any LaboratoryModel {
    try ModelFile(reading: modelPath(of: record), families: families).model
  }

  /// The folder that a model lies in, if it is a run folder, and its first run that measured the model.
  public static func run(of file: ModelFile, at path: String) throws(StoreError) -> (folder: RunFolder, run: RunRecord)?
  {
    let folder = RunFolder(Folder.parent(of: Folder.parent(of: path)))
    guard folder.exists else { return nil }
    let run = try folder.records().records.first { record in
      file.run.map { $0 == record.settings }
        ?? (ModelSettings(record.settings, pictures: file.settings.pictures) == file.settings)
    }
    return run.map { (folder, $0) }
  }

  /// The samples drawn from a trained model, shape (n, d).
  public func samples(_ run: String) throws(StoreError) -> Matrix { try NPYFile.read(samplesPath(run)) }

  private func fileBytes(_ path: String) throws(JSONProblem) -> [UInt8] {
    do throws(StoreError) { return try OpenFile.read(path) } catch { throw JSONProblem(description: "\(error)") }
  }
}
