// SPDX-License-Identifier: MIT
internal import Distributions
internal import Kernels
internal import Pictures

extension DataSettings {
  /// The system these settings describe, its data drawn: stream "data" of the data seed.
  ///
  /// Throws `PictureError` for a source of templates that cannot be read.
  public func laboratory() throws -> any Laboratory {
    guard let images else { return IsotropicLaboratory(dataset) }
    let key = RandomKey(seed: dataSeed).child("data")
    let templates = try TemplateSet(
      drawing: trueComponents, from: images.pictures(), height: images.height, width: images.width,
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
  func pictures() throws(PictureError) -> PictureSet {
    source == Self.fashionMNIST ? try FashionMNIST.read() : try PictureSet(reading: source)
  }
}
