// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import LabTesting
import Testing

/// Options, tables and records that nobody sensible writes: each is answered or refused in one line, and soon.
@Suite("Hostile input")
struct HostileInputTests {
  private func refused(_ result: CommandRunner.Result, _ words: [String], _ what: String) {
    #expect(result.code == 2 && result.output.isEmpty, "\(what): \(result.code) \(result.output)")
    #expect(result.errorLines.count == 1 && result.errors.utf8.count < 600, "\(what): \(result.errors)")
    for word in words { #expect(result.errors.contains(word), "\(what): no '\(word)' in \(result.errors)") }
  }

  // MARK: Plans

  @Test(
    "a plan of any values answers at once",
    arguments: [
      ("--excess 0.011", 390, 99_000), ("--excess 0.0101", 390, 8_500_000), ("--excess 0.010001", 390, nil),
      ("--null 0.5 --power 0.99 --confidence 0.999999 --excess 0.011", 270_000, 46_000_000),
      ("--max-ratio 1e-300", nil, 15_000), ("--max-ratio 0.49 --null 0.5 --excess 0.5", 13, 34_000),
      ("--power 0.5 --excess 0.01000000001", 390, nil),
    ] as [(String, Int?, Int?)])
  func plans(_ options: String, _ clear: Int?, _ find: Int?) throws {
    let started = Date()
    let document = try ScratchFolder().runner.run("audit --plan --json \(options)").json()
    #expect(Date().timeIntervalSince(started) < 10)
    #expect(document["toClear"] as? Int == clear && document["toFind"] as? Int == find, "\(document)")
  }

  @Test("a plan refuses what it cannot answer, in the words of its library")
  func badPlans() throws {
    for (options, words) in [
      ("--excess 0.01", ["--excess", "0.01"]), ("--excess nan", ["--excess", "nan"]), ("--null 1", ["--null", "1.0"]),
      ("--power 1", ["--power", "1.0"]), ("--max-ratio 0", ["--max-ratio", "0.0"]),
      ("--max-ratio -1", ["--max-ratio", "-1.0"]), ("--confidence inf", ["--confidence", "inf"]),
      ("--null 0.5 --excess 0.6", ["--excess", "0.6", "0.5"]),
    ] { refused(try ScratchFolder().runner.run("audit --plan \(options)"), words, options) }
  }

  // MARK: Options

  /// An npy array of float32.
  private func array(_ shape: [Int], _ label: String, in range: ClosedRange<Double> = -1...1) -> Data {
    let tuple = shape.map(String.init).joined(separator: ", ")
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(tuple),), }"
    header += String(repeating: " ", count: (64 - (header.utf8.count + 11) % 64) % 64) + "\n"
    let values = RandomKey(seed: 1).child(label).uniforms(shape.reduce(1, *)).map {
      Float(range.lowerBound + $0 * (range.upperBound - range.lowerBound))
    }
    let length = UInt16(header.utf8.count)
    return Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]) + Data(header.utf8)
      + values.withUnsafeBytes { Data($0) }
  }

  /// Pictures `t`, `g`, `h` of four axes, points `p`, `q`, rows `r`, `s`; the same also as `-t.npy` and `-g.npy`.
  private func arrays() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    for (name, shape) in [
      ("t", [60, 4, 4, 3]), ("-t", [60, 4, 4, 3]), ("g", [50, 4, 4, 3]), ("-g", [50, 4, 4, 3]), ("p", [60, 16]),
      ("q", [50, 16]),
    ] { try array(shape, name).write(to: scratch.url.appendingPathComponent("\(name).npy")) }
    return scratch
  }

  @Test(
    "values that begin with '-' are values",
    arguments: [
      "audit --train t.npy --generated g.npy --range -1..1",
      "audit --train t.npy --generated g.npy --range -1..1 --generated-range -1..1",
      "audit --train -t.npy --generated -g.npy --holdout -t.npy",
      "audit --train t.npy --generated -5=g.npy --generated 7=-g.npy",
      "audit --train t.npy --generated g.npy --out -out",
      "audit --train t.npy --generated g.npy --train-embeddings -e --generated-embeddings -f",
      "audit --train p.npy --generated q.npy --memory -1", "audit --train p.npy --generated q.npy --by -1",
      "audit --train p.npy --generated q.npy --layout -1", "audit --train p.npy --generated q.npy --shape -1x-1",
      "audit --model -x.safetensors", "audit --train t.npy --generated g.npy --train-labels -x",
      "fit Results/none --out -f --test-share -1", "fit none --starts -1", "fit none --seed -1",
      "fit none --constant -1",
      "sample none --out -x --count -1", "sample none --sampler -x", "sample none --seed -1",
      "sample none --sampling-steps -1", "show none --run -1", "run none.yaml --out -x", "plan none.yaml --out -x",
      "transition -d 2 -K 1 -N -5", "transition -d 2 -K 1 -N 5 --refinement -1",
      "predict -d 2 -K 1 -N 5 --times-first -1", "train -d 2 -K 1 -N 5 -M -1",
    ])
  func dashes(_ line: String) throws {
    let scratch = try arrays()
    let result = try scratch.runner.run(line)
    #expect(!result.errors.contains("Missing value") && !result.errors.contains("Unknown option"), "\(result.errors)")
    #expect(result.code <= 2)
    if line.contains("--range") || line.contains("-5=") || line.hasSuffix("--out -out") {
      #expect(result.code <= 1, "\(result.errors)")
    }
  }

  @Test(
    "an option that can do nothing is refused",
    arguments: [
      ("audit --train p.npy --generated q.npy --train-labels /nonexistent", ["--train-labels", "p.npy"]),
      ("audit --train t.npy --generated g.npy --train-labels /nonexistent", ["--train-labels", "t.npy"]),
      ("audit --train t.npy --generated g.npy --shape 4x4x3", ["--shape"]),
      ("audit --train p.npy --generated q.npy --range -1..1", ["--range"]),
      ("audit --train p.npy --generated q.npy --generated-range -1..1", ["--generated-range"]),
      ("audit --train p.npy --generated q.npy --layout NHWC", ["--layout"]),
      ("audit --train p.npy --generated q.npy --shape 4x4 --layout NHWC", ["--layout"]),
      ("audit --train p.npy --generated q.npy --tiles 3", ["--tiles", "p.npy"]),
      ("audit --train p.npy --generated q.npy --tile-threshold 0.15", ["--tile-threshold"]),
      ("audit --train p.npy --generated q.npy --by step", ["--by"]),
      ("audit --train p.npy --generated q.npy --no-images", ["--no-images", "--out"]),
      ("audit --train p.npy --generated q.npy --embedding-metric cosine", ["--embedding-metric"]),
      ("audit --train p.npy --generated q.npy --null 0.1", ["--null", "--plan"]),
      ("audit --train p.npy --generated q.npy --excess 0.1", ["--excess", "--plan"]),
      ("audit --train p.npy --generated q.npy --power 0.8", ["--power", "--plan"]),
      ("audit --plan --train p.npy", ["--train", "--plan"]), ("audit --plan --criterion 0.3", ["--criterion"]),
      ("audit --plan --neighbors 50", ["--neighbors"]), ("audit --plan --seed 0", ["--seed"]),
      ("audit --plan --memory 1G", ["--memory"]), ("audit --plan --out x", ["--out"]),
      ("audit --plan --model x", ["--model"]), ("audit --plan --by step", ["--by"]),
      ("audit --model x --train p.npy", ["--train", "--model"]), ("audit --model x --by step", ["--by"]),
      ("fit none --measured-losses --constant 1", ["--constant"]),
      ("predict -d 30 -K 3 -N 50 --method closed-form-c1 --repeats 4", ["--repeats"]),
      ("predict -d 30 -K 3 -N 50 --method closed-form-c1 --seed 4", ["--seed"]),
      ("predict -d 50 -K 12 -N 1000000 --repeats 4", ["--repeats"]),
      ("sample none --sampler exact --sampling-steps 5", ["--sampling-steps", "exact"]),
      ("run none.yaml --dry-run --no-report", ["--no-report", "--dry-run"]),
    ])
  func idle(_ line: String, _ words: [String]) throws {
    refused(try arrays().runner.run(line), words, line)
  }

  @Test("the same options are taken where they do something")
  func busy() throws {
    let scratch = try arrays()
    for line in [
      "audit --train t.npy --generated g.npy --layout NHWC --tiles 2 --tile-threshold 0.1 --range -1..1",
      "audit --train p.npy --generated q.npy --shape 4x4 --range -1..1",
      "audit --train p.npy --generated 1=q.npy --generated 2=q.npy --by samples",
    ] {
      let result = try scratch.runner.run(line)
      #expect(result.code <= 1, "\(line): \(result.errors)")
    }
  }

  @Test("an instruction set that does not exist is refused")
  func instructionSet() throws {
    let runner = try ScratchFolder().runner
    for wanted in ["avx1024", "AVX2", "base "] {
      refused(
        try runner.run(["audit", "--plan"], environment: ["VERBATIM_ISA": wanted]),
        ["VERBATIM_ISA", "base, avx2, avx512"],
        wanted)
    }
    for wanted in ["", "base", "avx512"] {
      #expect(try runner.run(["audit", "--plan"], environment: ["VERBATIM_ISA": wanted]).code == 0, "\(wanted)")
    }
  }

  // MARK: Records

  /// A run folder `run` of one training, and its record.
  private func runFolder() throws -> (ScratchFolder, [String: Any]) {
    let scratch = try ScratchFolder()
    try scratch.write(
      "dimension: 4\ntrueComponents: 2\nsamples: 10\ncomponents: [5]\nrefinement: 0\nsteps: 1000\n"
        + "draws: 1\nevaluationSamples: 100\nheldOutSamples: 100\n", to: "study.yaml")
    #expect(try scratch.runner.run("run study.yaml --out run --quiet --no-report").code == 0)
    let object = try JSONSerialization.jsonObject(with: scratch.bytes("run/runs.jsonl"))
    return (scratch, try #require(object as? [String: Any]))
  }

  /// A record in which the value at a path of keys is another.
  private func changed(_ record: [String: Any], _ path: [String], _ value: Any) -> [String: Any] {
    var record = record
    guard let key = path.first else { return record }
    if path.count == 1 {
      record[key] = value is NSNull ? nil : value
    } else if let inner = record[key] as? [String: Any] {
      record[key] = changed(inner, Array(path.dropFirst()), value)
    } else if let list = record[key] as? [[String: Any]], let first = list.first {
      record[key] = [changed(first, Array(path.dropFirst()), value)] + list.dropFirst()
    }
    return record
  }

  @Test("a record with impossible numbers is a damaged record to every command")
  func damagedRecords() throws {
    let (scratch, record) = try runFolder()
    let huge = 1 << 62
    let changes: [([String], Any, String)] = [
      (["measurements", "ratio", "trials"], huge, "ratio"), (["measurements", "null", "trials"], huge, "null"),
      (["measurements", "ratio", "trials"], 99, "ratio"),
      (["measurements", "losses", "losses", "trials"], huge, "losses"),
      (["timing", "trainingSeconds"], "nan", "trainingSeconds"),
      (["timing", "secondsPerStep"], "inf", "secondsPerStep"),
      (["timing", "evaluationSeconds"], -1, "evaluationSeconds"),
      (["timing", "trainingSeconds"], 1e300, "trainingSeconds"),
      (["measurements", "learnedStd"], -1, "learnedStd"), (["measurements", "clippedShare"], "nan", "clippedShare"),
      (["measurements", "meanToSample", "p50"], "-inf", "meanToSample"),
      (["measurements", "losses", "signalToNoise"], [1], "signalToNoise"),
      (["measurements"], NSNull(), "measurements"), (["outcome"], ["diverged": ["step": huge, "advice": "x"]], "step"),
      (["identifier"], "one\ntwo\u{1B}[31m" + String(repeating: "x", count: 5000), "identifier"),
    ]
    for (path, value, word) in changes {
      let line = try JSONSerialization.data(withJSONObject: changed(record, path, value))
      try (line + Data("\n".utf8)).write(to: scratch.url.appendingPathComponent("run/runs.jsonl"))
      for command in [
        "show run --json", "report run", "plan study.yaml --out run", "run study.yaml --out run", "fit run",
      ] {
        refused(try scratch.runner.run(command), ["runs.jsonl, line 1", word], "\(path) \(value): \(command)")
      }
      let list = try scratch.runner.run("list run --json")
      #expect(list.code == 0 && list.output.contains(word) && list.output.contains("problem"), "\(list.output)")
    }
  }

  @Test("numbers that a training about to diverge leaves are shown as texts")
  func oddNumbers() throws {
    let (scratch, record) = try runFolder()
    let identifier = try #require(record["identifier"] as? String)
    var odd = record
    for (path, value) in [
      (["measurements", "learnedStd"], "nan"), (["measurements", "finalLoss"], "inf"),
      (["measurements", "meanToTrueMean", "mean"], "nan"),
    ] { odd = changed(odd, path, value) }
    let line = try JSONSerialization.data(withJSONObject: odd)
    try (line + Data("\n".utf8)).write(to: scratch.url.appendingPathComponent("run/runs.jsonl"))
    let curve = try #require(try scratch.runner.run("show run --json").json()["configurations"] as? [[String: Any]])
    #expect(((curve[0]["curve"] as? [[String: Any]])?[0]["learnedStd"] as? String) == "nan")
    let one = try scratch.runner.run("show run --run \(identifier)")
    let measured = try #require(try one.json()["measurements"] as? [String: Any])
    #expect(measured["finalLoss"] as? String == "inf" && measured["learnedStd"] as? String == "nan")
    for command in ["show run", "list run", "plan study.yaml --out run", "run study.yaml --out run --quiet --json"] {
      let result = try scratch.runner.run(command)
      #expect(result.code == 0, "\(command): \(result.errors)")
    }
    #expect(try scratch.runner.run("report run").code == 0)
  }

  // MARK: Tables

  private static let header = "dimension,trueComponents,samples,variance,process,preset,dataSeed,seed,half\n"

  private func fit(_ rows: [String], _ options: String = "") throws -> (CommandRunner.Result, seconds: Double) {
    let scratch = try ScratchFolder()
    try scratch.write(Self.header + rows.joined(separator: "\n") + "\n", to: "t.csv")
    let started = Date()
    return (try scratch.runner.run("fit t.csv --json \(options)"), Date().timeIntervalSince(started))
  }

  @Test("a table's numbers are bounded as a study's, and at the bound a fit ends in seconds")
  func bounds() throws {
    func row(_ d: Int, _ k: Int, _ n: Int, _ variance: String = "1") -> String {
      "\(d),\(k),\(n),\(variance),vp,quick,0,0,0.78"
    }
    for (wrong, word) in [
      (row(30, 3, 1_000_000), "1000000"), (row(30, 3, 1), "samples"), (row(100_001, 3, 50), "dimension"),
      (row(30, 100_001, 50), "trueComponents"),
    ] { refused(try fit([row(30, 3, 50), wrong]).0, ["row 2", word], wrong) }
    refused(try fit([row(30, 3, 50, "1e9"), row(30, 3, 60, "1e9")]).0, ["variance", "1e9"], "variance")

    let (largest, seconds) = try fit([99_998, 99_999, 100_000].flatMap { n in [30, 100_000].map { row($0, 3, n) } })
    let rho = try #require(try largest.json()["rho"] as? Double)
    #expect(largest.code == 0 && abs(rho - 0.22) < 0.01 && seconds < 60, "\(seconds) s, \(rho)")
    // Few tuples of many seeds; then as many tuples as rows, which nobody could wait for.
    let (many, wait) = try fit((0..<100_000).map { "30,3,\(50 + $0 % 3 * 10),1,vp,quick,\($0),0,0.78" })
    #expect(many.code == 0 && wait < 60, "\(wait) s: \(many.errors)")
    refused(try fit((0..<90_000).map { row(30, 3, 2 + $0) }).0, ["too long", "90001 fits"], "90,000 tuples")
  }

  @Test("100,000 rows of results are read in seconds")
  func manyResults() throws {
    let scratch = try ScratchFolder()
    var text = "dimension,trueComponents,samples,components,variance,process,preset,dataSeed,seed,ratio,trials\n"
    for seed in 0..<2 {
      for m in 1...50_000 { text += "30,3,\(60_000 + seed),\(m),1,vp,quick,0,\(seed),\(Double(m) / 5e4),10000000\n" }
    }
    try scratch.write(text, to: "results.csv")
    let started = Date()
    let result = try scratch.runner.run("fit results.csv --json")
    #expect(result.code == 0 && Date().timeIntervalSince(started) < 60, "\(result.errors)")
  }

  @Test("a cell of many lines, or of terminal codes, makes one short line")
  func cells() throws {
    let long = "\"50\n60\u{1B}[31m" + String(repeating: "x", count: 10_000) + "\""
    let good = "30,3,50,1,vp,quick,0,0,0.78"
    for (row, word) in [
      ("30,3,\(long),1,vp,quick,0,0,0.7", "samples"), ("30,3,60,1,\(long),quick,0,0,0.7", "mixed processes"),
      ("30,3,60,\(long),vp,quick,0,0,0.7", "mixed variances"), ("30,3,60,1,vp,\(long),0,0,0.7", "mixed presets"),
      ("30,3,60,1,vp,quick,0,0,\(long)", "half"),
    ] {
      let result = try fit([good, row]).0
      refused(result, [word, "\\u{a}", "\\u{1b}"], word)
    }
  }
}
