// SPDX-License-Identifier: MIT
public import Denoisers

/// Pictures in place of isotropic clusters: K grey templates in random colours (section 4.2).
///
/// The templates are K pictures of a source, drawn at random, resized and scaled to [0, 1] over the set.
public struct ImageSettings: Sendable, Codable, Hashable {
  /// `fashion-mnist`, or the path of a file or folder that `Pictures` reads.
  public var source: String
  /// h, the rows of pixels after resizing.
  public var height: Int
  /// w, the columns of pixels after resizing.
  public var width: Int
  /// C, the channels of a colour.
  public var channels: Int
  /// Of the model, the samplers and the generalizing denoiser.
  public var logDeterminant: LogDeterminant

  /// The paper's pictures unless said otherwise: FashionMNIST, 15 x 15, 3 channels. Nothing is read or checked here.
  public init(
    source: String = fashionMNIST, height: Int = 15, width: Int = 15, channels: Int = 3,
    logDeterminant: LogDeterminant = .exact
  ) {
    (self.source, self.height, self.width, self.channels) = (source, height, width, channels)
    self.logDeterminant = logDeterminant
  }

  /// The `source` that stands for Debian's package of FashionMNIST (`dataset-fashion-mnist`).
  public static let fashionMNIST = "fashion-mnist"

  /// d = C h w.
  public var dimension: Int { channels * height * width }
}
