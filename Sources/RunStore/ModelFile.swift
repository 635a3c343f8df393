// SPDX-License-Identifier: MIT
public import Files
public import Denoisers
internal import Diffusion
public import Experiments
internal import Kernels

/// A trained model with the settings it was trained with: `models/<run>.safetensors`.
///
/// Tensors, double precision: `means` (M, d) and `std` (a number), or of the image model `templates` (M, h w),
/// `colorMeans` (M, C) and `std`. Metadata: `settings` (JSON of `RunSettings`), `version`, `process`, `seed`,
/// `dataSeed`, for people who open the file elsewhere.
public struct ModelFile: Sendable {
  public let model: any LaboratoryModel
  public let settings: RunSettings

  public init(model: any LaboratoryModel, settings: RunSettings) {
    (self.model, self.settings) = (model, settings)
  }

  /// The file's contents: a function of model and settings alone.
  public var safetensors: SafetensorsFile {
    let configuration = settings.configuration
    return SafetensorsFile(
      tensors: Self.tensors(of: model),
      metadata: [
        "format": model is ColoredTemplateModel ? "verbatim-templates-1" : "verbatim-mixture-1",
        "version": Verbatim.version,
        "settings": String(decoding: StoreJSON.encode(settings), as: UTF8.self),
        "process": configuration.process.rawValue, "seed": "\(configuration.seed)",
        "dataSeed": "\(configuration.data.dataSeed)",
      ])
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
    let file = try SafetensorsFile(reading: path)
    guard let text = file.metadata["settings"] else {
      throw .corrupt(path: path, line: nil, problem: "no 'settings' in its metadata: not a model written by verbatim")
    }
    guard let settings = try? StoreJSON.decode(RunSettings.self, from: Array(text.utf8)) else {
      throw .corrupt(path: path, line: nil, problem: "its 'settings' cannot be read: written by another version?")
    }
    if let problem = SettingsCheck.problem(settings) {
      throw .corrupt(path: path, line: nil, problem: "its 'settings': \(problem)")
    }
    self.init(model: try Self.model(settings, Tensors(file: file, path: path)), settings: settings)
  }

  private static func model(
    _ settings: RunSettings, _ tensors: Tensors
  ) throws(StoreError) -> any LaboratoryModel {
    let (m, data) = (settings.components, settings.configuration.data)
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

    func matrix(_ name: String, rows: Int, columns: Int) throws(StoreError) -> Matrix {
      Matrix(rows: rows, columns: columns, values: try values(name, shape: [rows, columns]))
    }

    func number(_ name: String) throws(StoreError) -> Double { try values(name, shape: nil)[0] }

    /// `shape` nil: one number, however it is shaped.
    private func values(_ name: String, shape: [Int]?) throws(StoreError) -> [Double] {
      guard let tensor = file.tensors[name], shape.map({ $0 == tensor.shape }) ?? (tensor.values.count == 1) else {
        throw .corrupt(path: path, line: nil, problem: "'\(name)' does not fit its settings")
      }
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
