// SPDX-License-Identifier: MIT
public import Files
internal import Denoisers
internal import Diffusion
public import Experiments
internal import Kernels
internal import Training

/// A trained model with the settings that determine it: `models/<identifier>.safetensors`.
///
/// Tensors, double precision: `means` (M, d) and `std` (a number), or of the image model `templates` (M, h w),
/// `colorMeans` (M, C) and `std`. Metadata: `model` (JSON of `ModelSettings`), `clippedShare`, `divergedAt` (where the
/// training diverged), and `version`, `process`, `seed`, `dataSeed` for people who open the file elsewhere. Files of
/// version 0.1 name a run in place of a model: `settings` (JSON of `RunSettings`).
public struct ModelFile: Sendable {
  public let model: any LaboratoryModel
  public let settings: ModelSettings
  public let clippedShare: Double
  /// The run that an old file is of; nil for a file of today, which belongs to all runs that measure its model.
  public let run: RunSettings?

  public init(model: any LaboratoryModel, settings: ModelSettings, clippedShare: Double = 0) {
    (self.model, self.settings, self.clippedShare, run) = (model, settings, clippedShare, nil)
  }

  /// The identity of a model, and its file's name: the first 16 digits of the hash of what determines it.
  public static func identifier(_ settings: ModelSettings) -> String { ContentHash.identifier(of: settings) }

  /// The file's contents: a function of model and settings alone.
  public var safetensors: SafetensorsFile { Self.safetensors(model, settings, clippedShare, divergedAt: nil) }

  /// The file of a training, also of one that diverged.
  static func safetensors(_ training: FinishedTraining, _ settings: ModelSettings) -> SafetensorsFile {
    safetensors(training.model, settings, training.clippedShare, divergedAt: training.divergedAt)
  }

  private static func safetensors(
    _ model: any LaboratoryModel, _ settings: ModelSettings, _ clippedShare: Double, divergedAt: Int?
  ) -> SafetensorsFile {
    var metadata = [
      "format": model is ColoredTemplateModel ? "verbatim-templates-2" : "verbatim-mixture-2",
      "version": Verbatim.version, "model": String(decoding: StoreJSON.encode(settings), as: UTF8.self),
      "clippedShare": "\(clippedShare)", "process": settings.process.rawValue, "seed": "\(settings.seed)",
      "dataSeed": "\(settings.data.dataSeed)",
    ]
    metadata["divergedAt"] = divergedAt.map { "\($0)" }
    return SafetensorsFile(tensors: tensors(of: model), metadata: metadata)
  }

  private static func tensors(of model: any LaboratoryModel) -> [String: SafetensorsFile.Tensor] {
    func tensor(_ matrix: Matrix) -> SafetensorsFile.Tensor {
      .init(shape: [matrix.rows, matrix.columns], values: matrix.values)
    }
    let std = SafetensorsFile.Tensor(shape: [], values: [model.std])
    guard let pictures = model as? ColoredTemplateModel else {
      return ["means": tensor(model.componentMeans), "std": std]
    }
    return ["templates": tensor(pictures.templates), "colorMeans": tensor(pictures.colorMeans), "std": std]
  }

  /// Throws `StoreError` for a file that is not there, is damaged or holds something else.
  public init(reading path: String) throws(StoreError) {
    try self.init(SafetensorsFile(reading: path), path: path)
  }

  private init(_ file: SafetensorsFile, path: String) throws(StoreError) {
    (settings, run) = try Self.settings(file, path: path)
    let clipped = file.metadata["clippedShare"].map { Double($0) ?? -1 } ?? 0
    guard (0...1).contains(clipped) else {
      throw .corrupt(path: path, line: nil, problem: "its 'clippedShare' is no share")
    }
    clippedShare = clipped
    model = try Self.model(settings, Tensors(file: file, path: path))
  }

  /// The training of a file, also one that diverged, whose parameters may be anything. Throws as `init(reading:)`.
  static func training(reading path: String) throws(StoreError) -> (FinishedTraining, ModelSettings) {
    let file = try SafetensorsFile(reading: path)
    guard let text = file.metadata["divergedAt"] else {
      let model = try ModelFile(file, path: path)
      return (
        FinishedTraining(model: model.model, divergedAt: nil, clippedShare: model.clippedShare), model.settings
      )
    }
    let settings = try settings(file, path: path).model
    guard let step = Int(text), (0...settings.training.steps).contains(step) else {
      throw .corrupt(path: path, line: nil, problem: "its 'divergedAt' is no step of the training")
    }
    let model = try model(settings, Tensors(file: file, path: path, takesAnyNumber: true))
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
    _ settings: ModelSettings, _ tensors: Tensors
  ) throws(StoreError) -> any LaboratoryModel {
    let (m, data) = (settings.components, settings.data)
    let std = try tensors.number("std")
    guard let images = data.images else {
      return MixtureModel(means: try tensors.matrix("means", rows: m, columns: data.dimension), std: std)
    }
    return ColoredTemplateModel(
      templates: try tensors.matrix("templates", rows: m, columns: images.height * images.width),
      colorMeans: try tensors.matrix("colorMeans", rows: m, columns: images.channels), std: std,
      logDeterminant: images.logDeterminant)
  }

  /// The tensors of a file, checked as they are taken.
  private struct Tensors {
    let file: SafetensorsFile
    let path: String
    /// For models that nobody computes with.
    var takesAnyNumber = false

    func matrix(_ name: String, rows: Int, columns: Int) throws(StoreError) -> Matrix {
      Matrix(rows: rows, columns: columns, values: try values(name, shape: [rows, columns]))
    }

    func number(_ name: String) throws(StoreError) -> Double { try values(name, shape: nil)[0] }

    /// `shape` nil: one number, however it is shaped.
    private func values(_ name: String, shape: [Int]?) throws(StoreError) -> [Double] {
      guard let tensor = file.tensors[name], shape.map({ $0 == tensor.shape }) ?? (tensor.values.count == 1) else {
        throw .corrupt(path: path, line: nil, problem: "'\(name)' does not fit its settings")
      }
      if takesAnyNumber { return tensor.values }
      guard tensor.values.allSatisfy(\.isFinite) else {
        throw .corrupt(path: path, line: nil, problem: "'\(name)' is not finite: a training that diverged?")
      }
      // Squares of what lies beyond are infinite, and so would the denoiser be.
      guard tensor.values.allSatisfy({ abs($0) <= 1e150 }), name != "std" || abs(tensor.values[0]) >= 1e-150 else {
        throw .corrupt(path: path, line: nil, problem: "'\(name)' is too large or too small to be computed with")
      }
      return tensor.values
    }
  }
}
