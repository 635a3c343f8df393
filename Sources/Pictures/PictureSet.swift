// SPDX-License-Identifier: MIT

/// Pictures of one size, 8 bits per channel: a value.
///
/// `pixels` holds picture after picture, in each row after row, in each row pixel after pixel, in each pixel channel
/// after channel (NHWC). One channel is gray, three are red, green, blue as stored (no colour management).
public struct PictureSet: Sendable, Equatable {
  /// Pictures.
  public let count: Int
  /// Rows of pixels of each.
  public let height: Int
  /// Columns of pixels of each.
  public let width: Int
  /// 1 or 3.
  public let channels: Int
  /// `count * height * width * channels` values, 0 to 255.
  public let pixels: [UInt8]
  /// One class per picture, if the source has classes.
  public let labels: [Int]?
  /// What the labels are called, where the source says: `classes[label]`.
  public let classes: [String]?
  /// One name per picture, relative to the source, if the source has names.
  public let names: [String]?
  /// How the pictures were found; nil where they were not read from a source.
  public let form: PictureForm?
  /// What lies in the source and was not read.
  public let leftOut: LeftOut

  /// Throws nothing: shapes that do not fit are the caller's mistake. Readers check before.
  public init(
    count: Int, height: Int, width: Int, channels: Int, pixels: [UInt8], labels: [Int]? = nil,
    classes: [String]? = nil, names: [String]? = nil, form: PictureForm? = nil, leftOut: LeftOut = LeftOut()
  ) {
    precondition(channels == 1 || channels == 3, "\(channels) channels")
    precondition(
      pixels.count == count * height * width * channels,
      "\(pixels.count) pixels of shape (\(count), \(height), \(width), \(channels))")
    precondition(labels.map { $0.count == count } ?? true, "\(labels?.count ?? 0) labels of \(count) pictures")
    precondition(names.map { $0.count == count } ?? true, "\(names?.count ?? 0) names of \(count) pictures")
    (self.count, self.height, self.width, self.channels) = (count, height, width, channels)
    (self.pixels, self.labels, self.classes, self.names) = (pixels, labels, classes, names)
    (self.form, self.leftOut) = (form, leftOut)
  }

  /// Whether pictures, labels and names are the same, whatever the form they were read from.
  public static func == (left: PictureSet, right: PictureSet) -> Bool {
    (left.count, left.height, left.width, left.channels) == (right.count, right.height, right.width, right.channels)
      && left.labels == right.labels && left.classes == right.classes && left.names == right.names
      && left.pixels == right.pixels
  }

  /// Values of one picture: height * width * channels.
  public var pictureSize: Int { height * width * channels }

  /// What reports call a picture: its name in the source, or else its index.
  public func name(_ index: Int) -> String { names?[index] ?? String(index) }

  /// The index-th picture, its values 0 to 255.
  public subscript(index: Int) -> Picture {
    let values = pixels[index * pictureSize..<(index + 1) * pictureSize].map { Double($0) }
    return Picture(height: height, width: width, channels: channels, values: values)
  }
}

extension PictureSet {
  /// Reads pictures from a file or folder of any known form, told apart by content.
  ///
  /// A folder with CIFAR-10's batches (the training ones if there are any) or of PNG and JPEG files; IDX, npy (each
  /// plain or gzip), npz, a zip of pictures, one CIFAR-10 batch (`.bin`). Throws `PictureError`.
  public init(reading path: String, options: PictureOptions = PictureOptions()) throws(PictureError) {
    try self.init { memory throws(PictureError) in try PictureReader.read(path, options, into: memory) }
  }
}

extension PictureSet {
  /// Pictures in an array (N, H, W), (N, H, W, C), (N, C, H, W) or (N, d), of bytes or of floats cut to 256 levels.
  ///
  /// Throws `PictureError` where shape, layout or range leave more than one reading, or none.
  public init(
    array: NPYArray, labels: [Int]? = nil, options: PictureOptions = PictureOptions()
  ) throws(PictureError) {
    let pixels = try NPYPixels(path: array.path, element: array.element, shape: array.shape, options: options)
    try self.init { memory throws(PictureError) in
      try pixels.copy("array", labels: labels, into: memory) { () throws(PictureError) in
        MemoryStream(array.bytes, path: array.path)
      }
    }
  }
}
