// SPDX-License-Identifier: MIT
public import Denoisers
public import Diffusion
internal import Distributions
public import Kernels
public import Training

/// M means and one variance: the paper's model of isotropic clusters.
public struct MixtureFamily: ModelFamily {
  public let name = "mixture"

  /// The family has no settings of its own.
  public init() {}

  public func takes(pictures: Bool) -> Bool { !pictures }

  public func start(_ settings: ModelSettings, on laboratory: any Laboratory, key: RandomKey) throws -> MixtureModel {
    guard let laboratory = laboratory as? IsotropicLaboratory else {
      throw ModelFamilyError("the family of models 'mixture' needs clusters; allowed for pictures: templates")
    }
    return try MixtureModel(
      settings.initialization, components: settings.capacity, dataset: laboratory.dataset, key: key)
  }

  public func train(
    _ start: MixtureModel, by trainer: Trainer, on laboratory: any Laboratory, key: RandomKey, workers: Workers,
    progress: (Int) -> Bool
  ) throws -> TrainingResult<MixtureModel> {
    try trainer.train(start, on: laboratory.train, key: key, workers: workers, progress: progress)
  }

  public func tensors(of model: MixtureModel) -> [String: ModelTensors.Tensor] {
    ["means": .init(model.means), "std": .init(model.std)]
  }

  public func model(_ settings: ModelSettings, from tensors: ModelTensors) throws(ModelTensors.Problem) -> MixtureModel
  {
    MixtureModel(
      means: try tensors.matrix("means", rows: settings.capacity, columns: settings.data.dimension),
      std: try tensors.number("std", isScale: true))
  }
}

extension MixtureModel: ComponentModel, ExactModel {
  public var componentMeans: Matrix { means }
  public var prepared: any Denoiser { denoiser }

  public func draws(_ count: Int, key: RandomKey) -> Matrix {
    IsotropicMixture(means: means, variance: std * std, weights: priors).sample(count, key: key).samples
  }
}
