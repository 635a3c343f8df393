// SPDX-License-Identifier: MIT
import ArgumentParser
import Audit
import Experiments
import Figures
import Files
import Foundation
import Neighbors
import Pictures
import Reports

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Did this model recite its training data? A verdict on generated samples, with evidence.",
    discussion: """
        verbatim audit --train train/ --generated samples/ --holdout test/ --out report/
        verbatim audit --train cifar-10-batches-bin --generated samples.npz --max-ratio 0.005 --confidence 0.99
        verbatim audit --train t.npy --generated g.npy --train-embeddings t-sscd.npy --generated-embeddings g-sscd.npy
        verbatim audit --train train/ --generated 10000=ckpt-10k --generated 50000=ckpt-50k --holdout test/
        verbatim audit --plan --max-ratio 0.01             how many samples are needed
        verbatim audit --model Runs/quickstart/models/ID.safetensors       samples of a run of this program

      A sample is memorized if it is less than a third as far from its nearest training point as from the next one that is no \
      duplicate of it. The verdict compares the share of such samples, less its null (the share of held-out samples), with \
      --max-ratio: 'clean' if its whole interval is at or below, 'memorized' if above, else 'inconclusive'. Distances are exact. \
      Pixel distances miss crops, shifts and recolouring: add embeddings of a copy-detection network for those.

      With --out: report.html, audit.json, metrics.csv, samples.csv, recited.csv, duplicates.csv, classes.csv (of labelled data), figures; interrupted, the \
      same command goes on where it was.

      Exit codes: 0 clean, 1 memorized or inconclusive, 2 wrong usage or input, 3 failure while running or interrupted.
      """)

  @OptionGroup(title: "Data") var data: AuditDataOptions
  @OptionGroup(title: "Rule") var rule: AuditRuleOptions
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A model of a run folder, in place of --train and --generated.", valueName: "path"))
  var model: [String] = []
  @Option(
    parsing: .unconditional,
    help: "What the positions of a trajectory are: step, samples (training-set sizes) or components.")
  var by: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Write evidence into this folder: a new or empty one, or that of an earlier audit.", valueName: "folder"))
  var out: String?
  @Flag(help: "Keep every picture out of the evidence.")
  var noImages = false
  @Option(parsing: .unconditional, help: "Working memory of the searches, such as 500M or 4G (default: 1G).")
  var memory: String?
  @OptionGroup(title: "Plan") var planning: AuditPlanOptions
  @OptionGroup var work: WorkOptions

  func validate() throws {
    try OutOption.check(out)
    _ = try memoryBytes
    _ = try axis
    if planning.plan {
      let others = [
        ("--model", !model.isEmpty), ("--by", by != nil), ("--out", out != nil), ("--no-images", noImages),
        ("--memory", memory != nil),
      ]
      return try OptionProblem.refuse(
        data.given + rule.ofSamples + others, "--plan reads no samples; leave one of them out")
    }
    try OptionProblem.refuse(planning.ofPlan, "belongs to a plan; allowed: together with --plan")
    try OptionProblem.refuse([("--no-images", noImages)], out == nil ? "needs the evidence of --out" : nil)
    let several = max(model.count, data.generated.count) > 1
    try OptionProblem.refuse([("--by", by != nil)], several ? nil : "names positions; allowed: with several sets")
    if !model.isEmpty {
      return try OptionProblem.refuse(
        data.given, "--model has its own data; leave out --train, --generated and what belongs to them")
    }
    guard !data.train.isEmpty else { throw ValidationError("--train: missing; the training set of the model") }
    guard !data.generated.isEmpty else { throw ValidationError("--generated: missing; samples of the model") }
    if let metric = data.embeddingMetric, !["cosine", "euclidean"].contains(metric) {
      throw ValidationError("--embedding-metric: '\(metric)' is unknown; allowed: cosine, euclidean")
    }
    _ = try (data.pictureOptions(), data.pictureOptions(generated: true))
    guard (data.trainEmbeddings == nil) == (data.generatedEmbeddings == nil) else {
      throw ValidationError("--train-embeddings and --generated-embeddings go together")
    }
    if data.embeddingMetric != nil, data.trainEmbeddings == nil {
      throw ValidationError("--embedding-metric: needs --train-embeddings and --generated-embeddings")
    }
    if data.holdoutEmbeddings != nil, data.trainEmbeddings == nil || data.holdout == nil {
      throw ValidationError("--holdout-embeddings: needs --holdout and --train-embeddings")
    }
  }

  func run() throws {
    if planning.plan { return try planning.print(rule: rule, json: work.json) }
    if let out {
      try refuseInputs(out)
      Interruption.keepsWork()
    }
    // Before the hours of a search, not after.
    let gnuplot = try out.map { _ in try Gnuplot.required(otherwise: "or leave out --out") }
    let folder = try out.map { try Self.folder($0) }
    let code: Int32
    do {
      let sets = try AuditSets(command: self, scratch: TemporaryFolder(in: out ?? NSTemporaryDirectory()))
      if sets.isTrajectory {
        code = try AuditTrajectoryWork(
          command: self, sets: sets, axis: axis ?? sets.usualAxis, folder: folder, gnuplot: gnuplot
        ).run()
      } else {
        code = try one(sets.all[0], folder, gnuplot)
      }
    } catch {
      folder?.abandon()
      throw error
    }
    if code != 0 { throw ExitCode(code) }
  }

  /// The folder of an audit, of which no file is anyone else's.
  static func folder(_ path: String) throws -> OwnedFolder {
    let folder = try OwnedFolder(path, kind: .audit, legacy: AuditReport.unmarked)
    // Before the hours of a search, not after.
    try folder.requireOwn(AuditReport.tables + [AuditReport.last, AuditTrajectoryReport.last, "report.html"])
    return folder
  }

  private func one(_ set: AuditSets.Set, _ folder: OwnedFolder?, _ gnuplot: Gnuplot?) throws -> Int32 {
    let (result, document, page) = try audit(set, folder: folder, gnuplot: gnuplot)
    if work.json {
      try Console.json(document)
    } else {
      try Console.result(AuditText.summary(result) + (page.map { "\nreport: \($0)" } ?? ""))
    }
    return result.verdict.exitCode
  }

  /// One audit with its evidence in a folder, if there is one.
  func audit(
    _ set: AuditSets.Set, folder: OwnedFolder?, gnuplot: Gnuplot?
  ) throws -> (AuditResult, AuditDocument, page: String?) {
    let started = Date()
    let audit = AuditWork(
      spaces: try set.spaces(), settings: try rule.settings, memory: try memoryBytes, work: work,
      scratch: set.scratch, blocks: folder.map { "\($0.path)/neighbors" },
      rangesAreNamed: data.range != nil || data.generatedRange != nil)
    try IdleAuditOptions(data: data, rule: rule, isTrajectory: set.position != nil && model.isEmpty)
      .check(audit.spaces[0].all)
    let result = try audit.run()
    let document = result.document(Machine.auditProvenance(started))
    guard let folder else { return (result, document, nil) }
    let report = AuditReport(
      result, document: document, train: audit.spaces[0].train, generated: audit.spaces[0].generated,
      showsPictures: !noImages)
    let staged = try folder.stage()
    _ = try report.write(to: URL(fileURLWithPath: staged), formats: FolderReport.standard, gnuplot: gnuplot)
    try folder.publish(staged, last: AuditReport.last)
    audit.removeBlocks()
    return (result, document, "\(folder.path)/report.html")
  }

  /// Evidence among the pictures would be read as pictures the next time.
  private func refuseInputs(_ out: String) throws {
    let arrays = [
      data.holdout, data.trainEmbeddings, data.generatedEmbeddings, data.holdoutEmbeddings, data.trainLabels,
    ]
    let inputs = data.train + data.generated + arrays.compactMap { $0 } + model
    for input in inputs.flatMap({ [$0, String($0.drop { $0 != "=" }.dropFirst())] }) where !input.isEmpty {
      if FileIdentity.isInside(out, input) {
        throw ValidationError("--out: '\(out)' is or lies in the input '\(input)'; allowed: another folder")
      }
      // What an earlier audit left there is removed.
      if ["figures", "neighbors"].contains(where: { FileIdentity.isInside(input, "\(out)/\($0)") }) {
        throw ValidationError(
          "--out: the input '\(input)' lies among the evidence in '\(out)'; allowed: another folder")
      }
    }
  }

  /// `--memory` in bytes.
  var memoryBytes: Int {
    get throws {
      let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
      let memory = memory ?? "1G"
      let text = memory.uppercased().hasSuffix("B") ? String(memory.uppercased().dropLast()) : memory.uppercased()
      let unit = text.last.flatMap { units[$0] }
      let number = Double(unit == nil ? text : String(text.dropLast())) ?? 0
      let bytes = number * Double(unit ?? 1)
      guard bytes >= 0x1p20, bytes <= 0x1p50 else {
        throw ValidationError("--memory: '\(memory)' is out of range; allowed: 1M or more, such as 500M or 4G")
      }
      return Int(bytes)
    }
  }

  private var axis: AuditTrajectory.Axis? {
    get throws {
      guard let by else { return nil }
      guard let axis = AuditTrajectory.Axis(rawValue: by) else {
        throw ValidationError("--by: '\(by)' is unknown; allowed: step, samples, components")
      }
      return axis
    }
  }
}
