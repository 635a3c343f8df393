// SPDX-License-Identifier: MIT

/// How the axes of an array are those of pictures.
struct PictureAxes {
  let shape: PictureShape
  /// The axes in short: "NHWC", "rows of 28 x 28 x 1".
  let description: String
  private let layout: PictureLayout

  /// Throws `PictureError` where the array's shape and what the caller says contradict each other or leave a choice.
  init(_ sizes: [Int], path: String, options: PictureOptions) throws(PictureError) {
    switch sizes.count {
    case 2:
      let shape = try Self.rows(sizes[1], path, options.shape)
      self.init(shape, options.layout ?? .channelsLast, "rows of \(shape)")
    case 3: self.init(PictureShape(height: sizes[1], width: sizes[2]), .channelsLast, "NHW")
    case 4:
      let layout = if let layout = options.layout { layout } else { try Self.layout(sizes, path) }
      let channels = layout == .channelsLast ? sizes[3] : sizes[1]
      guard channels == 1 || channels == 3 else {
        throw .malformed(
          path: path,
          problem: "as \(layout.rawValue) its shape \(sizes) has \(channels) channels; allowed are 1 and 3")
      }
      let (height, width) = layout == .channelsLast ? (sizes[1], sizes[2]) : (sizes[2], sizes[3])
      self.init(PictureShape(height: height, width: width, channels: channels), layout, layout.rawValue)
    default:
      throw .malformed(
        path: path,
        problem: "its shape \(sizes) has \(sizes.count) axes; allowed: (N, H, W), (N, H, W, C), (N, C, H, W), (N, d)")
    }
  }

  private init(_ shape: PictureShape, _ layout: PictureLayout, _ description: String) {
    (self.shape, self.layout, self.description) = (shape, layout, description)
  }

  /// Whether the channels of a picture lie one after the other.
  var isPlanar: Bool { layout == .channelsFirst && shape.channels > 1 }

  /// Whole pictures with their channels last.
  func channelsLast(_ pixels: [UInt8]) -> [UInt8] {
    guard isPlanar else { return pixels }
    let (area, channels) = (shape.height * shape.width, shape.channels)
    return [UInt8](unsafeUninitializedCapacity: pixels.count) { moved, filled in
      for start in stride(from: 0, to: pixels.count, by: area * channels) {
        for place in 0..<area {
          for channel in 0..<channels {
            moved[filled] = pixels[start + channel * area + place]
            filled += 1
          }
        }
      }
    }
  }

  /// The one axis of four that can be channels.
  private static func layout(_ sizes: [Int], _ path: String) throws(PictureError) -> PictureLayout {
    let fitting = [1, 3].map { sizes[$0] == 1 || sizes[$0] == 3 }
    switch (fitting[0], fitting[1]) {
    case (true, false): return .channelsFirst
    case (false, true): return .channelsLast
    case (true, true):
      throw .malformed(path: path, problem: "its shape \(sizes) may be NHWC or NCHW: say which")
    case (false, false):
      throw .malformed(path: path, problem: "its shape \(sizes) has no axis of 1 or 3 channels")
    }
  }

  /// What a row of an (N, d) array is.
  private static func rows(
    _ columns: Int, _ path: String, _ shape: PictureShape?
  ) throws(PictureError) -> PictureShape {
    guard let shape else { return PictureShape(height: 1, width: columns) }
    let (area, overflow) = shape.height.multipliedReportingOverflow(by: shape.width)
    let (size, overflows) = area.multipliedReportingOverflow(by: shape.channels)
    let isPicture = shape.height > 0 && shape.width > 0 && (shape.channels == 1 || shape.channels == 3)
    guard isPicture, !overflow, !overflows, size == columns else {
      throw .malformed(path: path, problem: "its rows have \(columns) values, which do not make a \(shape) picture")
    }
    return shape
  }
}

/// The order of the axes of an array of pictures.
public enum PictureLayout: String, Sendable, CaseIterable {
  /// (N, H, W, C), as NumPy and JAX write pictures.
  case channelsLast = "NHWC"
  /// (N, C, H, W), as PyTorch holds them.
  case channelsFirst = "NCHW"
}
