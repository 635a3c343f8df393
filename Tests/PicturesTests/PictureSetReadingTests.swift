// SPDX-License-Identifier: MIT
import Kernels
import Pictures
import Testing

struct PictureSetReadingTests {
  @Test(
    "files of no known form are refused by what they begin with",
    arguments: [
      ([], "it is empty"), (Array("hello".utf8), "begins with 68 65 6c 6c (hex)"), ([0x80, 4, 0x95], "pickled"),
      (Encoded.png(1, 1, 1, [0]), "a single picture"),
      (Encoded.jpeg(8, 8, 1, [UInt8](repeating: 0, count: 64)), "a single picture"),
      (Encoded.gzip(Array("hello".utf8)), "begins with 68 65 6c 6c"),
      ([0, 0, 8, 4, 0, 0, 0, 1], "magic number is 2052"),
    ])
  func unknown(bytes: [UInt8], reason: String) throws {
    let folder = try ScratchFolder()
    let path = try folder.put(bytes, "a")
    let line = message { _ = try PictureSet(reading: path) }
    #expect(line.hasPrefix("\(path): ") && line.contains(reason), "\(line)")
  }

  /// One valid file of each form.
  private static func valid(_ form: String) throws -> [UInt8] {
    let pixels = (0..<48).map { UInt8(truncatingIfNeeded: $0 * $0 * 11) }
    switch form {
    case "idx": return Encoded.idx(2051, [3, 4, 4], pixels)
    case "idx.gz": return Encoded.gzip(Encoded.idx(2051, [3, 4, 4], pixels))
    case "npy": return Encoded.npy("<f4", [1, 3, 4], Encoded.floats((0..<12).map { Float($0) / 12 }))
    case "png": return Encoded.png(4, 4, 3, pixels)
    case "jpg": return Encoded.jpeg(4, 4, 3, pixels)
    default:
      let folder = try ScratchFolder()
      let path = "\(folder.path)/a"
      let inner = form == "zip-npy" ? "npy" : "png"
      try EncodedZip.write([("a.\(inner)", valid(inner))], to: path)
      return try folder.bytes("a")
    }
  }

  @Test(
    "changed bytes give an error or pictures, never a crash",
    arguments: ["idx", "idx.gz", "npy", "png", "jpg", "zip", "zip-npy"])
  func changed(form: String) throws {
    let folder = try ScratchFolder()
    let original = try Self.valid(form)
    let isPicture = form == "png" || form == "jpg"
    var refused = 0
    for trial in 0..<150 {
      let key = RandomKey(seed: 9).child(form).child(trial)
      var bytes = original
      for (place, value) in zip(key.child("place").integers(3, below: bytes.count), key.integers(3, below: 256)) {
        bytes[place] = UInt8(value)
      }
      let path = try folder.put(bytes, isPicture ? "a.png" : "a")
      let options = PictureOptions(limit: 1 << 24)
      let line = message { _ = try PictureSet(reading: isPicture ? folder.path : path, options: options) }
      if !line.isEmpty { refused += 1 }
    }
    #expect(refused > 15, "\(refused) of 150 refused")
  }
}
