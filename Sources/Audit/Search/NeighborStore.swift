// SPDX-License-Identifier: MIT
internal import Files
internal import Foundation
public import Neighbors
internal import Pictures

/// Where finished blocks of a search are kept, so that an audit that was stopped goes on where it was.
public protocol NeighborStore: Sendable {
  /// The blocks of a pass that are there, in any order.
  func blocks(_ pass: NeighborPass, space: String) throws -> [NeighborTable]
  /// Keeps a finished block; called once for each, between the blocks of a search. What it throws ends the search.
  func keep(_ block: NeighborTable, _ pass: NeighborPass, space: String) throws
}

/// Keeps nothing.
public struct NoNeighborStore: NeighborStore {
  /// A store without a place.
  public init() {}
  /// None.
  public func blocks(_ pass: NeighborPass, space: String) -> [NeighborTable] { [] }
  /// Does nothing.
  public func keep(_ block: NeighborTable, _ pass: NeighborPass, space: String) {}
}

/// Blocks of neighbours as files of one folder, each written as a whole: `pixels-generated-0-4096.neighbors`.
///
/// The first line is `verbatim neighbors 2 KEY SPACE PASS FIRST END K SHA256`; then the indices (Int32) and the
/// distances (Float64), little endian, of which the checksum is. The key is a hash of inputs and settings: blocks of
/// another audit are not taken for this one's, and a damaged block is no block.
public struct NeighborFileStore: NeighborStore {
  /// Created when the first block is kept.
  public let folder: String
  /// What every block must name to be this audit's (`key(_:)`).
  public let key: String

  /// `key` without spaces: it is one word of a block's first line. Nothing is touched before a block is asked for or
  /// kept.
  public init(folder: String, key: String) { (self.folder, self.key) = (folder, key) }

  /// The blocks with this store's key that are whole; what is damaged or another audit's is left out. Cost: reads the
  /// pass.
  public func blocks(_ pass: NeighborPass, space: String) throws -> [NeighborTable] {
    let names = (try? Folder.names(in: folder)) ?? []
    // "holdout-" begins the names of the pass "holdout-tiled" too: the first line decides.
    return names.filter { $0.hasPrefix("\(space)-\(pass.rawValue)-") && $0.hasSuffix(Self.ending) }
      .compactMap { try? OpenFile.read("\(folder)/\($0)") }.compactMap { parse($0, pass, space) }
  }

  /// Writes one file as a whole. Throws `StoreError` where the folder cannot be made or written.
  public func keep(_ block: NeighborTable, _ pass: NeighborPass, space: String) throws {
    try Folder.create(folder)
    let name = "\(space)-\(pass.rawValue)-\(block.rows.lowerBound)-\(block.rows.upperBound)\(Self.ending)"
    let payload = Self.payload(block)
    let heading = heading(pass, space, block.rows, block.count, SHA256.hex([payload]))
    let path = "\(folder)/\(name)"
    try AtomicFile.replace(Array("\(heading)\n".utf8) + payload, at: path)
  }

  /// Removes the blocks, and what a killed process left of one: an audit that is finished needs them no more.
  public func removeAll() {
    for name in (try? Folder.names(in: folder)) ?? [] where name.hasSuffix(Self.ending) || AtomicFile.isTemporary(name)
    {
      unlink("\(folder)/\(name)")
    }
    rmdir(folder)
  }

  /// A key for what blocks depend on, in words: equal for equal lists. 32 hexadecimal digits.
  public static func key(_ parts: [String]) -> String {
    String(SHA256.hex(parts.map { Array($0.utf8) + [0] }).prefix(32))
  }

  private static let ending = ".neighbors"

  private func heading(
    _ pass: NeighborPass, _ space: String, _ rows: Range<Int>, _ count: Int, _ checksum: String
  ) -> String {
    "verbatim neighbors 2 \(key) \(space) \(pass.rawValue) \(rows.lowerBound) \(rows.upperBound) \(count) \(checksum)"
  }

  private static func payload(_ block: NeighborTable) -> [UInt8] {
    LittleEndian.bytes(block.indices) + LittleEndian.bytes(block.distances.map(\.bitPattern))
  }

  /// nil for files of another audit, for damaged ones, and for what is no such file.
  private func parse(_ bytes: [UInt8], _ pass: NeighborPass, _ space: String) -> NeighborTable? {
    guard let end = bytes.prefix(300).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let line = String(decoding: bytes[..<end], as: UTF8.self)
    let words = line.split(separator: " ")
    guard words.count == 10, let first = Int(words[6]), let last = Int(words[7]), let k = Int(words[8]), 0 <= first,
      first < last, k >= 1
    else { return nil }
    let (cells, overflow) = (last - first).multipliedReportingOverflow(by: k)
    let payload = Array(bytes[(end + 1)...])
    guard !overflow, cells <= payload.count, payload.count == cells * 12,
      line == heading(pass, space, first..<last, k, SHA256.hex([payload]))
    else { return nil }
    return NeighborTable(
      rows: first..<last, count: k, indices: LittleEndian.integers(Int32.self, payload, from: 0, count: cells),
      distances: LittleEndian.integers(UInt64.self, payload, from: 4 * cells, count: cells).map(
        Double.init(bitPattern:)))
  }
}
