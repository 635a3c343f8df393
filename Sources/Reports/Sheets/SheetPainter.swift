// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Kernels
internal import Pictures

/// Turns rows of matrices into pictures, and pictures into sheets of one look.
struct SheetPainter {
  let images: ImageSettings

  /// Pictures per row.
  static let columns = 12
  /// The pixels of a full row, at most: twice the width of the page's column.
  private static let rowPixels = 1600
  private static let border = 12

  var pixels: Int { images.height * images.width }

  /// Row i of (n, h w): values of pixels in reading order.
  func gray(_ values: some Collection<Double>) -> Picture {
    Picture(height: images.height, width: images.width, values: Array(values))
  }

  /// A row of (n, C h w), channel by channel: coloured of three channels, else the first one in grey.
  func sample(_ values: ArraySlice<Double>) -> Picture {
    guard images.channels == 3 else { return gray(values.prefix(pixels)) }
    let start = values.startIndex
    let interleaved = (0..<pixels).flatMap { pixel in
      (0..<3).map { channel in values[start + channel * pixels + pixel] }
    }
    return Picture(height: images.height, width: images.width, channels: 3, values: interleaved)
  }

  /// Pictures in rows of twelve; those whose places are `marked` are framed.
  func sheet(
    _ name: String, _ alternative: String, _ caption: MarkedText, _ pictures: [Picture], range: ClosedRange<Double>,
    marked: Set<Int> = [], notes: [PictureSheet.Note] = []
  ) throws(PictureError) -> PictureSheet {
    // Pairs one below the other keep their columns, however few they are.
    let columns = notes.isEmpty ? min(Self.columns, pictures.count) : notes.count
    let rows = (pictures.count + columns - 1) / columns
    var sheet = ContactSheet(rows: rows, columns: columns, pictures: pictures, range: range)
    sheet.scale = max(1, (Self.rowPixels - (Self.columns + 1) * Self.border) / (Self.columns * images.width))
    sheet.border = Self.border
    sheet.marked = marked
    let size = sheet.size
    return PictureSheet(
      name: name, alternative: alternative, caption: caption, notes: notes, png: try sheet.png(), width: size.width,
      height: size.height)
  }

  /// How samples are drawn, for captions.
  static let sampleRange = -2.0...2.0
  var sampleWords: String {
    (images.channels == 3 ? "" : "Of \(images.channels) channels the first, in grey. ")
      + "Values from \u{2212}2 to 2, zero is mid-grey; values outside are clipped."
  }
}
