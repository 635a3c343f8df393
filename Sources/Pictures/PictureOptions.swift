// SPDX-License-Identifier: MIT

/// What a file of pictures does not say by itself.
public struct PictureOptions: Sendable, Equatable {
  /// The most bytes of pixels, or of an array's elements, to hold: larger files are refused before they are read.
  public var limit: Int
  /// What floats mean; nil takes the only range that fits, and refuses where none does.
  public var range: ValueRange?
  /// The order of the axes of (N, H, W, C) or (N, C, H, W); nil takes the one axis that can be channels.
  public var layout: PictureLayout?
  /// The shape of a row of an (N, d) array; nil takes rows as gray pictures one pixel high.
  public var shape: PictureShape?
  /// Which array of an npz file: nil takes `arr_0`, or the only one.
  public var array: String?
  /// An IDX file of labels, for an IDX file of pictures.
  public var labels: String?

  /// 8 GiB: FFHQ at 128 x 128 takes 3.2, ImageNet at 64 x 64 does not fit.
  public static let standardLimit = 8 << 30

  /// By default all is taken as found, up to 8 GiB.
  public init(
    limit: Int = PictureOptions.standardLimit, range: ValueRange? = nil, layout: PictureLayout? = nil,
    shape: PictureShape? = nil, array: String? = nil, labels: String? = nil
  ) {
    (self.limit, self.range, self.layout) = (limit, range, layout)
    (self.shape, self.array, self.labels) = (shape, array, labels)
  }
}
