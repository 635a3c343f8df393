// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// `Documentation/Equations.md` against the code: its files, symbols and tests exist, and no cited equation is missing.
@Suite struct EquationsPageTests {
  private let page: String
  private let sources: [String: String]
  private let tests: [String: String]

  init() throws {
    page = try String(contentsOf: CommandRunner.package.appending(path: "Documentation/Equations.md"), encoding: .utf8)
    (sources, tests) = (try Self.files(below: "Sources"), try Self.files(below: "Tests"))
  }

  @Test func `the page and the code agree`() throws {
    let found = try problems(of: page)
    #expect(found == [])
  }

  /// Text of the page, what replaces it, and what must then be reported.
  @Test(arguments: [
    ("`Sources/Theory/Losses/Crossover.swift`", "`Sources/Crossover.swift`", "see [\"Sources/Theory/Losses/Crossover"),
    ("`Crossover.closedForm`", "`Crossover.openForm`", "declares no public openForm"),
    ("TheoryTests/ClosedFormTests.swift", "TheoryTests/OpenFormTests.swift", "no test 'the crossover"),
    (": aPlantedRhoIsFound |", ": aPlantedRho |", "no test 'aPlantedRho'"),
    ("| (310) |", "| (309) |", "Sources/Sampling/DDIM.swift cites (310), which has no row"),
    ("| (2) |", "| (2) | one cell more |", "5 cells"),
  ]) func `an error on the page is found`(_ planted: (String, String, String)) throws {
    let found = try problems(of: page.replacing(planted.0, with: planted.1))
    #expect(found.contains { $0.contains(planted.2) }, "\(found)")
  }

  private func problems(of page: String) throws -> [String] {
    var found: [String] = []
    var listed: Set<String> = []
    for line in page.split(separator: "\n") where line.hasPrefix("| (") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
      let test = cells.last?.components(separatedBy: "`: ") ?? []
      guard cells.count == 5, test.count == 2 else {
        found.append("not 5 cells, the last 'test file: test': \(line)")
        continue
      }
      listed.formUnion(cells[0].matches(of: #/\((\d+)\)/#).map { String($0.output.1) })
      let (name, file) = (cells[2].components(separatedBy: ".").last ?? "", cells[3])
      if let text = sources[file] {
        if !text.contains(try Regex("public [a-z ]+ \(name)\\b")) { found.append("\(file) declares no public \(name)") }
      } else {
        let last = "/" + URL(fileURLWithPath: file).lastPathComponent
        found.append("\(file): no such file; see \(sources.keys.filter { $0.hasSuffix(last) }.sorted())")
      }
      let names = ["func `\(test[1])`", "func \(test[1])(", "\"\(test[1])\""]
      let isThere = names.contains { (tests[test[0]] ?? "").contains($0) }
      if !isThere { found.append("\(test[0]): no test '\(test[1])'") }
    }
    for (path, text) in sources where !path.hasPrefix("Sources/Pictures/") && !path.hasPrefix("Sources/Neighbors/") {
      found += Set(Self.cited(text)).subtracting(listed).map { "\(path) cites (\($0)), which has no row" }
    }
    return found.sorted()
  }

  /// Numbers in parentheses in doc comments, except those of other papers: 'Karras et al. 2022, equation (5)'.
  private static func cited(_ text: String) -> [String] {
    let comments = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { $0.hasPrefix("///") }.map { $0.dropFirst(3) }.joined(separator: " ")
    let others = #/(?:19|20)\d\d\)?(?: \d+)?, equations? \([\d.]+\)(?: and \([\d.]+\))?|formula \(\d+\)/#
    return comments.replacing("Bortoli 2025", with: "Bortoli").replacing(others, with: "")
      .matches(of: #/[ (]\((\d{1,3})\)/#).map { String($0.output.1) }
  }

  private static func files(below folder: String) throws -> [String: String] {
    let start = CommandRunner.package.appendingPathComponent(folder)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: start.path).filter { $0.hasSuffix(".swift") }
    return try paths.reduce(into: [:]) { texts, path in
      texts[folder + "/" + path] = try String(contentsOf: start.appendingPathComponent(path), encoding: .utf8)
    }
  }
}
