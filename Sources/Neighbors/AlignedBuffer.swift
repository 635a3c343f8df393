// SPDX-License-Identifier: MIT

/// Memory aligned to cache lines. Unchecked: tasks that share one write disjoint parts.
final class AlignedBuffer: @unchecked Sendable {
  let base: UnsafeMutableRawPointer

  init(bytes: Int) {
    base = .allocate(byteCount: max(bytes, 64), alignment: 64)
  }

  deinit { base.deallocate() }

  /// The values of a type from an offset in bytes on.
  func values<Value>(_ type: Value.Type, at offset: Int = 0) -> UnsafeMutablePointer<Value> {
    (base + offset).assumingMemoryBound(to: type)
  }
}
