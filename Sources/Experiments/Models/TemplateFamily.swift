// SPDX-License-Identifier: MIT
public import Denoisers
public import Diffusion
internal import Distributions
public import Kernels
public import Training

/// M templates, M colour means and one colour variance: the paper's model of coloured pictures.
public struct TemplateFamily: ModelFamily {
  public let name = "templates"

  /// The family has no settings of its own.
  public init() {}

  public func takes(pictures: Bool) -> Bool { pictures }

  private func pictures(_ laboratory: any Laboratory) throws(ModelFamilyError) -> ImageLaboratory {
    guard let pictures = laboratory as? ImageLaboratory else {
      throw ModelFamilyError("the family of models 'templates' needs pictures; allowed for clusters: mixture")
    }
    return pictures
  }

  public func start(
    _ settings: ModelSettings, on laboratory: any Laboratory, key: RandomKey
  ) throws -> ColoredTemplateModel {
    let laboratory = try pictures(laboratory)
    let (dataset, determinant) = (laboratory.dataset, laboratory.settings.logDeterminant)
    switch settings.initialization {
    case .partialMemorization(let std):
      return try ColoredTemplateModel(
        memorizing: dataset.train, components: settings.capacity, std: std, logDeterminant: determinant, key: key)
    case .truth(let std):
      guard settings.capacity == dataset.law.componentCount else {
        throw InitializationError.truthNeedsTrueComponents(
          components: settings.capacity, trueComponents: dataset.law.componentCount)
      }
      return ColoredTemplateModel(truth: dataset.law, std: std, logDeterminant: determinant)
    case .gaussian, .sphere:
      throw InitializationError.notOfPictures(settings.initialization.name)
    }
  }

  public func train(
    _ start: ColoredTemplateModel, by trainer: Trainer, on laboratory: any Laboratory, key: RandomKey,
    workers: Workers, progress: (Int) -> Bool
  ) throws -> TrainingResult<ColoredTemplateModel> {
    try trainer.train(
      start, on: try pictures(laboratory).dataset.train, key: key, workers: workers, progress: progress)
  }

  public func tensors(of model: ColoredTemplateModel) -> [String: ModelTensors.Tensor] {
    ["templates": .init(model.templates), "colorMeans": .init(model.colorMeans), "std": .init(model.std)]
  }

  public func model(
    _ settings: ModelSettings, from tensors: ModelTensors
  ) throws(ModelTensors.Problem) -> ColoredTemplateModel {
    guard let images = settings.data.images else {
      throw ModelTensors.Problem(description: "its settings have no 'images'")
    }
    return ColoredTemplateModel(
      templates: try tensors.matrix("templates", rows: settings.capacity, columns: images.height * images.width),
      colorMeans: try tensors.matrix("colorMeans", rows: settings.capacity, columns: images.channels),
      std: try tensors.number("std", isScale: true), logDeterminant: images.logDeterminant)
  }
}

extension ColoredTemplateModel: ComponentModel, ExactModel {
  public var componentMeans: Matrix { templates.painted(colorMeans) }
  public var prepared: any Denoiser { denoiser }
  public func draws(_ count: Int, key: RandomKey) -> Matrix { law.sample(count, key: key).points }
}
