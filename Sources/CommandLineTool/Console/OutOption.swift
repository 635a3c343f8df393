// SPDX-License-Identifier: MIT
import ArgumentParser
import Files
import Verbatim

/// What must hold of an `--out` before any work is done.
enum OutOption {
  /// It names something.
  static func check(_ out: String?) throws {
    if let out, out.isEmpty { throw ValidationError("--out: '' names nothing; allowed: a path") }
  }

  /// Writing `out` spares the files that are read, whatever they are called.
  static func check(_ out: String?, spares inputs: [String]) throws {
    for input in inputs {
      if let out, FileIdentity.isSame(out, input) {
        throw Failure.Usage(description: "--out: '\(out)' is '\(input)', which is read; allowed: another file")
      }
    }
  }
}

extension Gnuplot {
  /// The program, looked for before any work; a signal ends what it draws. `otherwise` says how to do without.
  static func required(otherwise: String) throws -> Gnuplot {
    do throws(FigureError) { return try find(isCancelled: { Interruption.isRequested }) } catch {
      throw WorkError("\(error); \(otherwise)")
    }
  }
}
