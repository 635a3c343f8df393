// SPDX-License-Identifier: MIT
internal import Yams

extension StudyError {
  /// A parser's complaint in one line, at the line it points to.
  init(_ error: YamlError, text: String, at location: StudyLocation) {
    var location = location
    let lineCount = text.split(separator: "\n", omittingEmptySubsequences: false).count
    // The end of a text is reported on the line behind it.
    func point(_ mark: Mark) {
      if location.source != StudyLocation.commandLine { location.line = min(mark.line, lineCount) }
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      point(mark)
      self.init(location, problem: "is not YAML: \(problem)")
    case .composer(let context, let problem, let mark, _):
      point(mark)
      self.init(location, problem: "is not YAML: " + (context.map { $0.text + ", " } ?? "") + problem)
    case .duplicatedKeysInMapping(let keys, let context):
      // Of several keys the one that is repeated first: the parser gives them in any order.
      let repeated = keys.map { key in
        (line: Self.lastLine(of: key, in: text, after: context.mark.line) ?? context.mark.line, key: key)
      }.min { ($0.line, $0.key) < ($1.line, $1.key) }
      if location.source != StudyLocation.commandLine { location.line = repeated?.line ?? context.mark.line }
      self.init(location.inside(repeated?.key ?? ""), problem: "is given twice", allowed: "each key once")
    case .reader(let problem, let offset, _, _):
      let lines = text.prefix(offset ?? 0).unicodeScalars.count { $0 == "\n" }
      if location.source != StudyLocation.commandLine { location.line = lines + 1 }
      self.init(location, problem: "is not YAML: \(problem)")
    default:
      self.init(location, problem: "is not YAML")
    }
  }

  /// The line on which a key is repeated, where it can be told from the text.
  private static func lastLine(of key: String, in text: String, after first: Int) -> Int? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.last { index in
      index >= first && lines[index].drop { $0 == " " }.hasPrefix(key + ":")
    }.map { $0 + 1 }
  }
}
