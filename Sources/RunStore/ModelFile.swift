// SPDX-License-Identifier: MIT
public import Files
internal import Denoisers
internal import Diffusion
public import Experiments
internal import Kernels
internal import Training

/// A trained model with the settings that determine it: `models/<identifier>.safetensors`.
///
/// Tensors, double precision, by the model's family (`ModelFamily.tensors`): `means` (M, d) and `std` (a number) of a
/// mixture; `templates` (M, h w), `colorMeans` (M, C) and `std` of the image model. Metadata: `format`, `model` (JSON of `ModelSettings`), `clippedShare`, `divergedAt` (where the
/// training diverged), and `version`, `process`, `seed`, `dataSeed` for people who open the file elsewhere. Files of
/// version 0.1 name a run in place of a model: `settings` (JSON of `RunSettings`).
public struct ModelFile: Sendable {
  /// The model itself, of the family that the settings name.
  public let model: any LaboratoryModel
  /// Everything that determined it.
  public let settings: ModelSettings
  /// Share of training steps whose gradient was clipped.
  public let clippedShare: Double
  /// The run that an old file is of; nil for a file of today, which belongs to all runs that measure its model.
  public let run: RunSettings?

  /// A file of today, for all runs that measure the model; nothing is written.
  public init(model: any LaboratoryModel, settings: ModelSettings, clippedShare: Double = 0) {
    (self.model, self.settings, self.clippedShare, run) = (model, settings, clippedShare, nil)
  }

  /// The file's contents: a function of model and settings alone. Throws `ModelFamilyError`.
  public func safetensors(_ families: ModelFamilies = .standard) throws(ModelFamilyError) -> SafetensorsFile {
    try Self.safetensors(model, settings, clippedShare, divergedAt: nil, families)
  }

  /// The file of a training, also of one that diverged.
  static func safetensors(
    _ training: FinishedTraining, _ settings: ModelSettings, _ families: ModelFamilies
  ) throws(ModelFamilyError) -> SafetensorsFile {
    try safetensors(training.model, settings, training.clippedShare, divergedAt: training.divergedAt, families)
  }

  private static func safetensors(
    _ model: any LaboratoryModel, _ settings: ModelSettings, _ clippedShare: Double, divergedAt: Int?,
    _ families: ModelFamilies
  ) throws(ModelFamilyError) -> SafetensorsFile {
    let family = try families.family(of: settings)
    var metadata = [
      "format": "verbatim-\(family.name)-2", "version": Release.version,
      "model": String(decoding: StoreJSON.encode(settings), as: UTF8.self), "clippedShare": "\(clippedShare)",
      "process": settings.process.rawValue, "seed": "\(settings.seed)", "dataSeed": "\(settings.data.dataSeed)",
    ]
    metadata["divergedAt"] = divergedAt.map { "\($0)" }
    let tensors = try tensors(of: model, family).mapValues {
      SafetensorsFile.Tensor(shape: $0.shape, values: $0.values)
    }
    return SafetensorsFile(tensors: tensors, metadata: metadata)
  }

  private static func tensors<Family: ModelFamily>(
    of model: any LaboratoryModel, _ family: Family
  ) throws(ModelFamilyError) -> [String: ModelTensors.Tensor] {
    guard let model = model as? Family.Model else {
      throw ModelFamilyError("\(type(of: model)) is not a model of the family '\(family.name)'")
    }
    return family.tensors(of: model)
  }

  /// Throws `StoreError` for a file that is not there, is damaged or holds something else.
  public init(reading path: String, families: ModelFamilies = .standard) throws(StoreError) {
    try self.init(SafetensorsFile(reading: path), path: path, families)
  }

  private init(_ file: SafetensorsFile, path: String, _ families: ModelFamilies) throws(StoreError) {
    (settings, run) = try Self.settings(file, path: path)
    let clipped = file.metadata["clippedShare"].map { Double($0) ?? -1 } ?? 0
    guard (0...1).contains(clipped) else {
      throw .corrupt(path: path, line: nil, problem: "its 'clippedShare' is not a share")
    }
    clippedShare = clipped
    model = try Self.model(settings, file, path: path, families)
  }

  /// The training of a file, also one that diverged, whose parameters may be anything. Throws as `init(reading:)`.
  static func training(
    reading path: String, _ families: ModelFamilies
  ) throws(StoreError) -> (FinishedTraining, ModelSettings) {
    let file = try SafetensorsFile(reading: path)
    guard let text = file.metadata["divergedAt"] else {
      let model = try ModelFile(file, path: path, families)
      return (
        FinishedTraining(model: model.model, divergedAt: nil, clippedShare: model.clippedShare), model.settings
      )
    }
    let settings = try settings(file, path: path).model
    guard let step = Int(text), (0...settings.training.steps).contains(step) else {
      throw .corrupt(path: path, line: nil, problem: "its 'divergedAt' is not a step of the training")
    }
    let model = try model(settings, file, path: path, families, takesAnyNumber: true)
    return (FinishedTraining(model: model, divergedAt: step, clippedShare: 0), settings)
  }

  private static func settings(
    _ file: SafetensorsFile, path: String
  ) throws(StoreError) -> (model: ModelSettings, run: RunSettings?) {
    func decoded<Value: Decodable>(_ type: Value.Type, _ key: String, _ text: String) throws(StoreError) -> Value {
      guard let value = try? StoreJSON.decode(type, from: Array(text.utf8)) else {
        throw .corrupt(path: path, line: nil, problem: "its '\(key)' cannot be read: written by another version?")
      }
      return value
    }
    func check(_ key: String, _ run: RunSettings) throws(StoreError) {
      if let problem = SettingsCheck.problem(run) {
        throw .corrupt(path: path, line: nil, problem: "its '\(key)': \(problem)")
      }
    }
    if let text = file.metadata["model"] {
      let model = try decoded(ModelSettings.self, "model", text)
      try check("model", model.run())
      return (model, nil)
    }
    guard let text = file.metadata["settings"] else {
      throw .corrupt(path: path, line: nil, problem: "no 'model' in its metadata: not a model written by verbatim")
    }
    let run = try decoded(RunSettings.self, "settings", text)
    try check("settings", run)
    return (ModelSettings(run), run)
  }

  private static func model(
    _ settings: ModelSettings, _ file: SafetensorsFile, path: String, _ families: ModelFamilies,
    takesAnyNumber: Bool = false
  ) throws(StoreError) -> any LaboratoryModel {
    let tensors = file.tensors.mapValues { ModelTensors.Tensor(shape: $0.shape, values: $0.values) }
    do {
      return try families.family(of: settings).model(
        settings, from: ModelTensors(tensors, takesAnyNumber: takesAnyNumber))
    } catch {
      throw .corrupt(path: path, line: nil, problem: "\(error)")
    }
  }
}
