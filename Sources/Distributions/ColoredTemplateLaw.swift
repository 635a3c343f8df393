// SPDX-License-Identifier: MIT
public import Kernels

/// Images c (x) T_k: one of K grey templates in a random colour c ~ N(u_k, s I_C), section 4.2 of the paper.
///
/// As a Gaussian mixture in dimension C h w, component k has mean u_k (x) T_k and covariance s I_C (x) T_k T_k^T.
public struct ColoredTemplateLaw: Sendable, Equatable {
  /// T_1..T_K, shape (K, h w), rows of pixels in reading order.
  public let templates: Matrix
  /// u_1..u_K, shape (K, C).
  public let colorMeans: Matrix
  /// s, the variance of every channel of every colour.
  public let colorVariance: Double
  /// p_1..p_K, sum 1.
  public let weights: [Double]

  /// K.
  public var componentCount: Int { templates.rows }
  /// h w, the pixels of a template.
  public var pixelCount: Int { templates.columns }
  /// C, the channels of a colour.
  public var channelCount: Int { colorMeans.columns }
  /// d = C h w.
  public var dimension: Int { channelCount * pixelCount }

  /// `weights` are normalized to sum 1; nil means equal weights.
  public init(templates: Matrix, colorMeans: Matrix, colorVariance: Double, weights: [Double]? = nil) {
    precondition(
      templates.rows > 0 && templates.columns > 0, "templates of shape (\(templates.rows), \(templates.columns))")
    precondition(colorMeans.rows == templates.rows && colorMeans.columns > 0, "\(colorMeans.rows) colour means")
    precondition(colorVariance >= 0 && colorVariance.isFinite, "colour variance \(colorVariance)")
    (self.templates, self.colorMeans, self.colorVariance) = (templates, colorMeans, colorVariance)
    self.weights = ComponentLaw.normalized(weights, count: templates.rows)
  }

  /// The paper's images: colours N(0, I_C) and equal weights.
  public init(templates: Matrix, channels: Int = 3) {
    self.init(
      templates: templates, colorMeans: Matrix(rows: templates.rows, columns: channels), colorVariance: 1)
  }

  /// Draws coloured templates. Sample i depends on the key and i alone, so a larger draw begins with a smaller one.
  public func sample(_ count: Int, key: RandomKey) -> ColoredSamples {
    let labels = ComponentLaw.labels(count, weights: weights, key: key.child("labels"))
    let normals = key.child("colors").normalRows(count, channelCount)
    return ColoredSamples(
      templates: templates, labels: labels,
      colors: Matrix(colorMeans.gathering(labels) + colorVariance.squareRoot() * normals))
  }

  /// The same law with explicit factors A_k = sqrt(s) I_C (x) T_k, shape (C h w, C): for small images and checks.
  public var lowRank: LowRankMixture {
    let factors = (0..<componentCount).map { k in
      var factor = Matrix(rows: dimension, columns: channelCount)
      for channel in 0..<channelCount {
        for (pixel, value) in templates.row(k).enumerated() {
          factor[channel * pixelCount + pixel, channel] = colorVariance.squareRoot() * value
        }
      }
      return factor
    }
    return LowRankMixture(means: templates.painted(colorMeans), factors: factors, weights: weights)
  }
}
