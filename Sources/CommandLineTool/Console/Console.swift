// SPDX-License-Identifier: MIT
import Files
import Foundation
import Verbatim

/// Standard error: logs, warnings, errors. Standard output is for results alone.
enum Console {
  static func log(_ line: String) { write(Self.line(line) + "\n") }
  static func warning(_ line: String) { write("verbatim: warning: " + Self.line(line) + "\n") }
  static func error(_ line: String) { write("verbatim: error: " + Self.line(line) + "\n") }
  /// What cannot be written to standard error is lost: it must not end the work.
  static func write(_ text: String) { try? StandardOutput.error.write(Array(text.utf8)) }

  /// One line of progress, drawn over itself on a terminal and left out elsewhere.
  static func status(_ line: String) { if errorIsTerminal { write("\r\u{1B}[K" + line) } }
  static func clearLine() { status("") }

  /// A result on standard output; a closed or full one is a failure, not a crash.
  static func result(_ text: String) throws { try output(Array((text + "\n").utf8)) }

  private static func output(_ bytes: [UInt8]) throws {
    // Whoever has told us to stop no longer waits for it.
    try Interruption.check()
    do throws(StoreError) { try StandardOutput.output.write(bytes) } catch {
      throw WorkError("standard output cannot be written: \(words(error))")
    }
  }

  /// Without the advice that is meant for run folders.
  private static func words(_ error: StoreError) -> String {
    guard case .system(_, _, let code) = error else { return error.reason }
    return switch code {
    case ENOSPC, EDQUOT: "its disk is full"
    case EFBIG: "it has reached the limit on file sizes"
    default: error.reason
    }
  }

  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// One JSON document on standard output, and no trailing text.
  static func json(_ value: some Encodable) throws { try output(try JSONDocument.encode(value) + Array("\n".utf8)) }

  /// Names of strangers and words of other programs, on one line and without commands to the terminal.
  static func line(_ text: String) -> String { PrintableText.oneLine(text) }
}
