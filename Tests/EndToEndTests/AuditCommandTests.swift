// SPDX-License-Identifier: MIT
import Files
import Audit
import Foundation
import Kernels
import RunStore
import LabTesting
import Statistics
import Testing
import Experiments
import Memorization

/// `verbatim audit` as a user calls it, on small sets of 8 x 8 pictures.
@Suite("The audit command")
struct AuditCommandTests {
  /// `count` pictures of smooth noise, 8 x 8, as rows of bytes.
  private func pictures(_ count: Int, _ label: String) -> [[UInt8]] {
    let key = RandomKey(seed: 1).child(label)
    return (0..<count).map { index in
      let waves = key.child(index).normals(12)
      return (0..<64).map { pixel in
        var value = 128.0
        for wave in 0..<12 {
          value +=
            22 * waves[wave]
            * cos(Double(pixel % 8) * Double(wave % 4) * 0.4 + Double(pixel / 8) * Double(wave / 4) * 0.5)
        }
        return UInt8(max(0, min(255, value)))
      }
    }
  }

  private func idx(_ pictures: [[UInt8]]) -> Data {
    func big(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 255) } }
    return Data([0, 0, 8, 3] + big(pictures.count) + big(8) + big(8) + pictures.flatMap { $0 })
  }

  private func labels(_ count: Int) -> Data {
    Data([0, 0, 8, 1, 0, 0, UInt8(count >> 8), UInt8(count & 255)] + (0..<count).map { UInt8($0 % 3) })
  }

  /// A folder with train, clean, dirty (a tenth recited) and holdout.
  private func scratch() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    func write(_ data: Data, _ name: String) throws { try data.write(to: scratch.url.appendingPathComponent(name)) }
    let (train, clean) = (pictures(1000, "train"), pictures(1000, "clean"))
    try write(idx(train), "train-images-idx3.idx")
    try write(labels(1000), "train-labels-idx1.idx")
    try write(idx(clean), "clean.idx")
    try write(idx(clean.enumerated().map { $0 % 10 == 0 ? train[$0 / 2] : $1 }), "dirty.idx")
    try write(idx(pictures(1000, "holdout")), "holdout.idx")
    return scratch
  }

  private let base = "audit --train train-images-idx3.idx --quiet"

  @Test("a clean model gets 0, a reciting one 1, and few samples 1")
  func verdicts() throws {
    let scratch = try scratch()
    let clean = try scratch.runner.run("\(base) --generated clean.idx --holdout holdout.idx --json")
    #expect(clean.code == 0, "\(clean.errors)")
    let document = try clean.json()
    #expect(document["schema"] as? Int == 1 && document["verdict"] as? String == "clean")
    let metrics = try #require(document["metrics"] as? [[String: Any]])
    let ratio = try #require(metrics.first { $0["name"] as? String == "memorization-ratio" })
    #expect(ratio["space"] as? String == "pixels" && ratio["n"] as? Int == 1000)
    for key in ["value", "low", "high", "null", "pValue"] { #expect(ratio[key] is Double, "\(key)") }
    #expect((document["inputs"] as? [[String: Any]])?.count == 3)

    let dirty = try scratch.runner.run("\(base) --generated dirty.idx --holdout holdout.idx --json")
    #expect(dirty.code == 1)
    #expect(try dirty.json()["verdict"] as? String == "memorized")
    // Without held-out data the null is that of the intrinsic dimension.
    let alone = try scratch.runner.run("\(base) --generated dirty.idx")
    #expect(alone.code == 1 && alone.output.contains("memorized") && alone.output.contains("3^-m"), "\(alone.output)")
    let strict = try scratch.runner.run("\(base) --generated clean.idx --holdout holdout.idx --max-ratio 0.0001")
    #expect(strict.code == 1 && strict.output.contains("inconclusive"))
  }

  @Test("the evidence is whole, self-contained, and without pictures if asked")
  func evidence() throws {
    let scratch = try scratch()
    let line = "\(base) --generated dirty.idx --holdout holdout.idx --out"
    #expect(try scratch.runner.run("\(line) report").code == 1)
    let page = String(decoding: try scratch.bytes("report/report.html"), as: UTF8.self)
    #expect(page.contains("data:image/png;base64,") && page.contains("By class") && !page.contains("http"))
    for name in ["audit.json", "metrics.csv", "samples.csv", "recited.csv", "duplicates.csv", "classes.csv"] {
      #expect(try !scratch.bytes("report/\(name)").isEmpty, "\(name)")
    }
    let samples = String(decoding: try scratch.bytes("report/samples.csv"), as: UTF8.self).split(separator: "\n")
    #expect(samples.count == 1001)
    let recited = String(decoding: try scratch.bytes("report/recited.csv"), as: UTF8.self).split(separator: "\n")
    #expect(recited.count >= 101)
    #expect(!FileManager.default.fileExists(atPath: scratch.url.path + "/report/neighbors"))

    #expect(try scratch.runner.run("\(line) private --no-images").code == 1)
    let without = String(decoding: try scratch.bytes("private/report.html"), as: UTF8.self)
    #expect(!without.contains("data:image/png"))
    let figures = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/private/figures")
    #expect(!figures.contains { $0.hasPrefix("worst") })
  }

  @Test("nothing of an earlier audit stays in its folder, and nothing of anyone else's goes")
  func folders() throws {
    let scratch = try scratch()
    let line = "\(base) --generated dirty.idx --holdout holdout.idx --out report"
    #expect(try scratch.runner.run(line).code == 1)
    try scratch.write("mine", to: "report/train.pixels")
    try scratch.write("mine", to: "report/notes.txt")
    try FileManager.default.createDirectory(
      atPath: scratch.url.path + "/report/.verbatim-scratch-999999999", withIntermediateDirectories: true)
    #expect(try scratch.runner.run("\(line) --no-images").code == 1)
    let figures = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/report/figures")
    #expect(!figures.contains { $0.hasPrefix("worst") } && figures.contains("ratios-pixels.svg"))
    // Points have no classes.
    try NPYFile.write(
      Matrix(rows: 90, columns: 3, values: RandomKey(seed: 3).normals(270)), to: scratch.url.path + "/p.npy",
      as: .float32)
    try NPYFile.write(
      Matrix(rows: 50, columns: 3, values: RandomKey(seed: 4).normals(150)), to: scratch.url.path + "/q.npy",
      as: .float32)
    #expect(try scratch.runner.run("audit --train p.npy --generated q.npy --out report --quiet").code <= 1)
    let left = Set(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/report"))
    #expect(!left.contains("classes.csv") && left.isSuperset(of: ["train.pixels", "notes.txt", "report.html"]))
    #expect(!left.contains { $0.hasPrefix(".verbatim-scratch") || $0 == "neighbors" }, "\(left)")
    #expect(try scratch.bytes("report/train.pixels") == Data("mine".utf8))
  }

  @Test("names of files are no formulas and no terminal codes")
  func names() throws {
    let scratch = try scratch()
    for folder in ["t/=1+1", "g"] {
      try FileManager.default.createDirectory(
        atPath: scratch.url.path + "/\(folder)", withIntermediateDirectories: true)
    }
    // Any PNG will do: those of an earlier report.
    #expect(try scratch.runner.run("\(base) --generated dirty.idx --holdout holdout.idx --out report").code == 1)
    let png = try scratch.bytes("report/figures/worst-1.png")
    for name in ["t/=1+1/=cmd.png", "t/=1+1/a\u{1B}[31m.png", "t/=1+1/<b>.png", "g/@sum.png"] {
      try png.write(to: scratch.url.appendingPathComponent(name))
    }
    #expect(try scratch.runner.run("audit --train t --generated g --out out --quiet").code <= 1)
    let page = String(decoding: try scratch.bytes("out/report.html"), as: UTF8.self)
    #expect(!page.contains("\u{1B}") && !page.contains("<b>.png"))
    for table in ["samples.csv", "classes.csv"] {
      let text = String(decoding: try scratch.bytes("out/\(table)"), as: UTF8.self)
      #expect(!text.contains("\u{1B}") && !text.contains(",=") && !text.contains(",@"), "\(text)")
    }
  }

  @Test("the same bytes for any threads and memory, and after a kill")
  func reproducible() throws {
    let scratch = try scratch()
    let line = "\(base) --generated dirty.idx --holdout holdout.idx"
    _ = try scratch.runner.run("\(line) --out a --threads 1")
    _ = try scratch.runner.run("\(line) --out b --threads 2 --memory 2M")
    for name in ["samples.csv", "metrics.csv", "recited.csv", "duplicates.csv"] {
      #expect(try scratch.bytes("a/\(name)") == scratch.bytes("b/\(name)"), "\(name)")
    }
    let (process, _, _) = try scratch.runner.start("\(line) --out c --threads 1".split(separator: " ").map(String.init))
    let neighbors = scratch.url.path + "/c/neighbors"
    while process.isRunning, !FileManager.default.fileExists(atPath: neighbors) { usleep(1000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    _ = try scratch.runner.run("\(line) --out c --threads 2")
    #expect(try scratch.bytes("a/samples.csv") == scratch.bytes("c/samples.csv"))
    #expect(try scratch.bytes("a/metrics.csv") == scratch.bytes("c/metrics.csv"))
  }

  @Test("checkpoints make a trajectory with its largest safe step")
  func trajectory() throws {
    let scratch = try scratch()
    let result = try scratch.runner.run(
      "\(base) --generated 100=clean.idx --generated 200=dirty.idx --holdout holdout.idx --out path --json")
    #expect(result.code == 1, "\(result.errors)")
    let document = try result.json()
    #expect(document["safe"] as? Double == 100 && document["axis"] as? String == "step")
    #expect(
      String(decoding: try scratch.bytes("path/report.html"), as: UTF8.self).contains("argest safe training step"))
    #expect(FileManager.default.fileExists(atPath: scratch.url.path + "/path/200/report.html"))
  }

  @Test("embeddings are a second space, and one that recites decides")
  func embeddings() throws {
    let scratch = try scratch()
    func matrix(_ count: Int, _ label: String) -> Matrix {
      Matrix(rows: count, columns: 16, values: RandomKey(seed: 2).child(label).normals(count * 16))
    }
    let (train, generated) = (matrix(1000, "t"), matrix(1000, "g"))
    try NPYFile.write(train, to: scratch.url.path + "/t.npy", as: .float32)
    try NPYFile.write(generated, to: scratch.url.path + "/g.npy", as: .float32)
    var copied = generated
    for index in 0..<16 * 300 { copied.values[index] = train.values[index] * 2 }
    try NPYFile.write(copied, to: scratch.url.path + "/c.npy", as: .float32)
    try NPYFile.write(matrix(1000, "h"), to: scratch.url.path + "/h.npy", as: .float32)
    let line = "\(base) --generated clean.idx --holdout holdout.idx --train-embeddings t.npy --holdout-embeddings h.npy"
    #expect(try scratch.runner.run("\(line) --generated-embeddings g.npy").code == 0)
    let found = try scratch.runner.run("\(line) --generated-embeddings c.npy --json")
    #expect(found.code == 1)
    let metrics = try #require(try found.json()["metrics"] as? [[String: Any]])
    let similar = metrics.first { $0["name"] as? String == "cosine-similarity" }
    #expect((similar?["value"] as? Double).map { $0 >= 0.3 } == true)
  }

  @Test("bad input gets one line and exit code 2")
  func refused() throws {
    let scratch = try scratch()
    try idx(pictures(5, "few")).dropLast(3).write(to: scratch.url.appendingPathComponent("short.idx"))
    var small = Data([0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 4])
    small.append(Data(repeating: 7, count: 64))
    try small.write(to: scratch.url.appendingPathComponent("small.idx"))
    try scratch.write("\u{80}nothing", to: "odd.npy")
    try FileManager.default.createDirectory(
      at: scratch.url.appendingPathComponent("empty"), withIntermediateDirectories: true)
    var broken = Matrix(rows: 4, columns: 2, repeating: 1)
    broken[2, 1] = .nan
    try NPYFile.write(broken, to: scratch.url.path + "/nan.npy", as: .float32)
    try NPYFile.write(Matrix(rows: 4, columns: 2, repeating: 1), to: scratch.url.path + "/points.npy")
    try NPYFile.write(Matrix(rows: 4, columns: 2, repeating: 1e200), to: scratch.url.path + "/huge.npy")
    let t = "audit --train train-images-idx3.idx"
    for (line, words) in [
      ("audit --generated clean.idx", ["--train"]), ("\(t)", ["--generated"]),
      ("\(t) --generated nowhere", ["nowhere"]), ("\(t) --generated short.idx", ["short.idx", "320"]),
      ("\(t) --generated small.idx", ["small.idx", "4 x 4", "8 x 8"]), ("\(t) --generated empty", ["empty"]),
      ("\(t) --generated odd.npy", ["odd.npy"]), ("\(t) --generated points.npy", ["points.npy", "pictures"]),
      ("audit --train points.npy --generated nan.npy", ["nan.npy", "nan"]),
      ("\(t) --generated clean.idx --holdout train-images-idx3.idx", ["held-out set equals the training set"]),
      ("\(t) --generated clean.idx --max-ratio 2", ["--max-ratio", "2"]),
      ("\(t) --generated clean.idx --confidence 95", ["--confidence", "95"]),
      ("\(t) --generated clean.idx --neighbors 51", ["--neighbors", "51"]),
      ("\(t) --generated clean.idx --memory little", ["--memory", "little"]),
      ("\(t) --generated clean.idx --range 0..2", ["--range", "0..2"]),
      ("\(t) --generated clean.idx --train-embeddings points.npy", ["--generated-embeddings"]),
      ("\(t) --generated clean.idx --train-embeddings points.npy --generated-embeddings points.npy", ["4", "1000"]),
      ("\(t) --generated 1=clean.idx --generated dirty.idx", ["dirty.idx", "POSITION"]),
      ("\(t) --generated 1=clean.idx --generated 1=dirty.idx", ["--generated", "1.0", "twice"]),
      ("\(t) --generated 1=clean.idx --generated nan=dirty.idx", ["--generated", "nan"]),
      ("\(t) --generated clean.idx --holdout clean.idx", ["clean.idx", "generated set"]),
      ("\(t) --generated empty --out empty/report", ["--out", "empty/report"]),
      ("audit --train huge.npy --generated huge.npy", ["huge.npy", "1e+200"]),
      ("\(t) --generated clean.idx --confidence 0.9999999999999999", ["--confidence"]),
      ("audit --model x.safetensors --shape 2x2", ["--model"]),
      ("audit --model nowhere.safetensors", ["nowhere.safetensors"]),
      ("audit --plan --excess 0.001", ["--excess", "0.001"]),
    ] {
      let result = try scratch.runner.run(line)
      #expect(result.code == 2, "\(line): \(result.code) \(result.errors)")
      #expect(result.errorLines.count == 1 && result.output.isEmpty, "\(line): \(result.errors)")
      for word in words { #expect(result.errors.contains(word), "\(line): no '\(word)' in \(result.errors)") }
    }
  }

  @Test("a plan says how many samples are needed")
  func plan() throws {
    let scratch = try ScratchFolder()
    let result = try scratch.runner.run("audit --plan --json")
    #expect(result.code == 0)
    let (clear, find) = (try result.json()["toClear"] as? Int, try result.json()["toFind"] as? Int)
    #expect(
      clear.map { (100...2000).contains($0) } == true && find.map { (500...20_000).contains($0) } == true,
      "\(result.output)")
    #expect(try scratch.runner.run("audit --plan --null 0.03").output.contains("3 %"))
  }

  @Test("the audit of a run has the laboratory's own ratio and null, to the digit")
  func laboratory() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      "dimension: 20\ntrueComponents: 3\nsamples: 40\ncomponents: [20, 32]\nrefinement: 0\nsteps: 1000\nevaluationSamples: 1000\nheldOutSamples: 1000\n",
      to: "study.yaml")
    #expect(try scratch.runner.run("run study.yaml --out run --quiet --no-report").code == 0)
    let folder = RunFolder(scratch.url.path + "/run")
    for record in try folder.records().records {
      let measured = try #require(record.measurements)
      let result = try scratch.runner.run(["audit", "--model", folder.modelPath(of: record), "--json", "--quiet"])
      #expect(result.code <= 1, "\(result.errors)")
      let document = try JSONDecoder().decode(AuditDocument.self, from: Data(result.output.utf8))
      let ratio = try #require(document.metrics.first { $0.name == "memorization-ratio" })
      #expect(
        ratio.value == measured.ratio.value && ratio.low == measured.ratio.low && ratio.high == measured.ratio.high)
      #expect(ratio.null == measured.null.value && ratio.nullHigh == measured.null.high)
    }
  }
}
