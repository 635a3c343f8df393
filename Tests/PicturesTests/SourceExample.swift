// SPDX-License-Identifier: MIT
import Pictures
import Testing

/// A small source of each form that is read: arrays of more than one of the blocks they are read in.
struct SourceExample: CustomTestStringConvertible, Sendable {
  let name: String
  /// What `PictureSet.form` says.
  let form: String
  var options = PictureOptions()

  var testDescription: String { name }

  static let all = [
    SourceExample(name: "idx", form: "IDX"), SourceExample(name: "idx.gz", form: "gzip IDX"),
    SourceExample(name: "u1.npy", form: "npy uint8, NHWC"),
    SourceExample(name: "f4.npy", form: "npy float32 in -1..1, NCHW"),
    SourceExample(name: "f4.npy.gz", form: "gzip npy float32 in -1..1, NCHW"),
    SourceExample(name: "f8.npy", form: "npy float64 in 0..255, NHW", options: PictureOptions(range: .bytes)),
    SourceExample(
      name: "rows.npy", form: "npy uint8, rows of 4 x 4 x 3",
      options: PictureOptions(layout: .channelsFirst, shape: PictureShape(height: 4, width: 4, channels: 3))),
    SourceExample(name: "npz", form: "npz float32 in -1..1, NCHW"),
    SourceExample(name: "named.npz", form: "npz uint8, NHWC", options: PictureOptions(array: "x")),
    SourceExample(name: "zip", form: "zip of PNG and JPEG"), SourceExample(name: "folder", form: "folder of PNG"),
    SourceExample(name: "cifar.bin", form: "CIFAR-10"), SourceExample(name: "batches", form: "CIFAR-10"),
  ]

  /// Bytes without a pattern.
  static func noise(_ count: Int) -> [UInt8] {
    (0..<UInt32(count)).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
  }

  /// Floats from -1 to 1.
  static var signed: [UInt8] {
    Encoded.npy("<f4", [40, 3, 64, 64], Encoded.floats(noise(40 * 3 * 64 * 64).map { Float($0) / 127.5 - 1 }))
  }

  private static func records(_ count: Int) -> [UInt8] {
    let pixels = noise(3072)
    return (0..<count).flatMap { [UInt8($0 % 10)] + pixels.map { $0 &+ 7 } }
  }

  /// Writes the source and gives its path.
  func write(in folder: ScratchFolder) throws -> String {
    let path = "\(folder.path)/\(name)"
    let array = Encoded.npy("|u1", [100, 64, 64, 3], Self.noise(100 * 64 * 64 * 3))
    switch name {
    case "idx": try folder.put(Encoded.idx(2051, [300, 64, 64], Self.noise(300 * 64 * 64)), name)
    case "idx.gz": try folder.put(Encoded.gzip(Encoded.idx(2051, [300, 64, 64], Self.noise(300 * 64 * 64))), name)
    case "u1.npy": try folder.put(array, name)
    case "f4.npy": try folder.put(Self.signed, name)
    case "f4.npy.gz": try folder.put(Encoded.gzip(Self.signed), name)
    case "f8.npy":
      let values = Self.noise(50 * 64 * 64).map { Double($0) / 300 }
      try folder.put(Encoded.npy("<f8", [50, 64, 64], Encoded.doubles(values)), name)
    case "rows.npy": try folder.put(Encoded.npy("|u1", [30_000, 48], Self.noise(30_000 * 48)), name)
    case "npz":
      let labels = Encoded.npy("<i4", [40], Self.noise(40).flatMap { [$0, 0, 0, 0] })
      try EncodedZip.write([("arr_0.npy", Self.signed), ("arr_1.npy", labels)], to: path)
    case "named.npz": try EncodedZip.write([("x.npy", array), ("y.npy", [])], to: path, deflated: false)
    case "zip": try writeZip(path)
    case "folder":
      try folder.put(Encoded.png(4, 4, 1, Self.noise(16)), "folder/a/0.png")
      try folder.put(Encoded.png(4, 4, 3, Self.noise(48)), "folder/b/1.png")
    case "cifar.bin": try folder.put(Self.records(300), name)
    default:
      try folder.put(Self.records(300), "\(name)/data_batch_1.bin")
      try folder.put(Self.records(2), "\(name)/data_batch_2.bin")
    }
    return path
  }

  private func writeZip(_ path: String) throws {
    let labels = #"{"labels": [["0.png", 6], ["1.jpg", 2]]}"#
    try EncodedZip.write(
      [
        ("0.png", Encoded.png(8, 8, 1, Self.noise(64))), ("1.jpg", Encoded.jpeg(8, 8, 3, Self.noise(192))),
        ("dataset.json", Array(labels.utf8)),
      ], to: path)
  }
}
