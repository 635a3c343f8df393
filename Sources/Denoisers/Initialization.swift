// SPDX-License-Identifier: MIT

/// How a trainable mixture starts. A headline factor of every result: it is named in every report.
public enum Initialization: Sendable, Codable, Hashable {
  /// The paper's start: means are M distinct training samples, one shared standard deviation.
  case partialMemorization(std: Double)
  /// Means ~ N(0, scale^2 I).
  case gaussian(scale: Double, std: Double)
  /// Means uniform on the sphere of the given radius; nil is sqrt(d).
  case sphere(radius: Double?, std: Double)
  /// The data law's own means; needs M = K.
  case truth(std: Double)

  /// Appendix H: std 1e-3 at M distinct training samples.
  public static let paper = Initialization.partialMemorization(std: 1e-3)

  /// The image model's: colour std 1e-6 at templates and colours of M distinct training samples.
  public static let images = Initialization.partialMemorization(std: 1e-6)

  /// The name used in studies and reports.
  public var name: String {
    switch self {
    case .partialMemorization: "partial-memorization"
    case .gaussian: "gaussian"
    case .sphere: "sphere"
    case .truth: "truth"
    }
  }

  /// The one standard deviation that the model starts with.
  public var std: Double {
    switch self {
    case .partialMemorization(let std), .gaussian(_, let std), .sphere(_, let std), .truth(let std): std
    }
  }
}
