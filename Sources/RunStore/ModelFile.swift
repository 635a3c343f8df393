// SPDX-License-Identifier: MIT
public import Denoisers
internal import Diffusion
public import Experiments
internal import Kernels

/// A trained model with the settings it was trained with: `models/<run>.safetensors`.
///
/// Tensors: `means` (M, d) and `std` (a number), double precision. Metadata: `settings` (JSON of `RunSettings`),
/// `version`, `process`, `seed`, `dataSeed`, for people who open the file elsewhere.
public struct ModelFile: Sendable {
  public let model: MixtureModel
  public let settings: RunSettings

  public init(model: MixtureModel, settings: RunSettings) {
    (self.model, self.settings) = (model, settings)
  }

  /// The file's contents: a function of model and settings alone.
  public var safetensors: SafetensorsFile {
    let configuration = settings.configuration
    return SafetensorsFile(
      tensors: [
        "means": .init(shape: [model.means.rows, model.means.columns], values: model.means.values),
        "std": .init(shape: [], values: [model.std]),
      ],
      metadata: [
        "format": "verbatim-mixture-1", "version": Verbatim.version,
        "settings": String(decoding: StoreJSON.encode(settings), as: UTF8.self),
        "process": configuration.process.rawValue, "seed": "\(configuration.seed)",
        "dataSeed": "\(configuration.data.dataSeed)",
      ])
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
    guard let means = file.tensors["means"], means.shape.count == 2, let std = file.tensors["std"],
      std.values.count == 1, means.shape == [settings.components, settings.configuration.data.dimension]
    else {
      throw .corrupt(path: path, line: nil, problem: "'means' and 'std' do not fit its settings")
    }
    guard means.values.allSatisfy(\.isFinite), std.values[0].isFinite else {
      throw .corrupt(path: path, line: nil, problem: "'means' or 'std' is not finite: a training that diverged?")
    }
    let matrix = Matrix(rows: means.shape[0], columns: means.shape[1], values: means.values)
    self.init(model: MixtureModel(means: matrix, std: std.values[0]), settings: settings)
  }
}
