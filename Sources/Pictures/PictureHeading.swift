// SPDX-License-Identifier: MIT

/// What a source of pictures holds besides the pixels, which its reader gives to a sink.
struct PictureHeading {
  let count: Int
  let shape: PictureShape
  var labels: [Int]?
  var classes: [String]?
  var names: [String]?
  let form: PictureForm?
  var leftOut = LeftOut()
}

extension PictureSet {
  /// The heading as it stands.
  var heading: PictureHeading {
    PictureHeading(
      count: count, shape: PictureShape(height: height, width: width, channels: channels), labels: labels,
      classes: classes, names: names, form: form, leftOut: leftOut)
  }

  init(_ heading: PictureHeading, pixels: [UInt8]) {
    self.init(
      count: heading.count, height: heading.shape.height, width: heading.shape.width, channels: heading.shape.channels,
      pixels: pixels, labels: heading.labels, classes: heading.classes, names: heading.names, form: heading.form,
      leftOut: heading.leftOut)
  }

  /// A set from what `read` gives to a sink in memory.
  init(collecting read: (PixelMemory) throws(PictureError) -> PictureHeading) throws(PictureError) {
    let memory = PixelMemory()
    let heading = try read(memory)
    self.init(heading, pixels: memory.pixels)
  }
}
