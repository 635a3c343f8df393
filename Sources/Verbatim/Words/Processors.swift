// SPDX-License-Identifier: MIT
internal import Foundation

/// Processors of this machine.
enum Processors {
  /// The threads of a request that names none.
  static var count: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// The threads of a request: as many as it names, or all processors. Throws `RequestError` for numbers out of range.
  static func threads(_ wanted: Int?) throws(RequestError) -> Int {
    guard let wanted else { return count }
    guard (1...1024).contains(wanted) else {
      throw RequestError("threads: '\(wanted)' is out of range; allowed: 1 to 1024")
    }
    return wanted
  }
}
