// SPDX-License-Identifier: MIT
import Foundation
import Synchronization

/// Standard error: logs, warnings, errors. Standard output is for results alone.
enum Console {
  static func log(_ line: String) { write(line + "\n") }
  static func warning(_ line: String) { write("verbatim: warning: " + line + "\n") }
  static func error(_ line: String) { write("verbatim: error: " + line + "\n") }
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// One JSON document on standard output: keys sorted, no trailing text.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    FileHandle.standardOutput.write(try encoder.encode(value) + Data("\n".utf8))
  }
}

/// SIGINT and SIGTERM end the work after what is finished has been stored; a second signal ends the process.
enum Interruption {
  private static let requested = Atomic<Bool>(false)

  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  static func install() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.requested.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }
}
