// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
internal import Experiments
internal import Kernels
internal import Training

/// The parameters of a trained model as a safetensors file: `means` (M, d) and `std` (), doubles.
enum ModelFile {
  static func contents(_ model: MixtureModel, of record: RunRecord) -> SafetensorsFile {
    let settings = record.settings
    let configuration = settings.configuration
    return SafetensorsFile(
      tensors: [
        "means": .init(shape: [model.means.rows, model.means.columns], values: model.means.values),
        "std": .init(shape: [], values: [model.std]),
      ],
      metadata: [
        "format": "verbatim isotropic mixture", "run": record.identifier, "version": Verbatim.version,
        "process": configuration.process.rawValue, "preset": configuration.training.preset.rawValue,
        "steps": "\(configuration.training.steps)", "draws": "\(configuration.training.draws)",
        "initialization": configuration.initialization.name, "seed": "\(configuration.seed)",
        "dataSeed": "\(configuration.data.dataSeed)",
        "settings": String(decoding: StoreJSON.encode(settings), as: UTF8.self),
      ])
  }
}
