// SPDX-License-Identifier: MIT
internal import Distributions
internal import Files
internal import Kernels
public import Pictures

extension DataSettings {
  /// The system these settings describe, its data drawn: stream "data" of the data seed.
  ///
  /// Throws `PictureError` for a source of templates that cannot be read.
  public func laboratory() throws -> any Laboratory {
    guard let images else { return IsotropicLaboratory(dataset) }
    return try laboratory(images, pictures: images.pictures())
  }

  /// The same of pictures that were read before.
  public func laboratory(_ images: ImageSettings, pictures: PictureSet) throws(PictureError) -> ImageLaboratory {
    let key = RandomKey(seed: dataSeed).child("data")
    let templates = try TemplateSet(
      drawing: trueComponents, from: pictures, height: images.height, width: images.width,
      key: key.child("templates"))
    let law = ColoredTemplateLaw(
      templates: templates.values, colorMeans: Matrix(rows: trueComponents, columns: images.channels),
      colorVariance: variance)
    return ImageLaboratory(
      ColoredDataset(law: law, trainingCount: samples, heldOutCount: heldOutSamples, key: key), settings: images)
  }
}

extension ImageSettings {
  /// The pictures from which templates are drawn.
  public func pictures() throws(PictureError) -> PictureSet {
    source == Self.fashionMNIST ? try FashionMNIST.read() : try PictureSet(reading: source)
  }
}

extension Study {
  /// Reads the sources of templates once, so that what is wrong with them is said before anything is written.
  ///
  /// Returns the SHA-256 of the source's pixels, nil for isotropic clusters. Throws `PictureError`. Cost: reading the
  /// pictures once.
  @discardableResult
  public func requirePictures() throws -> String? {
    guard let images = settings.images else { return nil }
    let pictures = try images.pictures()
    var seen: Set<[Int]> = []
    for data in configurations.map(\.data)
    where seen.insert([data.trueComponents, Int(truncatingIfNeeded: data.dataSeed)]).inserted {
      _ = try data.laboratory(images, pictures: pictures)
    }
    return SHA256.hex([pictures.pixels])
  }
}
