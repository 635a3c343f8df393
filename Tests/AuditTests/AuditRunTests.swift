// SPDX-License-Identifier: MIT
import Audit
import Figures
import Files
import Foundation
import Kernels
import Neighbors
import Pictures
import Reports
import Testing

/// The audit as a Swift program calls it.
@Suite struct AuditRunTests {
  private func points(_ count: Int, _ label: String) -> Matrix {
    Matrix(rows: count, columns: 12, values: RandomKey(seed: 21).child(label).normals(count * 12))
  }

  /// 1,000 samples of which the first `copies` are training points.
  private func samples(_ copies: Int, of train: Matrix) -> Matrix {
    var samples = points(1000, "generated")
    for value in 0..<copies * 12 { samples.values[value] = train.values[value] }
    return samples
  }

  private func folder() throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("audit-run-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private func problem(_ make: () throws -> Void) -> String {
    do { try make() } catch { return "\(error)" }
    return "taken"
  }

  @Test func `five lines audit arrays in memory`() throws {
    let train = points(1500, "train"), holdout = points(1000, "holdout")
    let generated = samples(200, of: train)
    // The lines of the documentation of `Audit`.
    var lines: [String] = []
    func print(_ words: Any...) { lines.append(words.map { "\($0)" }.joined(separator: " ")) }
    let outcome = try Audit.run(train: train, generated: generated, holdout: holdout)
    let ratio = outcome.result.leading.verdictMetric
    print(outcome.result.verdict, ratio.value, ratio.low ?? 0, ratio.high ?? 1)
    for item in outcome.result.leading.recited { print("row \(item.train) is recited by \(item.samples)") }

    #expect(lines[0].hasPrefix("memorized 0.2"))
    #expect(lines.contains("row 7 is recited by [7]") && lines.count >= 201)
    #expect(outcome.warnings.isEmpty && outcome.result.inputs.map(\.role) == [.train, .generated, .holdout])
    #expect(try Audit.run(train: train, generated: samples(0, of: train), holdout: holdout).result.verdict == .clean)
  }

