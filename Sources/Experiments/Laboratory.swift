// SPDX-License-Identifier: MIT
public import Denoisers
public import Diffusion
public import Kernels
public import Training

/// A trained model as the pipeline needs it: to sample from, to measure, to keep.
public protocol LaboratoryModel: TrainableModel {
  /// M.
  var componentCount: Int { get }
  /// The one trained standard deviation; its sign has no meaning.
  var std: Double { get }
  /// Means of the components in the space of the data, (M, d).
  var componentMeans: Matrix { get }
  /// The model with its posterior prepared: build it once where many points are denoised.
  var prepared: any Denoiser { get }
  /// Independent draws of the model's own law, (n, d): the limit of ever more sampling steps.
  func draws(_ count: Int, key: RandomKey) -> Matrix
}

/// The data of a run, their law, and the models that are trained on them: all that the pipeline asks of a system.
public protocol Laboratory: Sendable {
  associatedtype Model: LaboratoryModel
  /// x^1..x^N, (N, d).
  var train: Matrix { get }
  /// Samples that no training sees, (n, d).
  var heldOut: Matrix { get }
  /// Means of the law's components, (K, d).
  var trueMeans: Matrix { get }
  /// x*, the posterior mean under the law itself.
  var generalizing: any Denoiser { get }
  /// The model before training; throws `InitializationError` for a start that the data do not allow.
  func start(_ initialization: Initialization, components: Int, key: RandomKey) throws -> Model
  /// Trains `start`; throws `CancellationError` when `progress` returned false.
  func train(
    _ start: Model, by trainer: Trainer, key: RandomKey, workers: Workers, progress: (Int) -> Bool
  ) throws -> TrainingResult<Model>
}
