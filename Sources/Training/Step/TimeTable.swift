// SPDX-License-Identifier: MIT
internal import Denoisers
public import Diffusion

/// What a training step needs to know of each time of the grid, in double precision.
public struct TimeTable: Sendable, Equatable {
  /// The times, descending when they come from a grid.
  public let times: [Double]
  /// The signal's scale at each time.
  public let alpha: [Double]
  /// The noise's scale at each time.
  public let sigma: [Double]
  /// lambda(t), the weight on top of the loss of the prediction.
  public let lambda: [Double]
  /// W = lambda (a sigma)^2, the weight of the squared residual (see `DenoisingLoss`).
  public let residualWeight: [Double]

  /// The times of `grid`; `weight` is lambda on top of the loss of `prediction`.
  public init(grid: TimeGrid, process: any DiffusionProcess, prediction: Prediction, weight: LossWeight) {
    self.init(times: grid.times(of: process), process: process, prediction: prediction, weight: weight)
  }

  /// The same for any list of times inside the process's domain.
  public init(times: [Double], process: any DiffusionProcess, prediction: Prediction, weight: LossWeight) {
    let loss = DenoisingLoss(process: process, prediction: prediction)
    self.times = times
    alpha = times.map { process.alpha($0) }
    sigma = times.map { process.sigma($0) }
    let lambda = times.enumerated().map { weight.value(at: $1, index: $0, process: process) }
    self.lambda = lambda
    residualWeight = zip(times, lambda).map { loss.residualWeight(at: $0, lambda: $1) }
  }
}
