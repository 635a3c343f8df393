// SPDX-License-Identifier: MIT
internal import Denoisers

extension StudyNode {
  /// A start: its word with default payload, or `{word: {field: value}}`.
  func initialization() throws(StudyError) -> StudyMarked<Initialization> {
    switch content {
    case .scalar(let word, _): return marked(try start(word, nil))
    case .map(let entries) where entries.count == 1: return marked(try start(entries[0].key, entries[0].value))
    default: throw refused("is not one start", allowed: Self.starts.joined(separator: ", "))
    }
  }

  private static let starts = ["partial-memorization", "gaussian", "sphere", "truth"]

  private func start(_ word: String, _ payload: StudyNode?) throws(StudyError) -> Initialization {
    switch word {
    case "partial-memorization":
      return .partialMemorization(std: try number("std", of: payload, fields: ["std"]) ?? 1e-3)
    case "gaussian":
      let fields = ["scale", "std"]
      return .gaussian(
        scale: try number("scale", of: payload, fields: fields) ?? 1,
        std: try number("std", of: payload, fields: fields) ?? 1)
    case "sphere":
      let fields = ["radius", "std"]
      return .sphere(
        radius: try number("radius", of: payload, fields: fields),
        std: try number("std", of: payload, fields: fields) ?? 1)
    case "truth":
      return .truth(std: try number("std", of: payload, fields: ["std"]) ?? 1)
    default:
      let written = StudyNode(content: .scalar(word, plain: true), place: place)
      throw written.notOne(of: Self.starts)
    }
  }

  private func number(_ name: String, of payload: StudyNode?, fields known: [String]) throws(StudyError) -> Double? {
    guard let payload else { return nil }
    for entry in try payload.fields(known, what: "a map") where entry.key == name {
      return try entry.value.number(allowed: "a number from 1e-8 to 1e8", StudyBounds.scale.contains).value
    }
    return nil
  }
}
