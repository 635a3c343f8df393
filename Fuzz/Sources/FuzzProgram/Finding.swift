// SPDX-License-Identifier: MIT
import Files

/// What must hold of any bytes; what does not ends the process, which libFuzzer reports.
enum Finding {
  static func require(_ holds: Bool, _ words: @autoclosure () -> String) {
    if !holds { fatalError(words()) }
  }

  /// As the program shows it, an error is a line of some length that a terminal only shows.
  static func requireLine(_ error: any Error) {
    let line = PrintableText.line("\(error)".split(whereSeparator: \.isNewline).joined(separator: " "))
    require(!line.isEmpty, "an error without words")
    let hidden = line.unicodeScalars.contains { scalar in
      [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
    require(!hidden, "an error with control characters: \(line)")
  }

  /// Reads, every fourth input twice, which must give the same; nil for an error, which must be one line.
  static func read<Value>(
    _ bytes: [UInt8], _ read: () throws -> Value, same: (Value, Value) -> Bool
  ) -> Value? {
    let first = Result { try read() }
    if bytes.reduce(0, &+) % 4 == 0 {
      switch (first, Result { try read() }) {
      case (.success(let a), .success(let b)): require(same(a, b), "read twice: \(a) and \(b)")
      case (.failure(let a), .failure(let b)): require("\(a)" == "\(b)", "read twice: \(a) and \(b)")
      case (let a, let b): fatalError("read twice: \(a) and \(b)")
      }
    }
    if case .failure(let error) = first { requireLine(error) }
    return try? first.get()
  }
}
