// SPDX-License-Identifier: MIT
internal import Files
internal import Foundation
public import Neighbors

/// Blocks of neighbours as files of one folder, each written as a whole: `pixels-generated-0-4096.neighbors`.
///
/// The first line is `verbatim neighbors 1 KEY FIRST END K`; then the indices (Int32) and the distances (Float64), little
/// endian. The key is a hash of inputs and settings: blocks of another audit are not taken for this one's.
public struct NeighborFiles: NeighborStore {
  public let folder: String
  public let key: String

  public init(folder: String, key: String) { (self.folder, self.key) = (folder, key) }

  public func blocks(_ pass: NeighborPass, space: String) throws -> [NeighborTable] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix("\(space)-\(pass.rawValue)-") && $0.hasSuffix(Self.ending) }.sorted()
      .compactMap { try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)")) }.compactMap(parse)
  }

  public func keep(_ block: NeighborTable, _ pass: NeighborPass, space: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let name = "\(space)-\(pass.rawValue)-\(block.rows.lowerBound)-\(block.rows.upperBound)\(Self.ending)"
    try AtomicFile.write(bytes(block), to: "\(folder)/\(name)")
  }

  /// Removes the blocks: an audit that is finished needs them no more.
  public func removeAll() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasSuffix(Self.ending) { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }

  private static let ending = ".neighbors"

  private func bytes(_ block: NeighborTable) -> [UInt8] {
    let rows = block.rows
    var bytes = Array("verbatim neighbors 1 \(key) \(rows.lowerBound) \(rows.upperBound) \(block.count)\n".utf8)
    for index in block.indices { withUnsafeBytes(of: index.littleEndian) { bytes += $0 } }
    for distance in block.distances { withUnsafeBytes(of: distance.bitPattern.littleEndian) { bytes += $0 } }
    return bytes
  }

  /// nil for files of another audit, and for what is no such file.
  private func parse(_ data: Data) -> NeighborTable? {
    guard let end = data.prefix(300).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let words = String(decoding: data[..<end], as: UTF8.self).split(separator: " ")
    guard words.count == 7, words[..<3].joined(separator: " ") == "verbatim neighbors 1", words[3] == key,
      let first = Int(words[4]), let last = Int(words[5]), let k = Int(words[6]), 0 <= first, first < last, k >= 0
    else { return nil }
    let (cells, overflow) = (last - first).multipliedReportingOverflow(by: k)
    guard !overflow, cells <= data.count, data.count - end - 1 == cells * 12 else { return nil }
    return data.withUnsafeBytes { memory in
      let start = end + 1
      return NeighborTable(
        rows: first..<last, count: k,
        indices: (0..<cells).map {
          Int32(littleEndian: memory.loadUnaligned(fromByteOffset: start + 4 * $0, as: Int32.self))
        },
        distances: (0..<cells).map {
          Double(
            bitPattern: UInt64(
              littleEndian: memory.loadUnaligned(fromByteOffset: start + 4 * cells + 8 * $0, as: UInt64.self)))
        })
    }
  }
}
