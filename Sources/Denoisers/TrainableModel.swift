// SPDX-License-Identifier: MIT
public import Diffusion

/// A denoiser whose law has parameters that gradient descent moves.
public protocol TrainableModel: Denoiser {
  /// The parameters as the optimizer sees them: one flat vector of fixed length.
  var parameters: [Double] { get set }
}
