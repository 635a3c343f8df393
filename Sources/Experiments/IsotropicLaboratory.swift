// SPDX-License-Identifier: MIT
public import Denoisers
public import Diffusion
public import Distributions
public import Kernels
public import Training

/// The paper's first system: isotropic clusters and mixtures of M means with one variance (appendix H).
public struct IsotropicLaboratory: Laboratory {
  public let dataset: Dataset

  public init(_ dataset: Dataset) { self.dataset = dataset }

  public var train: Matrix { dataset.train }
  public var heldOut: Matrix { dataset.heldOut }
  public var trueMeans: Matrix { dataset.law.means }

  public var generalizing: any Denoiser {
    MixtureDenoiser(means: dataset.law.means, variance: dataset.law.variance, weights: dataset.law.weights)
  }

  public func start(_ initialization: Initialization, components: Int, key: RandomKey) throws -> MixtureModel {
    try MixtureModel(initialization, components: components, dataset: dataset, key: key)
  }

  public func train(
    _ start: MixtureModel, by trainer: Trainer, key: RandomKey, workers: Workers, progress: (Int) -> Bool
  ) throws -> TrainingResult<MixtureModel> {
    try trainer.train(start, on: dataset.train, key: key, workers: workers, progress: progress)
  }
}

extension MixtureModel: LaboratoryModel {
  public var componentMeans: Matrix { means }
  public var prepared: any Denoiser { denoiser }

  public func draws(_ count: Int, key: RandomKey) -> Matrix {
    IsotropicMixture(means: means, variance: std * std, weights: priors).sample(count, key: key).samples
  }
}
