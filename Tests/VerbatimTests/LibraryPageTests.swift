// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing
import Verbatim

/// Documentation/Library.md: its lines are those that are compiled and run here.
@Suite("The page of the library")
struct LibraryPageTests {
  private func points(_ count: Int, _ label: String) -> Matrix {
    Matrix(rows: count, columns: 12, values: RandomKey(seed: 21).child(label).normals(count * 12))
  }

  @Test func `five lines audit two arrays`() throws {
    let train = points(1500, "train")
    var generated = points(1000, "generated")
    for value in 0..<200 * 12 { generated.values[value] = train.values[value] }
    var lines: [String] = []
    func print(_ words: Any...) { lines.append(words.map { "\($0)" }.joined(separator: " ")) }
    // Begin: audit
    let outcome = try Audit.run(train: train, generated: generated)
    let ratio = outcome.result.leading.verdictMetric
    print(outcome.result.verdict, ratio.value, ratio.low ?? 0, ratio.high ?? 1)
    for item in outcome.result.leading.recited { print("row \(item.train) is recited by \(item.samples)") }
    // End
    #expect(lines[0].hasPrefix("memorized 0.2") && lines.contains("row 7 is recited by [7]"))
    try requireOnPage("audit")
  }

  @Test func `five lines find a transition`() throws {
    var lines: [String] = []
    func print(_ words: Any...) { lines.append(words.map { "\($0)" }.joined(separator: " ")) }
    // Begin: transition
    let outcome = try TransitionRequest(dimension: 10, trueComponents: 2, samples: 20).run()
    let half = outcome.transition.half
    print("M_pt/N =", half.value ?? .nan, "in", half.low ?? 0, half.high ?? 1)
    for point in outcome.document.curve { print(point.components, point.ratio.value) }
    // End
    #expect(lines[0].hasPrefix("M_pt/N = 0.") && lines.contains { $0.hasPrefix("20 ") })
    #expect(lines.count == 1 + outcome.records.count && outcome.records.count > 10)
    try requireOnPage("transition")
  }

  /// The page shows `import Verbatim` and the lines between the marks of this file; so do the comments of the types.
  private func requireOnPage(_ name: String, file: String = #filePath) throws {
    let source = try String(contentsOfFile: file, encoding: .utf8).components(separatedBy: "\n")
    let begin = try #require(source.firstIndex { $0.hasSuffix("// Begin: \(name)") })
    let end = try #require(source[begin...].firstIndex { $0.hasSuffix("// End") })
    let lines = source[(begin + 1)..<end].map { String($0.dropFirst(4)) }
    #expect(lines.count == 4, "five with the import")
    let page = try text("Documentation/Library.md")
    let block = (["```swift", "import Verbatim", ""] + lines + ["```"]).joined(separator: "\n")
    #expect(page.contains(block), "Library.md does not show the lines of '\(name)'")
    #expect(page.components(separatedBy: "```swift").count == 3, "code on the page that is not compiled")
    guard name == "transition" else { return }
    let comment = (["import Verbatim", ""] + lines).map { $0.isEmpty ? "///" : "///     \($0)" }.joined(separator: "\n")
    #expect(try text("Sources/Verbatim/Transition/TransitionRequest.swift").contains(comment))
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: CommandRunner.package.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func `no library prints, exits or reads arguments`() throws {
    let sources = CommandRunner.package.appendingPathComponent("Sources")
    let words = [
      "print(", "debugPrint(", "dump(", "exit(", "abort(", "StandardOutput.output", "StandardOutput.error",
      "FileHandle.standard", "processInfo.environment", "readLine(",
    ]
    func found(in text: String) -> [String] {
      let code = text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.hasPrefix("//") }
      return words.filter { word in
        code.contains { line in
          line.ranges(of: word).contains { range in
            range.lowerBound == line.startIndex || !isWord(line[line.index(before: range.lowerBound)])
          }
        }
      }
    }
    #expect(found(in: "  print(1)") == ["print("] && found(in: "fingerprint(1)\n// exit(0)").isEmpty)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
    #expect(paths.count > 200)
    for path in paths where !path.hasPrefix("CommandLineTool/") && !path.hasPrefix("LabTesting/") {
      #expect(found(in: try text("Sources/\(path)")).isEmpty, "\(path)")
    }
  }

  private func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
}
