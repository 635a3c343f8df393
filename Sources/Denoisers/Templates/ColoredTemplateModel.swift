// SPDX-License-Identifier: MIT
public import Diffusion
public import Distributions
public import Kernels

/// The trainable image model: M templates, M colour means and one colour standard deviation; equal priors (section 4.2).
///
/// Denoises as `ColoredTemplateDenoiser` with s = std^2. The sign of std has no meaning; nor has, at std = 0, the scale
/// of a template against its colour (T -> k T, u -> u / k).
public struct ColoredTemplateModel: TrainableModel, Equatable {
  /// (M, h w).
  public var templates: Matrix
  /// (M, C).
  public var colorMeans: Matrix
  /// Of every channel of every colour; its sign has no meaning.
  public var std: Double
  /// Which factor the log-determinant has; not trained.
  public let logDeterminant: LogDeterminant

  /// As many templates as colour means, at least one; others stop the program.
  public init(templates: Matrix, colorMeans: Matrix, std: Double, logDeterminant: LogDeterminant = .exact) {
    precondition(
      templates.rows == colorMeans.rows && templates.rows > 0,
      "\(templates.rows) templates, \(colorMeans.rows) colour means")
    (self.templates, self.colorMeans, self.std) = (templates, colorMeans, std)
    self.logDeterminant = logDeterminant
  }

  /// The paper's start, partial memorization: templates and colours of M distinct training samples.
  ///
  /// The subset is that of `MixtureModel.memorizedSubset`: the starts of growing M are nested.
  public init(
    memorizing samples: ColoredSamples, components: Int, std: Double = 1e-6, logDeterminant: LogDeterminant = .exact,
    key: RandomKey
  ) throws(InitializationError) {
    guard components <= samples.count else {
      throw .moreComponentsThanSamples(components: components, samples: samples.count)
    }
    let subset = MixtureModel.memorizedSubset(components: components, of: samples.count, key: key)
    self.init(
      templates: samples.templates.gathering(subset.map { samples.labels[$0] }),
      colorMeans: samples.colors.gathering(subset), std: std, logDeterminant: logDeterminant)
  }

  /// The data law's own templates and colour means.
  public init(truth law: ColoredTemplateLaw, std: Double, logDeterminant: LogDeterminant = .exact) {
    self.init(templates: law.templates, colorMeans: law.colorMeans, std: std, logDeterminant: logDeterminant)
  }

  /// M.
  public var componentCount: Int { templates.rows }
  /// C, the channels of a colour.
  public var channelCount: Int { colorMeans.columns }
  /// h w, the pixels of a template.
  public var pixelCount: Int { templates.columns }
  /// d = C h w.
  public var dimension: Int { channelCount * pixelCount }

  /// The M h w values of the templates, the M C of the colour means, then std.
  public var parameters: [Double] {
    get { templates.values + colorMeans.values + [std] }
    set {
      let (pixels, colors) = (templates.values.count, colorMeans.values.count)
      precondition(newValue.count == pixels + colors + 1, "\(newValue.count) parameters")
      templates.values = Array(newValue[..<pixels])
      colorMeans.values = Array(newValue[pixels..<pixels + colors])
      std = newValue[pixels + colors]
    }
  }

  /// The model as a closed-form denoiser: build it once where many points are denoised.
  public var denoiser: ColoredTemplateDenoiser {
    ColoredTemplateDenoiser(
      templates: templates, colorMeans: colorMeans, colorVariance: std * std, logDeterminant: logDeterminant)
  }

  /// The law that the model has learned: what to sample from.
  public var law: ColoredTemplateLaw {
    ColoredTemplateLaw(templates: templates, colorMeans: colorMeans, colorVariance: std * std)
  }

  public func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    denoiser.posterior(noised, process: process, at: t)
  }
}
