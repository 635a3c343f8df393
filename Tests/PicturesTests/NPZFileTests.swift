// SPDX-License-Identifier: MIT
import Foundation
import Pictures
import Testing

struct NPZFileTests {
  private let four = Encoded.npy("|u1", [1, 2, 2], [1, 2, 3, 4])
  private let expected = PictureSet(count: 1, height: 2, width: 2, channels: 1, pixels: [1, 2, 3, 4])

  /// `numpy.savez(file, a, b)` of NumPy 2.4.6: a = arange(24) as (2, 2, 2, 3) bytes, b = (5, -1) as integers.
  @Test("npz: what NumPy writes, stored and deflated", arguments: ["stored", "deflated"])
  func numpy(name: String) throws {
    let file = try #require(Bundle.module.url(forResource: name, withExtension: "npz", subdirectory: "Golden"))
    let set = try PictureSet(reading: file.path)
    let pixels = (0..<24).map { UInt8($0) }
    #expect(set == PictureSet(count: 2, height: 2, width: 2, channels: 3, pixels: pixels, labels: [5, -1]))
    #expect(try NPZFile.array("arr_1", of: file.path).shape == [2])
  }

  @Test("npz: the array that is asked for, or arr_0, or the only one")
  func choice() throws {
    let folder = try ScratchFolder()
    let path = "\(folder.path)/a.npz"
    try EncodedZip.write([("images.npy", four), ("notes.txt", [1])], to: path)
    #expect(try PictureSet(reading: path) == expected)
    let other = Encoded.npy("|u1", [1, 1, 1], [9])
    try EncodedZip.write([("x.npy", other), ("images.npy", four)], to: path)
    #expect(try PictureSet(reading: path, options: PictureOptions(array: "images")) == expected)
    #expect(message { _ = try PictureSet(reading: path) }.contains("no array 'arr_0' in it; it has images, x"))
    let absent = message { _ = try NPZFile.read(path, options: PictureOptions(array: "y")) }
    #expect(absent.contains("no array 'y' in it"), "\(absent)")
    try EncodedZip.write([("a.txt", [1])], to: path)
    #expect(message { _ = try NPZFile.read(path) }.contains("it has none"))
  }

  @Test("npz: other arrays are named; those of three axes and more may hold pictures that were not looked at")
  func others() throws {
    let folder = try ScratchFolder()
    let path = "\(folder.path)/a.npz"
    let statistics = Encoded.npy("|u1", [2, 2], [1, 2, 3, 4])
    try EncodedZip.write([("arr_0.npy", four), ("sigma.npy", statistics), ("more.npy", four)], to: path)
    let leftOut = try PictureSet(reading: path).leftOut
    #expect(leftOut.kinds == ["array": 1] && leftOut.names == ["sigma.npy"])
    #expect(leftOut.unread == 1 && leftOut.unreadNames == ["more.npy (npy, not read)"])
  }

  @Test("npz: labels that do not fit are refused")
  func labels() throws {
    let folder = try ScratchFolder()
    let path = "\(folder.path)/a.npz"
    let cases: [(String, [Int], [UInt8], String)] = [
      ("|u1", [2], [1, 2], "2 labels for 1 pictures"), ("|u1", [1, 1], [1], "labels are whole numbers"),
      ("<f4", [1], Encoded.floats([1]), "labels are whole numbers"),
      ("<i8", [1], Array(repeating: 127, count: 8), "is beyond 2^53"),
    ]
    for (type, shape, data, reason) in cases {
      try EncodedZip.write([("arr_0.npy", four), ("arr_1.npy", Encoded.npy(type, shape, data))], to: path)
      let line = message { _ = try PictureSet(reading: path) }
      #expect(line.contains("a.npz, arr_1.npy: ") && line.contains(reason), "\(line)")
    }
  }

  @Test("npz: bombs stop at what the header says, at the limit, or at the declared size", arguments: [true, false])
  func bombs(deflated: Bool) throws {
    let folder = try ScratchFolder()
    let path = "\(folder.path)/a.npz"
    let zeros = [UInt8](repeating: 0, count: 20_000_000)
    try EncodedZip.write([("a.npy", Encoded.npy("|u1", [1, 2, 2], zeros))], to: path, deflated: deflated)
    #expect(message { _ = try PictureSet(reading: path) }.contains("goes on after the array"))
    let small = PictureOptions(limit: 1 << 20)
    #expect(message { _ = try PictureSet(reading: path, options: small) }.contains("more than the limit of"))
    try EncodedZip.write([("a.npy", Encoded.npy("|u1", [20, 1000, 1000], zeros))], to: path, deflated: deflated)
    #expect(try PictureSet(reading: path).count == 20)
  }

  @Test("npz: sizes in the directory that lie are refused", arguments: [0, 1, 100, 200_000, UInt32.max - 1])
  func lyingSizes(claimed: UInt32) throws {
    let folder = try ScratchFolder()
    for deflated in [true, false] {
      let path = "\(folder.path)/a.npz"
      try EncodedZip.write([("a.npy", four)], to: path, deflated: deflated)
      var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      let entry = try #require((0..<bytes.count - 4).last { Array(bytes[$0..<$0 + 4]) == [0x50, 0x4B, 1, 2] })
      bytes.replaceSubrange(entry + 24..<entry + 28, with: Encoded.big(claimed).reversed())
      try folder.put(bytes, "a.npz")
      let line = message { _ = try PictureSet(reading: path) }
      #expect(line.hasPrefix(path), "\(deflated) \(line)")
    }
  }

  @Test("npz: labels that a header only promises are counted, not read")
  func promisedLabels() throws {
    let folder = try ScratchFolder()
    let path = "\(folder.path)/a.npz"
    let labels = Encoded.npy("|u1", [1_000_000_000], [1])
    try EncodedZip.write([("arr_0.npy", four), ("arr_1.npy", labels)], to: path)
    let line = message { _ = try PictureSet(reading: path) }
    #expect(line == "\(path), arr_1.npy: it has 1000000000 labels for 1 pictures")
  }

  @Test("npz: cut off anywhere or with a flipped bit in its data, it is refused")
  func damaged() throws {
    let folder = try ScratchFolder()
    let path = "\(folder.path)/a.npz"
    try EncodedZip.write([("a.npy", four)], to: path, deflated: false)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    for count in 0..<bytes.count {
      try folder.put(bytes.prefix(count), "a.npz")
      #expect(message { _ = try PictureSet(reading: path) }.hasPrefix(path), "\(count) of \(bytes.count)")
    }
    let place = try #require((0..<bytes.count - 4).first { Array(bytes[$0..<$0 + 4]) == [1, 2, 3, 4] })
    var flipped = bytes
    flipped[place] ^= 8
    try folder.put(flipped, "a.npz")
    #expect(message { _ = try PictureSet(reading: path) }.contains("CRC error"))
  }
}