  @Test func `arrays and the same values in files have the same numbers and one SHA-256`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (train, holdout) = (points(600, "train"), points(300, "holdout"))
    let generated = samples(50, of: train)
    for (name, matrix) in [("t", train), ("g", generated), ("h", holdout)] {
      try NPYFile.write(matrix, to: "\(folder)/\(name).npy")
    }
    let files = AuditFiles(train: "\(folder)/t.npy", generated: "\(folder)/g.npy", holdout: "\(folder)/h.npy")
    let read = try Audit.run(AuditRequest(AuditData(files), memory: 1 << 22, threads: 2)).result
    let held = try Audit.run(train: train, generated: generated, holdout: holdout).result
    #expect(read.spaces.map(\.metrics) == held.spaces.map(\.metrics) && read.leading.samples == held.leading.samples)
    #expect(read.inputs.map(\.sha256) == held.inputs.map(\.sha256))
  }

  @Test func `audits that share a reader read training and held-out data once, if they read them alike`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["t", "g", "h"] { try NPYFile.write(points(50, name), to: "\(folder)/\(name).npy") }
    var files = AuditFiles(train: "\(folder)/t.npy", generated: "\(folder)/g.npy", holdout: "\(folder)/h.npy")
    let reader = DatasetReader()
    let first = try reader.spaces(files)
    for name in ["t", "h"] { try FileManager.default.removeItem(atPath: "\(folder)/\(name).npy") }
    #expect(try reader.spaces(files)[0].datasets.map(\.sha256) == first[0].datasets.map(\.sha256))
    #expect(throws: (any Error).self) { try DatasetReader().spaces(files) }
    files.pictures.shape = PictureShape(height: 3, width: 4, channels: 1)
    #expect(throws: (any Error).self) { try reader.spaces(files) }
  }

  @Test func `arrays that cannot be compared are errors of one line, before any search`() throws {
    let train = points(20, "train")
    var broken = train
    broken[3, 5] = .nan
    let few = Matrix(rows: 2, columns: 12, repeating: 1), none = Matrix(rows: 0, columns: 12, repeating: 0)
    for (words, make) in [
      ("samples: value 5 of point 3 is nan", { _ = try Audit.run(train: train, generated: broken) }),
      ("training data: a training set of 2", { _ = try Audit.run(train: few, generated: train) }),
      ("generated: '0 points'", { _ = try Audit.run(train: train, generated: none) }),
      (
        "held-out data: the held-out set equals the training",
        {
          _ = try Audit.run(train: train, generated: points(9, "g"), holdout: train)
        }
      ),
      (
        "samples: its largest value is 1e+200",
        {
          _ = try Audit.run(train: train, generated: Matrix(rows: 3, columns: 12, repeating: 1e200))
        }
      ),
      (
        "samples: points of 3 values",
        {
          _ = try Audit.run(train: train, generated: Matrix(rows: 3, columns: 3, repeating: 1))
        }
      ),
    ] as [(String, () throws -> Void)] {
      let line = problem(make)
      #expect(line.hasPrefix(words) && !line.contains("\n"), "\(words): \(line)")
    }
  }

  @Test func `warnings come before the searches and are in the outcome, and progress names every search`() throws {
    let train = points(300, "train")
    let far = Matrix(rows: 100, columns: 12, values: points(100, "g").values.map { $0 + 100 })
    var (said, passes, isEnded): ([String], [NeighborPass], Bool) = ([], [], false)
    let data = AuditData(try SpaceData(train: train, generated: far, holdout: points(100, "holdout")))
    let outcome = try Audit.run(AuditRequest(data, memory: 1 << 16)) { progress in
      switch progress {
      case .warning(let line):
        #expect(passes.isEmpty)
        said.append(line)
      case .searching(_, let pass, _): if passes.last != pass { passes.append(pass) }
      case .ended: isEnded = true
      case .measuring, .position: break
      }
    }
    #expect(said == outcome.warnings && said.count == 2 && isEnded, "\(said)")
    #expect(said[0].contains("on the same scale") && said[1].contains("for the searches"))
    #expect(passes == [.generated, .holdout, .train, .equalTrain, .toHoldout])
  }

  @Test func `what is stopped or refused throws, and the data are seen before the searches`() throws {
    let data = AuditData(try SpaceData(train: points(300, "train"), generated: points(100, "g")))
    #expect(throws: CancellationError.self) { try Audit.run(AuditRequest(data), shouldStop: { true }) }
    let refusing = data.checked { spaces in
      #expect(spaces.map(\.name) == ["points"])
      throw AuditError("not these")
    }
    #expect(problem { _ = try Audit.run(AuditRequest(refusing), progress: { Issue.record("\($0)") }) } == "not these")
  }

  @Test func `a trajectory is its audits in one call`() throws {
    let train = points(1500, "train"), holdout = points(1000, "holdout")
    let audits = try [(300.0, 100), (100, 0), (200, 0)].map { position, copies in
      let space = try SpaceData(train: train, generated: samples(copies, of: train), holdout: holdout)
      return (position: position, request: AuditRequest(AuditData(space)))
    }
    let request = try AuditTrajectoryRequest(axis: .step, audits: audits)
    var verdicts: [Double: AuditVerdict] = [:]
    let trajectory = try Audit.run(request, each: { verdicts[$0] = $1.result.verdict })
    #expect(verdicts == [100: .clean, 200: .clean, 300: .memorized])
    #expect(
      trajectory.safe == 200 && trajectory.verdict == .memorized
        && trajectory.points.map(\.position) == [100, 200, 300])
    let outcome = try Audit.report(request)
    #expect(outcome.trajectory == trajectory && outcome.page == nil && outcome.document.safe == 200)
    #expect(outcome.document.audits.map(\.verdict) == [.memorized, .clean, .clean])
    #expect(problem { _ = try AuditTrajectoryRequest(axis: .step, audits: [audits[0], audits[0]]) }.contains("twice"))
    #expect(problem { _ = try AuditTrajectoryRequest(axis: .step, audits: []) }.contains("no audits"))
  }

  @Test(arguments: [0, 1]) func `what one audit of a trajectory throws ends it`(_ broken: Int) throws {
    let train = points(300, "train")
    let good = AuditData(try SpaceData(train: train, generated: points(100, "g")))
    let bad = AuditData(AuditFiles(train: "/nowhere/t.npy", generated: "/nowhere/g.npy"))
    let audits = (0..<2).map { (position: Double($0), request: AuditRequest($0 == broken ? bad : good)) }
    let request = try AuditTrajectoryRequest(axis: .step, audits: audits)
    #expect(problem { _ = try Audit.run(request) }.contains("/nowhere/t.npy"))
    #expect(problem { _ = try Audit.report(request) }.contains("/nowhere/t.npy"))
  }

  @Test func `evidence is published as a whole, and a stopped audit leaves no folder that it made`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let train = points(400, "train")
    let data = AuditData(try SpaceData(train: train, generated: samples(100, of: train)))
    let path = "\(folder)/report"
    do {
      let outcome = try Audit.report(
        AuditRequest(data), evidence: AuditEvidence(folder: path, formats: [.svg]))
      #expect(outcome.page == "\(path)/report.html" && outcome.document.verdict == outcome.result.verdict)
    }
    let names = Set(try FileManager.default.contentsOfDirectory(atPath: path))
    #expect(names.isSuperset(of: ["report.html", "audit.json", "samples.csv", "figures", ".verbatim-audit"]))
    #expect(!names.contains { $0.hasPrefix(".verbatim-scratch") || $0 == "neighbors" }, "\(names)")
    let stopped = "\(folder)/stopped"
    #expect(throws: CancellationError.self) {
      try Audit.report(AuditRequest(data), evidence: AuditEvidence(folder: stopped), shouldStop: { true })
    }
    #expect(!FileManager.default.fileExists(atPath: stopped))
    #expect(problem { try AuditEvidence.check(folder: "\(folder)/x", apartFrom: [folder]) }.hasPrefix("out: '"))
  }
}
