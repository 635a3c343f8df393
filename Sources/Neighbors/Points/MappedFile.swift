// SPDX-License-Identifier: MIT
internal import CProcess
internal import Files
internal import Foundation

/// A region of a file, mapped for reading: the system brings in and drops pages as they are used.
///
/// What is read of a file that was cut off meanwhile faults; `verbatim` then names the file (see CProcess).
package final class MappedFile: @unchecked Sendable {
  package let base: UnsafeRawPointer
  private let mapping: UnsafeMutableRawPointer
  private let length: Int
  private let slot: Int32

  /// Errors: no such file, not readable, or shorter than the region.
  package init(path: String, offset: Int, bytes: Int) throws(NeighborError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(action: "read", path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Int(status.st_size) >= offset + bytes else {
      throw .file(path: path, reason: "\(status.st_size) bytes, \(offset + bytes) needed")
    }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let start = offset / page * page
    length = max(offset - start + bytes, 1)
    guard let mapped = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, off_t(start)), mapped != MAP_FAILED else {
      throw .system(action: "map", path: path, code: errno)
    }
    mapping = mapped
    slot = vb_mapping_add(mapped, length, PrintableText.line(path))
    base = UnsafeRawPointer(mapped) + (offset - start)
  }

  deinit {
    vb_mapping_remove(slot)
    munmap(mapping, length)
  }
}
