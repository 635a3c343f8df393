// SPDX-License-Identifier: MIT
import Foundation
import Pictures
import Testing

struct IDXFileTests {
  private let pixels = (0..<24).map { UInt8($0 * 10) }
  private var pictures: [UInt8] { Encoded.idx(2051, [2, 3, 4], pixels) }
  private var labels: [UInt8] { Encoded.idx(2049, [2], [7, 255]) }

  @Test("IDX: plain and gzip give the same pictures and labels", arguments: [false, true])
  func pictures(compressed: Bool) throws {
    let folder = try ScratchFolder()
    let pictureFile = try folder.put(compressed ? Encoded.gzip(pictures) : pictures, "p")
    let labelFile = try folder.put(compressed ? Encoded.gzip(labels) : labels, "l")
    let set = try PictureSet(pictures: IDXFile(reading: pictureFile), labels: IDXFile(reading: labelFile))
    #expect(set == PictureSet(count: 2, height: 3, width: 4, channels: 1, pixels: pixels, labels: [7, 255]))
    #expect(set[1][2, 3] == 230 && set.name(1) == "1")
    #expect(try PictureSet(reading: pictureFile, options: PictureOptions(labels: labelFile)) == set)
  }

  @Test("IDX: the digest is that of the decompressed file")
  func digest() throws {
    let folder = try ScratchFolder()
    // printf '\0\0\010\001\0\0\0\001\052' | sha256sum
    let path = try folder.put(Encoded.gzip(Encoded.idx(2049, [1], [42])), "l")
    #expect(try IDXFile(reading: path).digest == "6855a6ab42c2b92a61e729a61ec012ebc72e471ee68893d2155abf85e6280daf")
  }

  @Test(
    "IDX: sizes and magic numbers that lie are refused with value and reason",
    arguments: [
      (Encoded.idx(2050, [1], [1]), "magic number is 2050"),
      (Encoded.idx(2051, [2, 3, 4], Array(repeating: 0, count: 23)), "ends after 23 of the 24 bytes of its pictures"),
      (Encoded.idx(2051, [2, 3, 4], Array(repeating: 0, count: 25)), "goes on after the pictures"),
      (Encoded.idx(2051, [0, 28, 28], []), "declares 0 x 28 x 28 values"),
      (Encoded.idx(2051, [4_294_967_295, 4_294_967_295, 4_294_967_295], []), "more than the limit of 8589934592"),
      (Encoded.idx(2051, [8_000_000, 28, 28], [1, 2]), "ends after 2 of the 6272000000 bytes"),
      (Encoded.idx(2049, [3], [1, 2]), "ends after 2 of the 3 bytes of its labels"),
      (Encoded.big(2051) + [0, 0], "ends after 2 of the 12 bytes of its header"), ([], "ends after 0 of the 4 bytes"),
    ])
  func refused(bytes: [UInt8], reason: String) throws {
    let folder = try ScratchFolder()
    for (name, contents) in [("plain", bytes), ("packed", Encoded.gzip(bytes))] {
      let path = try folder.put(contents, name)
      let line = message { _ = try IDXFile(reading: path) }
      #expect(line.contains(name) && line.contains(reason), "\(line)")
    }
  }

  @Test("IDX: gzip cut off anywhere or with a flipped bit is refused")
  func damagedGzip() throws {
    let folder = try ScratchFolder()
    let bytes = Encoded.gzip(pictures)
    for count in 0..<bytes.count {
      let path = try folder.put(bytes.prefix(count), "cut.gz")
      #expect(message { _ = try IDXFile(reading: path) }.hasPrefix(path), "\(count) of \(bytes.count)")
    }
    var flipped = bytes
    flipped[bytes.count - 6] ^= 1  // in the checksum
    let path = try folder.put(flipped, "flipped.gz")
    #expect(message { _ = try IDXFile(reading: path) }.contains("damaged"))
  }

  @Test("IDX: a gzip bomb is read no further than its header says, and no further than the limit")
  func bomb() throws {
    let folder = try ScratchFolder()
    let zeros = [UInt8](repeating: 0, count: 50_000_000)
    let path = try folder.put(Encoded.gzip(Encoded.idx(2051, [1, 2, 2], zeros)), "bomb.gz")
    #expect(message { _ = try IDXFile(reading: path) }.contains("goes on after the pictures"))
    let honest = try folder.put(Encoded.gzip(Encoded.idx(2051, [50, 1000, 1000], zeros)), "large.gz")
    #expect(message { _ = try IDXFile(reading: honest, limit: 1 << 20) }.contains("more than the limit of 1048576"))
    #expect(try IDXFile(reading: honest, limit: 50_000_000).values == zeros)
  }

  @Test("IDX: pictures and labels that do not belong together are refused")
  func mismatched() throws {
    let folder = try ScratchFolder()
    let pictures = try IDXFile(reading: folder.put(pictures, "p"))
    let labels = try IDXFile(reading: folder.put(Encoded.idx(2049, [3], [0, 1, 2]), "l"))
    #expect(message { _ = try PictureSet(pictures: pictures, labels: labels) }.contains("3 labels"))
    #expect(message { _ = try PictureSet(pictures: labels) }.contains("holds labels"))
    #expect(message { _ = try PictureSet(pictures: pictures, labels: pictures) }.contains("holds pictures"))
  }

  @Test("gzip of an unknown method is refused in the same words whatever else is open")
  func unknownMethod() throws {
    let folder = try ScratchFolder()
    let path = try folder.put([0x1F, 0x8B, 0x54, 0], "a")
    let line = message { _ = try PictureSet(reading: path) }
    #expect(line == "\(path): its compressed data are damaged (unknown compression method)")
    #expect(message { _ = try PictureStore(reading: path, into: "\(folder.path)/flat") } == line)
  }

  @Test("IDX: labels that a header only promises are counted, not read")
  func promisedLabels() throws {
    let folder = try ScratchFolder()
    let path = try folder.put(pictures, "p")
    let labels = try folder.put(Encoded.gzip(Encoded.idx(2049, [1_000_000_000], [1])), "l")
    let line = message { _ = try PictureSet(reading: path, options: PictureOptions(labels: labels)) }
    #expect(line == "\(labels): it has 1000000000 labels, \(path) has 2 pictures")
    let store = message {
      _ = try PictureStore(reading: path, options: PictureOptions(labels: labels), into: "\(folder.path)/flat")
    }
    #expect(store == line)
  }

  @Test("a path that is missing, a folder, a pipe or a device is an error, not a wait")
  func specialFiles() throws {
    let folder = try ScratchFolder()
    #expect(message { _ = try IDXFile(reading: "\(folder.path)/none") }.contains("No such file"))
    #expect(message { _ = try IDXFile(reading: folder.path) }.contains("not a regular file"))
    #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
    #expect(message { _ = try IDXFile(reading: "\(folder.path)/pipe") }.contains("not a regular file"))
    #expect(message { _ = try PictureSet(reading: "/dev/zero") }.contains("not a regular file"))
  }
}
