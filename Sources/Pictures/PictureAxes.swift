// SPDX-License-Identifier: MIT

/// How the axes of an array are those of pictures.
struct PictureAxes: Equatable {
  let shape: PictureShape
  let layout: PictureLayout

  /// Throws `PictureError` where the array's shape and what the caller says contradict each other or leave a choice.
  init(_ array: NPYArray, options: PictureOptions) throws(PictureError) {
    let sizes = array.shape
    switch sizes.count {
    case 2: self.init(try Self.rows(array, options.shape), options.layout ?? .channelsLast)
    case 3: self.init(PictureShape(height: sizes[1], width: sizes[2]), .channelsLast)
    case 4:
      let layout = if let layout = options.layout { layout } else { try Self.layout(array) }
      let channels = layout == .channelsLast ? sizes[3] : sizes[1]
      guard channels == 1 || channels == 3 else {
        throw .malformed(
          path: array.path,
          problem: "as \(layout.rawValue) its shape \(sizes) has \(channels) channels; allowed are 1 and 3")
      }
      let (height, width) = layout == .channelsLast ? (sizes[1], sizes[2]) : (sizes[2], sizes[3])
      self.init(PictureShape(height: height, width: width, channels: channels), layout)
    default:
      throw .malformed(
        path: array.path,
        problem: "its shape \(sizes) has \(sizes.count) axes; allowed: (N, H, W), (N, H, W, C), (N, C, H, W), (N, d)")
    }
  }

  private init(_ shape: PictureShape, _ layout: PictureLayout) { (self.shape, self.layout) = (shape, layout) }

  /// The one axis of four that can be channels.
  private static func layout(_ array: NPYArray) throws(PictureError) -> PictureLayout {
    let fitting = [1, 3].map { array.shape[$0] == 1 || array.shape[$0] == 3 }
    switch (fitting[0], fitting[1]) {
    case (true, false): return .channelsFirst
    case (false, true): return .channelsLast
    case (true, true):
      throw .malformed(path: array.path, problem: "its shape \(array.shape) may be NHWC or NCHW: say which")
    case (false, false):
      throw .malformed(path: array.path, problem: "its shape \(array.shape) has no axis of 1 or 3 channels")
    }
  }

  /// What a row of an (N, d) array is.
  private static func rows(_ array: NPYArray, _ shape: PictureShape?) throws(PictureError) -> PictureShape {
    let columns = array.shape[1]
    guard let shape else { return PictureShape(height: 1, width: columns) }
    let (area, overflow) = shape.height.multipliedReportingOverflow(by: shape.width)
    let (size, overflows) = area.multipliedReportingOverflow(by: shape.channels)
    let isPicture = shape.height > 0 && shape.width > 0 && (shape.channels == 1 || shape.channels == 3)
    guard isPicture, !overflow, !overflows, size == columns else {
      throw .malformed(path: array.path, problem: "its rows have \(columns) values, which are no \(shape) picture")
    }
    return shape
  }
}
