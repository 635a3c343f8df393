// SPDX-License-Identifier: MIT
internal import CProcess
internal import Files
internal import Foundation

/// A file's bytes as the system maps them: read on demand, given back under memory pressure.
///
/// A class because it owns the mapping; unchecked because its pointer is read only and lives as long.
final class PixelMapping: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  private let slot: Int32

  /// The first `count` bytes of an open file, which may be closed afterwards.
  init(_ descriptor: Int32, count: Int, path: String) throws(PictureError) {
    guard count > 0 else {
      (bytes, slot) = (UnsafeRawBufferPointer(start: nil, count: 0), -1)
      return
    }
    let start = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let start, start != MAP_FAILED else { throw .system(action: "map", path: path, code: errno) }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
    slot = vb_mapping_add(start, count, PrintableText.line(path))
  }

  deinit {
    vb_mapping_remove(slot)
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }
}
