// SPDX-License-Identifier: MIT
import Foundation
import Pictures
import Testing

struct PictureFolderTests {
  private let gray = (0..<12).map { UInt8(20 * $0) }
  private let colour = (0..<36).map { UInt8(7 * $0) }

  @Test("folder: recursive, in the order of paths, classes from sub-folders, other files left out")
  func order() throws {
    let folder = try ScratchFolder()
    for (shade, name) in [(1, "b/1.png"), (2, "b/0/9.PNG"), (3, "a/x.jpeg"), (4, "b-a/y.png")] {
      let pixels = [UInt8](repeating: UInt8(shade * 16), count: 64)
      let isJPEG = name.hasSuffix("jpeg")
      try folder.put(isJPEG ? Encoded.jpeg(8, 8, 1, pixels) : Encoded.png(8, 8, 1, pixels), name)
    }
    try folder.put([1, 2, 3], "b/.hidden.png")
    try folder.put([1, 2, 3], "b/notes.txt")
    let set = try PictureSet(reading: folder.path)
    #expect(set.names == ["a/x.jpeg", "b-a/y.png", "b/0/9.PNG", "b/1.png"])
    #expect((0..<4).map { set[$0][7, 7] } == [48, 64, 32, 16])
    #expect(set.classes == ["a", "b", "b-a"] && set.labels == [0, 2, 1, 1])
    try folder.put(Encoded.png(8, 8, 1, [UInt8](repeating: 0, count: 64)), "top.png")
    #expect(try PictureSet(reading: folder.path).labels == nil)
  }

  @Test("gray pictures among coloured ones become coloured, whichever comes first", arguments: [true, false])
  func mixed(grayFirst: Bool) throws {
    let folder = try ScratchFolder()
    try folder.put(Encoded.png(3, 4, 1, gray), grayFirst ? "a.png" : "z.png")
    try folder.put(Encoded.png(3, 4, 3, colour), "m.png")
    let set = try PictureFolder.read(folder.path)
    let wide = gray.flatMap { [$0, $0, $0] }
    #expect(set.channels == 3 && set.pixels == (grayFirst ? wide + colour : colour + wide))
  }

  @Test("folder: what cannot be used is refused with the file's name and the reason")
  func refused() throws {
    let folder = try ScratchFolder()
    var halfTransparent = gray.flatMap { [$0, UInt8(255)] }
    halfTransparent[5] = 254
    let cmyk = Encoded.jpeg(8, 8, 4, [UInt8](repeating: 9, count: 256))
    let cases: [(String, [UInt8], String)] = [
      ("alpha.png", Encoded.png(3, 4, 2, halfTransparent), "transparent in places"),
      ("deep.png", Encoded.deepPNG(3, 4), "16 bits per channel"), ("text.png", Array("hello".utf8), "neither PNG nor"),
      ("empty.jpg", [], "neither PNG nor JPEG"), ("print.jpg", cmyk, "CMYK"),
      ("fake.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "not a readable JPEG"),
    ]
    for (name, bytes, reason) in cases {
      let inside = try folder.makeFolder("of \(name)")
      try folder.put(bytes, "of \(name)/\(name)")
      let line = message { _ = try PictureFolder.read(inside) }
      #expect(line.contains("/\(name): ") && line.contains(reason), "\(line)")
    }
    let empty = try folder.makeFolder("empty")
    #expect(message { _ = try PictureSet(reading: empty) } == "\(empty): no PNG or JPEG picture in it")
    #expect(message { _ = try PictureSet(reading: "\(folder.path)/none") }.contains("No such file"))
    #expect(message { _ = try PictureFolder.read("\(folder.path)/none") }.contains("No such file"))
  }

  @Test("folder: pictures of two sizes are refused, naming both")
  func sizes() throws {
    let folder = try ScratchFolder()
    try folder.put(Encoded.png(3, 4, 1, gray), "a.png")
    try folder.put(Encoded.png(4, 3, 1, gray), "b.png")
    let line = message { _ = try PictureFolder.read(folder.path) }
    #expect(
      line == "\(folder.path)/b.png: it is 4 x 3 (height x width), but a.png is 3 x 4: all pictures of a set must "
        + "have one size")
  }

  @Test("links to files and folders are followed; round in a circle, they are refused")
  func links() throws {
    let folder = try ScratchFolder()
    try folder.put(Encoded.png(3, 4, 1, gray), "real/a.png")
    let set = try folder.makeFolder("set")
    try folder.link("set/file.png", to: "../real/a.png")
    try folder.link("set/folder", to: "../real")
    #expect(try PictureFolder.read(set).names == ["file.png", "folder/a.png"])
    try folder.link("real/loop", to: "..")
    #expect(message { _ = try PictureFolder.read(set) }.contains("round in a circle"))
  }

  @Test("control characters in names reach no terminal")
  func names() throws {
    let folder = try ScratchFolder()
    try folder.put([1], "a\u{1b}[2J\nb.png")
    let line = message { _ = try PictureFolder.read(folder.path) }
    #expect(line.contains("a\\u{1b}[2J\\u{a}b.png") && !line.contains("\n"))
  }
}
