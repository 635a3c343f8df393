// SPDX-License-Identifier: MIT
internal import Files

/// CIFAR-10's binary version: records of a label and 32 x 32 pixels, all red ones, all green ones, all blue ones.
///
/// https://www.cs.toronto.edu/~kriz/cifar.html
public enum CIFAR10 {
  /// The two parts of the set, as its folder names them.
  public enum Split: String, Sendable {
    /// The five training batches, 50,000 pictures.
    case training = "data_batch_"
    /// The test batch, 10,000 pictures.
    case test = "test_batch"
  }

  private static let side = 32
  private static let recordSize = 1 + 3 * side * side

  /// The batches of a split in a folder, or one file; throws `PictureError`. Cost: 0.4 s for 50,000 pictures.
  public static func read(
    _ path: String, split: Split = .training, limit: Int = PictureOptions.standardLimit
  ) throws(PictureError) -> PictureSet {
    try PictureSet { memory throws(PictureError) in try copy(path, split: split, limit: limit, into: memory) }
  }

  static func copy(
    _ path: String, split: Split = .training, limit: Int, into sink: some PictureSink
  ) throws(PictureError) -> PictureHeading {
    guard FolderWalk.isFolder(path) else { return try copy(batches: [path], limit: limit, into: sink) }
    let names = try batches(split, in: path)
    guard !names.isEmpty else {
      throw .malformed(path: path, problem: "no file \(split.rawValue)*.bin in it")
    }
    var heading = try copy(batches: names.map { "\(path)/\($0)" }, limit: limit, into: sink)
    // Batches lie with a page and a list of classes; pictures beside them are not CIFAR-10's.
    heading.leftOut = try FolderWalk(path, extensions: [], taken: Set(names)).leftOut
    return heading
  }

  /// Whether a folder has batches of the split.
  static func isFolder(_ path: String, split: Split) throws(PictureError) -> Bool {
    try !batches(split, in: path).isEmpty
  }

  private static func batches(_ split: Split, in path: String) throws(PictureError) -> [String] {
    try FolderWalk.entries(in: RawPath(path)).compactMap { String(validating: $0, as: UTF8.self) }
      .filter { $0.hasPrefix(split.rawValue) && $0.hasSuffix(".bin") }
  }

  private static func copy(
    batches: [String], limit: Int, into sink: some PictureSink
  ) throws(PictureError) -> PictureHeading {
    var labels: [Int] = []
    for path in batches { labels += try copy(batch: path, limit: limit - sink.count, into: sink) }
    return PictureHeading(
      count: labels.count, shape: PictureShape(height: side, width: side, channels: 3), labels: labels,
      form: PictureForm("CIFAR-10"))
  }

  /// Copies the pixels and gives the labels.
  private static func copy(batch path: String, limit: Int, into sink: some PictureSink) throws(PictureError) -> [Int] {
    var stream = try FileStream(path)
    let size = stream.size
    guard size <= limit else { throw PictureFile.tooLarge(path, size, limit) }
    guard size > 0, size % recordSize == 0 else {
      throw .malformed(
        path: path, problem: "it has \(size) bytes, not a multiple of the \(recordSize) of a CIFAR-10 record")
    }
    var labels: [Int] = []
    try stream.blocks(size, by: 256 * recordSize, of: "records") { records throws(PictureError) in
      for start in stride(from: 0, to: records.count, by: recordSize) {
        guard records[start] < 10 else {
          throw .malformed(
            path: path, problem: "record \(labels.count) has the label \(records[start]); allowed are 0 to 9")
        }
        labels.append(Int(records[start]))
      }
      try sink.append(interleaved(records))
    }
    return labels
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
