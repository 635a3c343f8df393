// SPDX-License-Identifier: MIT
import Foundation
import Synchronization

/// Standard error: logs, warnings, errors. Standard output is for results alone.
enum Console {
  static func log(_ line: String) { write(line + "\n") }
  static func warning(_ line: String) { write("verbatim: warning: " + line + "\n") }
  static func error(_ line: String) { write("verbatim: error: " + line + "\n") }
  /// What cannot be written to standard error is lost: it must not end the work.
  static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

  /// One line of progress, drawn over itself on a terminal and left out elsewhere.
  static func status(_ line: String) { if errorIsTerminal { write("\r\u{1B}[K" + line) } }
  static func clearLine() { status("") }

  /// A result on standard output; a closed or full one is a failure, not a crash.
  static func result(_ text: String) throws { try output(Data((text + "\n").utf8)) }

  private static func output(_ data: Data) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      throw StudyFailure(description: "standard output cannot be written: is it closed, or its disk full?")
    }
  }

  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// One JSON document on standard output: keys sorted, no trailing text; what JSON has no number for is a text, as in
  /// the files.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    try output(try encoder.encode(value) + Data("\n".utf8))
  }
}

/// SIGINT and SIGTERM end the work after what is finished has been stored; a second signal ends the process.
enum Interruption {
  private static let requested = Atomic<Bool>(false)

  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  static func install() {
    // A parent may have blocked them, and a child inherits that.
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGINT, SIGTERM] { sigaddset(&set, number) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    // A reader that went away is an error of the write, not a signal.
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.requested.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }
}
