// SPDX-License-Identifier: MIT

/// Bytes that are in memory already.
struct MemoryStream: ByteStream {
  let path: String
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8], path: String) { (self.path, rest) = (path, bytes[...]) }

  mutating func next(_ count: Int) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }
}
