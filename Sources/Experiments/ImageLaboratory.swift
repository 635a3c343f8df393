// SPDX-License-Identifier: MIT
public import Denoisers
public import Diffusion
public import Distributions
public import Kernels
public import Training

/// The paper's second system: pictures that are a grey template times a colour, and models of M templates, M colour
/// means and one colour variance (section 4.2).
public struct ImageLaboratory: Laboratory {
  public let dataset: ColoredDataset
  public let settings: ImageSettings
  public let train, heldOut: Matrix

  public init(_ dataset: ColoredDataset, settings: ImageSettings) {
    precondition(dataset.dimension == settings.dimension, "\(dataset.dimension), not \(settings.dimension)")
    (self.dataset, self.settings) = (dataset, settings)
    (train, heldOut) = (dataset.train.points, dataset.heldOut.points)
  }

  public var trueMeans: Matrix { dataset.law.templates.painted(dataset.law.colorMeans) }

  public var generalizing: any Denoiser {
    ColoredTemplateDenoiser(law: dataset.law, logDeterminant: settings.logDeterminant)
  }

  public func start(
    _ initialization: Initialization, components: Int, key: RandomKey
  ) throws -> ColoredTemplateModel {
    switch initialization {
    case .partialMemorization(let std):
      return try ColoredTemplateModel(
        memorizing: dataset.train, components: components, std: std, logDeterminant: settings.logDeterminant, key: key)
    case .truth(let std):
      guard components == dataset.law.componentCount else {
        throw InitializationError.truthNeedsTrueComponents(
          components: components, trueComponents: dataset.law.componentCount)
      }
      return ColoredTemplateModel(truth: dataset.law, std: std, logDeterminant: settings.logDeterminant)
    case .gaussian, .sphere:
      throw InitializationError.notOfPictures(initialization.name)
    }
  }

  public func train(
    _ start: ColoredTemplateModel, by trainer: Trainer, key: RandomKey, workers: Workers, progress: (Int) -> Bool
  ) throws -> TrainingResult<ColoredTemplateModel> {
    try trainer.train(start, on: dataset.train, key: key, workers: workers, progress: progress)
  }
}

extension ColoredTemplateModel: LaboratoryModel {
  public var componentMeans: Matrix { templates.painted(colorMeans) }
  public var prepared: any Denoiser { denoiser }
  public func draws(_ count: Int, key: RandomKey) -> Matrix { law.sample(count, key: key).points }
}
