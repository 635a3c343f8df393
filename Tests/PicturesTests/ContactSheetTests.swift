// SPDX-License-Identifier: MIT
import Foundation
import Pictures
import Testing

struct ContactSheetTests {
  /// The sheet written to a file and read by the folder reader.
  private func readBack(_ sheet: ContactSheet) throws -> PictureSet {
    let folder = try ScratchFolder()
    try sheet.write(to: "\(folder.path)/sheet.png")
    #expect(folder.names == ["sheet.png"])
    return try PictureFolder.read(folder.path)
  }

  @Test("sheet: gray pictures in their places, upsampled, clamped, with border and hole")
  func gray() throws {
    let first = Picture(height: 1, width: 2, values: [-1, 1])
    let second = Picture(height: 1, width: 2, values: [0, 5])
    let third = Picture(height: 1, width: 2, values: [.nan, -.infinity])
    var sheet = ContactSheet(rows: 2, columns: 2, pictures: [first, second, third], range: -1...1)
    (sheet.scale, sheet.border, sheet.shade) = (2, 1, 9)
    let set = try readBack(sheet)
    #expect((set.height, set.width, set.channels) == (7, 11, 1))
    let rim = [UInt8](repeating: 9, count: 11)
    let top: [UInt8] = [9, 0, 0, 255, 255, 9, 128, 128, 255, 255, 9]
    let bottom: [UInt8] = [9, 9, 9, 0, 0, 9, 9, 9, 9, 9, 9]
    #expect(set.pixels == rim + top + top + rim + bottom + bottom + rim)
  }

  @Test("sheet: one coloured picture makes it coloured; gray ones stay gray")
  func colour() throws {
    let gray = Picture(height: 1, width: 1, values: [0.5])
    let red = Picture(height: 1, width: 1, channels: 3, values: [1, 0, 0.2])
    var sheet = ContactSheet(rows: 1, columns: 2, pictures: [gray, red])
    (sheet.scale, sheet.border) = (1, 0)
    let set = try readBack(sheet)
    #expect((set.height, set.width, set.channels) == (1, 2, 3))
    #expect(set.pixels == [128, 128, 128, 255, 0, 51])
  }

  @Test("sheet: same pictures, same bytes; sides beyond the limit are refused")
  func bytes() throws {
    let picture = Picture(height: 2, width: 2, values: [0, 0.3, 0.6, 1])
    var sheet = ContactSheet(rows: 3, columns: 1, pictures: [picture, picture])
    #expect(try sheet.png() == sheet.png())
    sheet.scale = 20_000
    #expect(message { _ = try sheet.png() }.contains("120008 x 40004 pixels; allowed are 65535"))
  }

  @Test("sheet: a place that cannot be written is one line")
  func unwritable() throws {
    let folder = try ScratchFolder()
    let sheet = ContactSheet(rows: 1, columns: 1, pictures: [Picture(height: 1, width: 1, values: [1])])
    let line = message { try sheet.write(to: "\(folder.path)/none/sheet.png") }
    #expect(line == "cannot write \(folder.path)/none/sheet.png: No such file or directory")
    #expect(message { try sheet.write(to: folder.path) }.contains("cannot write \(folder.path): "))
    #expect(folder.names.isEmpty)
  }
}
