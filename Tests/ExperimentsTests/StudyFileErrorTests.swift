// SPDX-License-Identifier: MIT
import Foundation
import Testing

import Experiments

/// Files that are no studies, or no files, and settings that are none.
@Suite struct StudyFileErrorTests {
  private func message(_ text: String, _ overrides: [String] = []) -> String {
    StudyErrorTests.message(text, overrides)
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n"])
  func `an empty file is refused`(text: String) {
    #expect(message(text) == "s.yaml: is empty; allowed: keys and values, such as samples: 50")
  }

  @Test func `a file that is no map is refused, with overrides too`() {
    let expected = "s.yaml:1: '[1, 2]' is not a study; allowed: keys and values, such as samples: 50"
    #expect(message("- 1\n- 2") == expected)
    #expect(message("- 1\n- 2", ["N=50"]) == expected)
    #expect(message("50") == "s.yaml:1: '50' is not a study; allowed: keys and values, such as samples: 50")
  }

  @Test func `a key given twice is refused at its second line`() {
    let text = "samples: 50\n# more\nsamples: 60"
    #expect(message(text) == "s.yaml:3: samples: is given twice; allowed: each key once")
    #expect(message("times:\n  count: 5\n  count: 6").hasSuffix("count: is given twice; allowed: each key once"))
    // Of several the one that is repeated first, at each reading.
    let keys = ["samples: 5", "losses: true", "preset: quick", "seed: 1", "variance: 2", "refinement: 3"]
    let several = (keys + keys.reversed()).joined(separator: "\n")
    for _ in 0..<20 {
      #expect(message(several) == "s.yaml:7: refinement: is given twice; allowed: each key once")
    }
  }

  @Test(arguments: [
    ("samples: [50", "s.yaml:1: is not YAML: did not find expected ',' or ']'"),
    ("samples: 'a", "s.yaml:1: is not YAML: found unexpected end of stream"),
    ("a: 1\n---\nb: 2", "s.yaml:2: is not YAML: expected a single document in the stream, but found another document"),
    ("samples: *n", "s.yaml:1: is not YAML: found undefined alias"),
    ("samples: 5\u{1}0", "s.yaml:1: is not YAML: control characters are not allowed"),
    ("samples: &n 50", "s.yaml:1: samples: '&n' is an anchor; allowed: no anchors, no aliases"),
    ("? [1, 2]\n: 3", "s.yaml:1: has a key that is a list or a map; allowed: words as keys"),
    ("times: {first: [[[[[[1]]]]]]}", "s.yaml:1: times.first: is nested too deeply; allowed: at most 4 levels"),
  ])
  func `broken YAML is refused in one line`(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test func `an alias bomb is refused quickly, as value and as key`() {
    var text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    for level in 1..<12 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let elapsed = ContinuousClock().measure {
      #expect(message(text) == "s.yaml: has 99 aliases (*name); allowed: no anchors and no aliases")
      #expect(message(text + "? *a11\n: 1").hasPrefix("s.yaml: has 100 aliases"))
    }
    #expect(elapsed < .seconds(1))
    let few = "# *not *an *alias\ntitle: \"a *b* c\"\nsamples: 50"
    #expect(message(few).hasPrefix("accepted"))
  }

  @Test(arguments: ["[", "{a: ", "- "])
  func `very deep nesting is refused without a crash`(opening: String) {
    let text = "samples: \n  " + String(repeating: opening, count: 50_000)
    let error = message(text)
    #expect(error.hasPrefix("s.yaml:") && !error.contains("\n"))
  }

  @Test func `an endless value stays on one short line`() {
    let error = message("samples: \"" + String(repeating: "x\\n", count: 10_000) + "\"")
    #expect(error.count < 300 && !error.contains("\n"))
  }

  @Test func `files that cannot be read are named`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("study-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func message(_ path: String) -> String {
      do { return "accepted: \(try Study.read(path: path).name)" } catch { return error.description }
    }
    #expect(message("/nowhere/x.yaml") == "/nowhere/x.yaml: is not there; allowed: a readable YAML file")
    #expect(message(folder.path) == "\(folder.path): is a folder; allowed: a readable YAML file")
    #expect(message("/dev/zero") == "/dev/zero: is too long; allowed: at most 262144 bytes")
    let file = folder.appendingPathComponent("my study.yaml")
    try Data([0x61, 0x3A, 0x20, 0xFF]).write(to: file)
    #expect(message(file.path) == "\(file.path): is not UTF-8 text; allowed: a readable YAML file")
    try Data("samples: 20".utf8).write(to: file)
    #expect(message(file.path) == "accepted: my-study")
  }

  @Test(arguments: [
    ("samples", "command line: 'samples' is not a setting; allowed: key=value, such as samples=50"),
    ("=5", "command line: '=5' is not a setting; allowed: key=value, such as samples=50"),
    ("samples=", "command line: samples: has no value; allowed: key=value, such as samples=50"),
    ("N=1", "command line: samples: '1' is too small; allowed: a whole number from 2 to 100000"),
    ("times.=1", "command line: times.: is not a key; allowed: a key, or keys joined by dots, such as times.count"),
    (
      "times.first=7",
      "command line: times.first: '7' is outside the domain of vp; "
        + "allowed: times from 1e-06 to 0.999999"
    ),
    ("samples=[1", "command line: samples: is not YAML: did not find expected ',' or ']'"),
  ])
  func `a bad setting is placed on the command line`(setting: String, expected: String) {
    #expect(message("samples: 50", [setting]) == expected)
  }

  @Test func `a setting given twice is refused, and so is an unknown one`() {
    let twice = message("samples: 50", ["N=20", "samples=30"])
    #expect(twice == "command line: samples: 'samples=30' is given twice; allowed: each key once")
    let unknown = message("samples: 50", ["sample=20"])
    #expect(unknown.hasPrefix("command line: sample: is unknown; did you mean 'samples'?; allowed: name, title, "))
  }
}
