// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// `verbatim fit` on tables as a study writes them.
@Suite("The fit command")
struct FitCommandTests {
  private static let header =
    "dimension,trueComponents,samples,variance,process,preset,initialization,dataSeed,seed,"
    + "start,startLow,startHigh,startReason,half,halfLow,halfHigh,halfReason,end,endLow,endHigh,endReason,"
    + "monotonicityViolations\n"

  private static func row(
    _ d: Int, _ k: Int, _ n: Int, half: String, variance: String = "1.0", process: String = "vp",
    preset: String = "quick"
  ) -> String {
    "\(d),\(k),\(n),\(variance),\(process),\(preset),partial-memorization,0,0,0.7,0.6,0.8,,\(half),,,,0.9,,,,0\n"
  }

  private static var sweep: String {
    var text = header
    for n in [50, 100] { for d in [30, 40] { for k in [3, 6] { text += row(d, k, n, half: "0.78") } } }
    return text
  }

  @Test("JSON, files and the same bytes twice")
  func output() throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.sweep, to: "transitions.csv")
    let result = try scratch.runner.run("fit transitions.csv --json --out Fit")
    #expect(result.code == 0, "\(result.errors)")
    let document = try result.json()
    #expect(document["schema"] as? Int == 1 && document["tuples"] as? Int == 8)
    #expect((document["lambda"] as? [Double])?.count == 26 && document["identifiable"] as? Bool == false)
    let rho = try #require(document["rho"] as? Double)
    #expect(abs(rho - 0.22) < 0.006, "rho \(rho)")
    #expect((document["folds"] as? [[String: Any]])?.count == 6)
    let residuals = String(decoding: try scratch.bytes("Fit/residuals.csv"), as: UTF8.self)
    #expect(residuals.split(separator: "\n").count == 9)
    for file in ["lambda.csv", "figures/lambda.svg", "figures/lambda.pdf", "figures/lambda.png"] {
      #expect(try !scratch.bytes("Fit/\(file)").isEmpty)
    }
    let caption = String(decoding: try scratch.bytes("Fit/figures/lambda.txt"), as: UTF8.self)
    #expect(caption.contains("not identifiable"))
    #expect(try scratch.runner.run("fit transitions.csv --json").output == result.output)
  }

  @Test("results.csv gives the transition of its ratios")
  func results() throws {
    let scratch = try ScratchFolder()
    var text = "run,dimension,trueComponents,samples,components,variance,process,preset,dataSeed,seed,ratio,trials\n"
    for n in [50, 100] {
      for (share, ratio) in [(0.6, 0), (0.7, 0.2), (0.8, 0.6), (0.9, 1)] {
        text += "a,30,3,\(n),\(Int((share * Double(n)).rounded())),1.0,vp,quick,0,0,\(ratio),1000\n"
      }
    }
    try scratch.write(text, to: "results.csv")
    let document = try scratch.runner.run("fit results.csv --json --test-share 0").json()
    let split = try #require(document["split"] as? [String: Any])
    // Linear between 0.7 (0.2) and 0.8 (0.6): one half at 0.775.
    #expect(abs((split["trainMean"] as? Double ?? 0) - 0.775) < 1e-9)
    #expect(split["test"] == nil)
  }

  @Test("tables of runs that differ in more than d, K, N and seeds are refused, column by column")
  func mixedRuns() throws {
    let usual = ["criterion": "0.3333333333333333", "sampler": "ddim", "weight": "unit", "times": Self.paperTimes]
    for (column, other) in [("criterion", "0.25"), ("sampler", "heun"), ("weight", "alpha-squared"), ("times", "late")]
    {
      let text = try [usual, usual.merging([column: other]) { $1 }].enumerated().map { index, settings in
        let row = Self.row(30, 3, 50 + index, half: "0.78").dropLast()
        return try "\(row),\(#require(settings[column]))\n"
      }.joined()
      let scratch = try ScratchFolder()
      try scratch.write(Self.header.dropLast() + ",\(column)\n" + text, to: "transitions.csv")
      let result = try scratch.runner.run("fit transitions.csv")
      #expect(result.code == 2 && result.errorLines.count == 1 && result.errors.contains(other), "\(result.errors)")
    }
    let scratch = try ScratchFolder()
    let karras = [50, 60].map { Self.row(30, 3, $0, half: "0.78").dropLast() + ",karras\n" }.joined()
    try scratch.write(Self.header.dropLast() + ",times\n" + karras, to: "transitions.csv")
    #expect(try scratch.runner.run("fit transitions.csv").errors.contains("run folder"))
  }

  @Test("a folder of tables and study.yaml, also of other times than the paper's")
  func folderOfTables() throws {
    let results = CommandRunner.package.appendingPathComponent("Results/sweep").path
    let committed = try ScratchFolder().runner.run(["fit", results, "--json"])
    #expect(committed.code == 0, "\(committed.errors)")
    #expect(try committed.json()["tuples"] as? Int == 64)

    let scratch = try ScratchFolder()
    let rows = [50, 60].map { Self.row(30, 3, $0, half: "0.78").dropLast() + ",late\n" }.joined()
    try scratch.write(Self.header.dropLast() + ",times\n" + rows, to: "transitions.csv")
    #expect(try scratch.runner.run("fit .").code == 2)
    try scratch.write("samples: [50, 60]\ntimes: {first: 0.6, count: 5}\n", to: "study.yaml")
    let times = try #require(scratch.runner.run("fit . --json").json()["times"] as? [Double])
    #expect(times.count == 5 && times[0] == 0.6)
    let measured = try scratch.runner.run("fit . --measured-losses")
    #expect(measured.code == 2 && measured.errors.contains("run folder"))
  }

  @Test("a folder without a study is named, not its insides")
  func emptyFolder() throws {
    let runner = try ScratchFolder().runner
    for command in ["fit .", "report .", "show ."] {
      let result = try runner.run(command)
      #expect(result.code == 2 && result.errorLines.count == 1 && result.errors.contains("not a run folder"))
      #expect(!result.errors.contains("hash"), "\(result.errors)")
    }
  }

  private static let paperTimes = "uniform first=0.999 last=0.001 count=26"

  @Test("bad input: one line, exit code 2")
  func badInput() throws {
    let first = Self.row(30, 3, 50, half: "0.78")
    let cases: [(text: String, words: [String])] = [
      ("", ["empty"]), (Self.header, ["no rows"]), (Self.header + first, ["at least 2 tuples", "is 1"]),
      (Self.header + Self.row(30, 3, 50, half: "") + Self.row(30, 3, 60, half: ""), ["at least 2 tuples", "are 0"]),
      (Self.header + first + Self.row(30, 3, 60, half: "0.7", variance: "2.0"), ["mixed variances", "1.0", "2.0"]),
      (Self.header + first + Self.row(30, 3, 60, half: "0.7", process: "fm"), ["mixed processes", "fm"]),
      (Self.header + first + Self.row(30, 3, 60, half: "0.7", preset: "paper"), ["mixed presets", "paper"]),
      (Self.header + first + Self.row(30, 3, 60, half: "most"), ["row 2", "half", "most"]),
      (Self.header + first + Self.row(30, 3, -6, half: "0.7"), ["row 2", "samples", "-6"]),
      ("a,b\n1,2\n", ["no column", "dimension"]), (Self.header + "1,2\n", ["line 2", "2 fields"]),
    ]
    for item in cases {
      let scratch = try ScratchFolder()
      try scratch.write(item.text, to: "transitions.csv")
      let result = try scratch.runner.run("fit transitions.csv")
      #expect(result.code == 2, "\(item.words): \(result.errors)")
      // A tuple left out is a warning of its own.
      #expect(result.errorLines.filter { $0.contains("error") }.count == 1, "\(result.errors)")
      for word in item.words { #expect(result.errors.contains(word), "no '\(word)' in: \(result.errors)") }
    }
    for (line, word) in [
      ("fit nowhere.csv", "nowhere.csv"), ("fit .", "not a run folder"), ("fit . --test-share 1", "test-share"),
      ("fit . --starts 0", "starts"), ("fit . --constant -1", "constant"),
    ] {
      let result = try ScratchFolder().runner.run(line)
      #expect(result.code == 2 && result.errorLines.count == 1 && result.errors.contains(word), "\(result.errors)")
    }
  }
}
