// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// `Documentation/Modules.md` against `Package.swift` and the first lines of the reference.
@Suite struct ModulesPageTests {
  private let page, package: String

  init() throws {
    page = try Self.text("Documentation/Modules.md")
    package = try Self.text("Package.swift")
  }

  @Test func `the page and the package agree`() {
    #expect(problems(page, package) == [])
  }

  /// Text of the page, what replaces it, and what must then be reported.
  @Test(arguments: [
    ("| `Kernels`, `Diffusion` |\n| measure", "| `Kernels` |\n| measure", "Sampling imports [\"Kernels\", \"Diff"),
    ("| store | `RunStore`", "| store | `Store`", "RunStore has 0 rows"),
    ("| store | `RunStore`", "| store | `Store`", "'Store' is no target"),
    ("  Training --> Denoisers\n", "", "Training --> Denoisers, not Training --> "),
    ("Training --> Denoisers", "Training --> Denoisers & Kernels", "not Training --> Denoisers & Kernels"),
    ("    Denoisers; Training\n", "    Denoisers\n", "subgraph train holds [\"Denoisers\", \"Training\"]"),
    ("Samplers, which step", "Samplers that step", "Sources/Sampling/Sampling.docc/Sampling.md has another line"),
  ]) func `an error on the page is found`(_ planted: (String, String, String)) {
    let found = problems(page.replacing(planted.0, with: planted.1), package)
    #expect(found.contains { $0.contains(planted.2) }, "\(found)")
  }

  /// The same of Package.swift: an import more or less, an import against the direction, a target without a row.
  @Test(arguments: [
    ("(\"Sampling\", [\"Kernels\", ", "(\"Sampling\", [", "Sampling imports [\"Diffusion\"]"),
    ("(\"Kernels\", [", "(\"Kernels\", [\"Reports\", ", "Kernels imports Reports, which does not stand above it"),
    ("\"Memorization\", \"Files\", .product(", "\"Files\", .product(", "Experiments imports [\"Pictures\", "),
    ("    library(\"HardEM\", ", "    library(\"Facade\", []),\n    library(\"HardEM\", ", "Facade has 0 rows"),
  ]) func `an error of the package is found`(_ planted: (String, String, String)) {
    let found = problems(page, package.replacing(planted.0, with: planted.1))
    #expect(found.contains { $0.contains(planted.2) }, "\(found)")
  }

  private func problems(_ page: String, _ package: String) -> [String] {
    let (targets, rows) = (Self.targets(of: package), Self.rows(of: page))
    let order = rows.map(\.module)
    let places = Dictionary(order.enumerated().map { ($1, $0) }) { first, _ in first }
    var found = order.filter { targets[$0] == nil }.map { "'\($0)' is no target" }
    for (target, imports) in targets {
      let own = rows.filter { $0.module == target }
      if own.count != 1 { found.append("\(target) has \(own.count) rows") }
      if let row = own.first, Set(row.imports) != Set(imports) { found.append("\(target) imports \(imports)") }
      for one in imports where targets[one] != nil && places[one] ?? .max >= places[target] ?? .max {
        found.append("\(target) imports \(one), which does not stand above it")
      }
    }
    return found.sorted() + pictureProblems(page, rows, targets) + referenceProblems(rows, package)
  }

  /// The picture has every row but those of the tests, and the arrows that do not follow from others.
  private func pictureProblems(_ page: String, _ rows: [Row], _ targets: [String: [String]]) -> [String] {
    var found: [String] = []
    for (layer, own) in Dictionary(grouping: rows, by: \.layer) where layer != "tests" {
      let names = own.map(\.module)
      if !page.contains("  subgraph \(layer)\n    \(names.joined(separator: "; "))\n  end\n") {
        found.append("subgraph \(layer) holds \(names)")
      }
    }
    let drawn = page.matches(of: #/\n  (\w+) --> ([\w& ]+)/#).map { (String($0.output.1), String($0.output.2)) }
    for row in rows where row.layer != "tests" {
      let direct = row.imports.filter { targets[$0] != nil }
      let others = direct.map { Self.reached(from: $0, targets) }
      let needed = direct.filter { one in !others.contains { $0.contains(one) } }.joined(separator: " & ")
      let arrows = drawn.filter { $0.0 == row.module }.map(\.1).joined(separator: " and ")
      if arrows != needed { found.append("\(row.module) --> \(needed), not \(row.module) --> \(arrows)") }
    }
    return found
  }

  /// Every library of the reference begins with the line of its row.
  private func referenceProblems(_ rows: [Row], _ package: String) -> [String] {
    let libraries = Set(package.matches(of: #/library\(\s*"(\w+)"/#).map { String($0.output.1) })
    return rows.filter { libraries.contains($0.module) && $0.layer != "tests" }.compactMap { row in
      let file = "Sources/\(row.module)/\(row.module).docc/\(row.module).md"
      let text = try? Self.text(file)
      return text == "# ``\(row.module)``\n\n\(row.holds)\n" ? nil : "\(file) has another line than the page"
    }
  }

  private static func reached(from target: String, _ targets: [String: [String]]) -> Set<String> {
    var found: Set<String> = []
    var open = targets[target] ?? []
    while let next = open.popLast() {
      if found.insert(next).inserted { open += targets[next] ?? [] }
    }
    return found
  }

  private struct Row {
    let layer, module, holds: String
    let imports: [String]
  }

  private static func rows(of page: String) -> [Row] {
    page.matches(of: #/\n\| (\w+) \| `(\w+)` \| (.+) \| (.*) \|/#).map { match in
      let imports = match.output.4.matches(of: #/`(\w+)`/#).map { String($0.output.1) }
      return Row(
        layer: String(match.output.1), module: String(match.output.2), holds: String(match.output.3), imports: imports)
    }
  }

  /// Targets with what they depend on: `library("Name", [..])`, the program, and C targets.
  private static func targets(of package: String) -> [String: [String]] {
    let text = package.replacing(#/\/\/.*/#, with: "")
      .replacing(#/\.product\(name: ("\w+"), package: "[^"]*"\)/#) { $0.output.1 }
    var targets: [String: [String]] = [:]
    for match in text.matches(of: #/library\(\s*"(\w+)",\s*\[([^\]]*)\]/#) {
      targets[String(match.output.1)] = match.output.2.matches(of: #/"(\w+)"/#).map { String($0.output.1) }
    }
    for match in text.matches(of: #/executableTarget\(\s*name: "(\w+)",\s*dependencies: \[([^\]]*)\]/#) {
      targets[String(match.output.1)] = match.output.2.matches(of: #/"(\w+)"/#).map { String($0.output.1) }
    }
    for match in text.matches(of: #/\.target\(name: "(\w+)"\)/#) { targets[String(match.output.1)] = [] }
    return targets
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: CommandRunner.package.appending(path: path), encoding: .utf8)
  }
}
