// SPDX-License-Identifier: MIT

/// Zip files whose entries are stored, with the checksums and sizes that belong to them.
enum ZipWriter {
  /// Entries from bytes: a length (1), a name of that length, a size (2, little endian), contents of that size; again.
  static func entries(_ bytes: ArraySlice<UInt8>) -> [(name: [UInt8], contents: [UInt8])] {
    var (rest, entries) = (bytes, [(name: [UInt8], contents: [UInt8])]())
    while let length = rest.popFirst(), entries.count < 16 {
      let name = Array(rest.prefix(Int(length)))
      rest = rest.dropFirst(Int(length))
      let size = rest.prefix(2).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(2)
      entries.append((name, Checksum.repaired(png: Array(rest.prefix(size)))))
      rest = rest.dropFirst(size)
    }
    return entries
  }

  static func zip(_ entries: [(name: [UInt8], contents: [UInt8])]) -> [UInt8] {
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, contents) in entries {
      let sum = Checksum.of(contents[...])
      let size = UInt32(contents.count)
      let common = little(sum, 4) + little(size, 4) + little(size, 4) + little(UInt32(name.count), 2) + little(0, 2)
      let offset = UInt32(file.count)
      file += Array("PK\u{3}\u{4}".utf8) + little(20, 2) + little(0, 8) + common + name + contents
      directory += Array("PK\u{1}\u{2}".utf8) + little(20, 2) + little(20, 2) + little(0, 8) + common
      directory += little(0, 10) + little(offset, 4) + name
    }
    let count = little(UInt32(entries.count), 2)
    let end = little(0, 4) + count + count + little(UInt32(directory.count), 4) + little(UInt32(file.count), 4)
    return file + directory + Array("PK\u{5}\u{6}".utf8) + end + little(0, 2)
  }

  private static func little(_ number: UInt32, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 4 ? UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) : 0 }
  }
}
