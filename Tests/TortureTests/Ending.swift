// SPDX-License-Identifier: MIT
import Foundation

/// How a command ended, and what any end of any command must be.
struct Ending {
  let words: [String]
  let status: Child.Status
  let output: Data
  let errors: Data

  var code: Int32? { if case .code(let code) = status { code } else { nil } }

  private var lines: [String] { String(decoding: errors, as: UTF8.self).split(separator: "\n").map(String.init) }
  private static let (warning, error) = ("verbatim: warning: ", "verbatim: error: ")
  var errorLines: [String] { lines.filter { $0.hasPrefix(Self.error) } }
  var warnings: [String] { lines.filter { $0.hasPrefix(Self.warning) } }
  /// Progress, unless it was not wanted.
  private var otherLines: [String] { lines.filter { !$0.hasPrefix(Self.error) && !$0.hasPrefix(Self.warning) } }
  private var isQuiet: Bool {
    !["run", "transition", "train"].contains(words.first) || words.contains("-q") || words.contains("--quiet")
  }

  /// One JSON object, or nil.
  var json: [String: Any]? { (try? JSONSerialization.jsonObject(with: output)) as? [String: Any] }

  /// What is wrong: a signal, no end, another code than those allowed, more or less than one line of error with
  /// 2 and 3, any with 0 and 1, control characters.
  func problems(allowed: Set<Int32>) -> [String] {
    let command = "verbatim \(words.map { String($0.prefix(120)).debugDescription }.joined(separator: " "))"
    let said = lines.map { String($0.prefix(300)) }.prefix(3).joined(separator: " | ")
    guard let code else { return ["\(command): \(status): \(said)"] }
    var problems: [String] = []
    if !allowed.contains(code) { problems.append("\(command): exit \(code), allowed \(allowed.sorted()): \(said)") }
    let wanted = code == 2 || code == 3 ? 1 : 0
    if (0...3).contains(code), errorLines.count != wanted {
      problems.append("\(command): exit \(code) with \(errorLines.count) lines of error: \(said)")
    }
    if isQuiet, let line = otherLines.first {
      problems.append("\(command): a line that is none of the program's: \(line.prefix(300))")
    }
    let hidden = String(decoding: errors, as: UTF8.self).unicodeScalars.first { scalar in
      scalar.properties.generalCategory == .control && scalar != "\n"
    }
    if let hidden {
      problems.append("\(command): the character \(hidden.value) on standard error: \(said.debugDescription)")
    }
    return problems
  }
}
