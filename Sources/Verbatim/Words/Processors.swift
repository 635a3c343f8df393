// SPDX-License-Identifier: MIT
internal import Foundation

/// Processors of this machine.
enum Processors {
  /// The threads of a request that names none.
  static var count: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}
