// SPDX-License-Identifier: MIT
import CProcess

/// SIGINT and SIGTERM end every command within two seconds and with code 3, whatever it does.
///
/// Work that asks for `isRequested` ends in its own way, most in milliseconds; after 1.5 seconds, or at a second signal,
/// the process is ended where it stands: run folders and evidence are safe against kill -9, so nothing is lost.
enum Interruption {
  static var isRequested: Bool { vb_interruption_requested() }

  static func install() { vb_interruption_install() }

  /// The command keeps what it has finished, and goes on from there: said when it is interrupted.
  static func keepsWork() { vb_interruption_keeps_work() }

  static func check() throws(CancellationError) { if isRequested { throw CancellationError() } }

  /// Says that the command was interrupted, and ends the process.
  static func end() -> Never { vb_interruption_end() }
}
