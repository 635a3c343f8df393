// SPDX-License-Identifier: MIT
internal import Yams

/// YAML text to a tree of study values, with bounds that keep hostile files harmless.
///
/// Refused: more than 256 KiB, nesting beyond four levels, anchors and aliases (a few lines of nested
/// aliases stand for billions of values), keys that are no words, keys given twice.
enum StudyText {
  static let byteLimit = 262_144
  private static let depthLimit = 4
  /// Aliases are refused by name after parsing; more than this many are refused before, as the parser
  /// expands them: 16 can multiply a file by 3^(16/3), some 350 times, which is harmless.
  private static let aliasLimit = 16

  /// The tree of a text, nil when it holds no value.
  static func parse(_ text: String, at location: StudyLocation) throws(StudyError) -> StudyNode? {
    guard text.utf8.count <= byteLimit else {
      throw StudyError(location, problem: "is \(text.utf8.count) bytes long", allowed: "at most \(byteLimit) bytes")
    }
    try refuseManyAliases(text, at: location)
    // The parser must outlive the conversion: nodes refer to their anchors weakly.
    let parser: Parser
    let root: Node?
    do {
      parser = try Parser(yaml: text, encoding: .utf8)
      root = try parser.singleRoot()
    } catch let error as YamlError {
      throw StudyError(error, text: text, at: location)
    } catch {
      throw StudyError(location, problem: "is not YAML: \(error)")
    }
    guard let root else { return nil }
    let node = try convert(root, at: location, depth: 0)
    return withExtendedLifetime(parser) { node }
  }

  /// Counts what looks like an alias outside of comment lines: `*name` after a blank or a bracket.
  private static func refuseManyAliases(_ text: String, at location: StudyLocation) throws(StudyError) {
    var aliases = 0
    for line in text.utf8.split(separator: 0x0A) where line.first(where: { $0 != 0x20 }) != UInt8(ascii: "#") {
      var (before, previous) = (UInt8(ascii: " "), UInt8(ascii: " "))
      for byte in line {
        let isName = byte >= 0x30 && byte != 0x3A || byte == 0x2D
        if isName, previous == UInt8(ascii: "*"), " \t\r[{,:".utf8.contains(before) { aliases += 1 }
        (before, previous) = (previous, byte)
      }
    }
    guard aliases <= aliasLimit else {
      throw StudyError(location, problem: "has \(aliases) aliases (*name)", allowed: "no anchors and no aliases")
    }
  }

  private static func convert(_ node: Node, at location: StudyLocation, depth: Int) throws(StudyError) -> StudyNode {
    var location = location
    // Overrides have no line of their own: theirs is the command line.
    if location.source != StudyLocation.commandLine, let line = node.mark?.line { location.line = line }
    guard depth <= depthLimit else {
      throw StudyError(location, problem: "is nested too deeply", allowed: "at most \(depthLimit) levels")
    }
    if let anchor = node.anchor {
      throw StudyError(
        location, value: "&" + anchor.rawValue, problem: "is an anchor", allowed: "no anchors, no aliases")
    }
    switch node {
    case .scalar(let scalar):
      let plain = scalar.style == .plain || scalar.style == .any
      return StudyNode(content: .scalar(scalar.string, plain: plain), location: location)
    case .sequence(let sequence):
      var elements: [StudyNode] = []
      for element in sequence { elements.append(try convert(element, at: location, depth: depth + 1)) }
      return StudyNode(content: .list(elements), location: location)
    case .mapping(let mapping):
      return StudyNode(content: .map(try entries(mapping, at: location, depth: depth)), location: location)
    case .alias:
      throw StudyError(location, problem: "is an alias", allowed: "no anchors and no aliases")
    }
  }

  private static func entries(
    _ mapping: Node.Mapping, at location: StudyLocation, depth: Int
  ) throws(StudyError) -> [StudyEntry] {
    var entries: [StudyEntry] = []
    for (key, value) in mapping {
      var here = location
      if location.source != StudyLocation.commandLine, let line = key.mark?.line { here.line = line }
      guard case .scalar(let scalar) = key else {
        throw StudyError(here, problem: "has a key that is a list or a map", allowed: "words as keys")
      }
      let inner = here.inside(scalar.string)
      var node = try convert(value, at: inner, depth: depth + 1)
      // A value may begin below its key; the key's line is where the reader looks.
      node.location = inner
      entries.append(StudyEntry(key: scalar.string, value: node))
    }
    return entries
  }
}
