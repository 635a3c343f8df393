// SPDX-License-Identifier: MIT
internal import Denoisers
public import Diffusion
public import Distributions
public import Kernels

/// The data of a run and what is known of their law: all that the pipeline asks of a system.
public protocol Laboratory: Sendable {
  /// x^1..x^N, (N, d).
  var train: Matrix { get }
  /// Samples that no training sees, (n, d).
  var heldOut: Matrix { get }
  /// Means of the law's components, (K, d).
  var trueMeans: Matrix { get }
  /// x*, the posterior mean under the law itself.
  var generalizing: any Denoiser { get }
}

/// The paper's first system: isotropic clusters (appendix H).
public struct IsotropicLaboratory: Laboratory {
  /// The law, N training samples and the held-out ones.
  public let dataset: Dataset

  /// Takes drawn data; `DataSettings.laboratory()` draws them.
  public init(_ dataset: Dataset) { self.dataset = dataset }

  public var train: Matrix { dataset.train }
  public var heldOut: Matrix { dataset.heldOut }
  public var trueMeans: Matrix { dataset.law.means }

  public var generalizing: any Denoiser {
    MixtureDenoiser(means: dataset.law.means, variance: dataset.law.variance, weights: dataset.law.weights)
  }
}

/// The paper's second system: pictures that are a grey template times a colour (section 4.2).
public struct ImageLaboratory: Laboratory {
  /// The law, N training pictures with their labels and colours, and the held-out ones.
  public let dataset: ColoredDataset
  /// The shape of the pictures and the log-determinant of their denoisers.
  public let settings: ImageSettings
  /// The pictures of the data set as points, (N, d) and (n, d), d = C h w.
  public let train, heldOut: Matrix

  /// Takes drawn data, whose dimension must be that of the settings; paints every picture once.
  public init(_ dataset: ColoredDataset, settings: ImageSettings) {
    precondition(dataset.dimension == settings.dimension, "\(dataset.dimension), not \(settings.dimension)")
    (self.dataset, self.settings) = (dataset, settings)
    (train, heldOut) = (dataset.train.points, dataset.heldOut.points)
  }

  public var trueMeans: Matrix { dataset.law.templates.painted(dataset.law.colorMeans) }

  public var generalizing: any Denoiser {
    ColoredTemplateDenoiser(law: dataset.law, logDeterminant: settings.logDeterminant)
  }
}
