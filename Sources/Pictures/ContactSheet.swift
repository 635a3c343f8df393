// SPDX-License-Identifier: MIT
internal import Files
internal import Foundation

/// Pictures of one size in a grid, row by row, as a PNG file.
///
/// Values are clamped to `range`; one that is no number is drawn as the border, as a hole. Gray pictures make a gray
/// sheet; one coloured picture makes it coloured.
public struct ContactSheet: Sendable, Equatable {
  /// Places from top to bottom.
  public let rows: Int
  /// Places from left to right.
  public let columns: Int
  /// At most rows * columns; places left over are drawn as the border.
  public let pictures: [Picture]
  /// The values that are black and white.
  public var range: ClosedRange<Double> = 0...1
  /// Each value becomes a square of this many pixels.
  public var scale = 4
  /// Pixels between pictures and around them.
  public var border = 2
  /// The border's gray, 0 to 255.
  public var shade: UInt8 = 255
  /// Places of pictures that get a black frame, a third as thick as the border.
  public var marked: Set<Int> = []
  private static let largestSide = 65_535

  /// One picture at least and one for each place at most, all of one height and width; others stop the program.
  public init(rows: Int, columns: Int, pictures: [Picture], range: ClosedRange<Double> = 0...1) {
    precondition(rows >= 1 && columns >= 1, "\(rows) x \(columns) places")
    precondition(pictures.count <= rows * columns, "\(pictures.count) pictures in \(rows) x \(columns) places")
    let sizes = Set(pictures.map { [$0.height, $0.width] })
    precondition(sizes.count == 1, "pictures of \(sizes.count) sizes")
    (self.rows, self.columns, self.pictures, self.range) = (rows, columns, pictures, range)
  }

  /// The file's bytes; throws `PictureError.invalid` if a side is above 65,535 pixels.
  public func png() throws(PictureError) -> [UInt8] {
    precondition(scale >= 1 && border >= 0 && range.lowerBound < range.upperBound, "scale \(scale), border \(border)")
    let side = size
    guard side.height <= Self.largestSide, side.width <= Self.largestSide else {
      throw .invalid("a contact sheet of \(side.height) x \(side.width) pixels; allowed are \(Self.largestSide) a side")
    }
    let channels = pictures.contains { $0.channels == 3 } ? 3 : 1
    var pixels = [UInt8](repeating: shade, count: side.height * side.width * channels)
    for (index, picture) in pictures.enumerated() {
      let top = border + index / columns * (picture.height * scale + border)
      let left = border + index % columns * (picture.width * scale + border)
      if marked.contains(index) { frame(picture, channels, into: &pixels, at: (top, left), width: side.width) }
      draw(picture, channels, into: &pixels, at: (top, left), width: side.width)
    }
    let sheet = DecodedPicture(height: side.height, width: side.width, channels: channels, pixels: pixels)
    return try PNGCodec.encode(sheet, path: "contact sheet")
  }

  /// Writes the file as a whole: whoever reads sees the old one or the new one.
  ///
  /// Throws `PictureError`.
  public func write(to path: String) throws(PictureError) {
    let bytes = try png()
    do throws(StoreError) { try AtomicFile.write(bytes, to: path) } catch {
      guard case .system(let action, let path, let code) = error else { throw .invalid("\(error)") }
      throw .system(action: action, path: path, code: code)
    }
  }

  /// Pixels of the sheet.
  public var size: (height: Int, width: Int) {
    (side(rows, pictures[0].height), side(columns, pictures[0].width))
  }

  private func side(_ count: Int, _ length: Int) -> Int { border + count * (length * scale + border) }

  private func draw(
    _ picture: Picture, _ channels: Int, into pixels: inout [UInt8], at corner: (top: Int, left: Int), width: Int
  ) {
    for row in 0..<picture.height * scale {
      for column in 0..<picture.width * scale {
        let start = ((corner.top + row) * width + corner.left + column) * channels
        for channel in 0..<channels {
          pixels[start + channel] = level(picture[row / scale, column / scale, min(channel, picture.channels - 1)])
        }
      }
    }
  }

  /// Blackens the picture's place and a third of the border around it: neighbours' frames do not touch.
  private func frame(
    _ picture: Picture, _ channels: Int, into pixels: inout [UInt8], at corner: (top: Int, left: Int), width: Int
  ) {
    let thickness = border / 3
    let columns = corner.left - thickness..<corner.left + picture.width * scale + thickness
    for row in corner.top - thickness..<corner.top + picture.height * scale + thickness {
      for byte in (row * width + columns.lowerBound) * channels..<(row * width + columns.upperBound) * channels {
        pixels[byte] = 0
      }
    }
  }

  private func level(_ value: Double) -> UInt8 {
    guard !value.isNaN else { return shade }
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return UInt8((255 * max(0, min(1, share))).rounded())
  }
}
