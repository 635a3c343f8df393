// SPDX-License-Identifier: MIT
import Foundation
import Pictures
import Testing

struct PictureCodecTests {
  private let gray = (0..<12).map { UInt8(20 * $0) }
  private let colour = (0..<36).map { UInt8(7 * $0) }

  @Test("PNG: gray, colour and opaque alpha give the stored pixels")
  func png() throws {
    let folder = try ScratchFolder()
    let grayAndAlpha: [UInt8] = gray.flatMap { [$0, 255] }
    let colourAndAlpha: [UInt8] = (0..<12).flatMap { place in colour[3 * place..<3 * place + 3] + [255] }
    let cases: [(Int, [UInt8], Int, [UInt8])] = [
      (1, gray, 1, gray), (2, grayAndAlpha, 1, gray), (3, colour, 3, colour), (4, colourAndAlpha, 3, colour),
    ]
    for (index, (channels, pixels, expected, values)) in cases.enumerated() {
      let inside = try folder.makeFolder("\(index)")
      try folder.put(Encoded.png(3, 4, channels, pixels), "\(index)/a.png")
      let set = try PictureFolder.read(inside)
      #expect(set == PictureSet(count: 1, height: 3, width: 4, channels: expected, pixels: values, names: ["a.png"]))
    }
  }

  @Test("PNG: a gamma or a text in the file changes no pixel")
  func otherChunks() throws {
    let folder = try ScratchFolder()
    var png = Encoded.png(3, 4, 1, gray)
    for (name, data) in [("gAMA", Encoded.big(100_000)), ("tEXt", Array("Title\u{0}x".utf8))] {
      let chunk = Array(name.utf8) + data
      // After the signature and the header of 25 bytes.
      png.insert(contentsOf: Encoded.big(UInt32(data.count)) + chunk + Encoded.checksum(chunk), at: 33)
    }
    try folder.put(png, "a.png")
    #expect(try PictureFolder.read(folder.path).pixels == gray)
  }

  @Test("JPEG: gray exactly where it is flat, colours within two levels")
  func jpeg() throws {
    let folder = try ScratchFolder()
    try folder.put(Encoded.jpeg(8, 16, 1, Array(repeating: 77, count: 128)), "gray.jpg")
    #expect(try PictureFolder.read(folder.path).pixels == Array(repeating: 77, count: 128))
    let smooth: [UInt8] = (0..<64 as Range<UInt8>).flatMap { [100 + $0, 200 - $0, 50] }
    let other = try folder.makeFolder("other")
    try folder.put(Encoded.jpeg(8, 8, 3, smooth), "other/a.jpg")
    let set = try PictureFolder.read(other)
    #expect(set.channels == 3 && zip(set.pixels, smooth).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
  }

  @Test("PNG and JPEG cut off are refused")
  func cut() throws {
    let folder = try ScratchFolder()
    let noise = (0..<256).map { UInt8(truncatingIfNeeded: $0 * $0 * 7) }
    let png = Encoded.png(16, 16, 1, noise)
    // The last chunk, IEND, holds nothing: 12 bytes.
    for count in stride(from: 4, to: png.count - 12, by: 5) {
      try folder.put(png.prefix(count), "a.png")
      #expect(message { _ = try PictureFolder.read(folder.path) }.contains("not a readable PNG"), "\(count)")
    }
    let jpeg = Encoded.jpeg(16, 16, 1, noise)
    for count in stride(from: 4, to: jpeg.count - 2, by: 5) {
      try folder.put(jpeg.prefix(count), "a.png")
      #expect(message { _ = try PictureFolder.read(folder.path) }.contains("not a readable JPEG"), "\(count)")
    }
  }

  @Test("sizes in a header beyond the limit are refused before anything is allocated")
  func limits() throws {
    let folder = try ScratchFolder()
    var png = Encoded.png(3, 4, 1, gray)
    png.replaceSubrange(16..<24, with: Encoded.big(1_000_000) + Encoded.big(1_000_000))
    png.replaceSubrange(29..<33, with: Encoded.checksum(Array(png[12..<29])))
    try folder.put(png, "a.png")
    let line = message { _ = try PictureFolder.read(folder.path) }
    #expect(line.contains("1000000 x 1000000 x 1 bytes, more than the limit of 268435456"), "\(line)")
    var jpeg = Encoded.jpeg(8, 8, 1, [UInt8](repeating: 9, count: 64))
    let frame = try #require((0..<jpeg.count - 1).first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0, 0xFF, 0])
    try folder.put(jpeg, "a.png")
    let other = message { _ = try PictureFolder.read(folder.path, limit: 1 << 20) }
    #expect(other.contains("65280 x 65280 x 1 bytes, more than the limit of 1048576"), "\(other)")
    // 12288 x 12288: as PNG it may be, as JPEG it would take 450 MB if it is progressive.
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0x30, 0, 0x30, 0])
    try folder.put(jpeg, "a.png")
    let large = message { _ = try PictureFolder.read(folder.path) }
    #expect(large.contains("12288 x 12288 x 1 bytes, more than the limit of 134217728"), "\(large)")
    try folder.put(Encoded.png(3, 4, 1, gray), "a.png")
    try folder.put(Encoded.png(3, 4, 1, gray), "b.png")
    #expect(message { _ = try PictureFolder.read(folder.path, limit: 23) }.contains("b.png"))
    #expect(try PictureFolder.read(folder.path, limit: 24).count == 2)
    try folder.put(Encoded.png(3, 4, 3, colour), "c.png")
    let full = message { _ = try PictureFolder.read(folder.path, limit: 70) }
    #expect(full.contains("c.png: with it the set takes more than the limit of 70"), "\(full)")
  }
}
