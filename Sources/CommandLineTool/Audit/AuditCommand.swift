// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

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

      A sample is memorized if its nearest training point is less than a third as far away as the next training point \
      that is not a duplicate of it. The verdict takes the share of such samples, subtracts its null (the same share \
      of held-out samples) and compares the result with --max-ratio: 'clean' if its whole interval is at or below, \
      'memorized' if it is above, otherwise 'inconclusive'. Distances are exact. Pixel distances miss crops, shifts \
      and recolouring: add embeddings of a copy-detection network for those.

      With --out: report.html, audit.json, metrics.csv, samples.csv, recited.csv, duplicates.csv, classes.csv (of \
      labelled data), figures. If interrupted, the same command continues where it stopped.

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
    help: "Meaning of the positions of a trajectory: step, samples (training-set sizes) or components.")
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
        data.given, "--model brings its own data; leave out --train, --generated and their options")
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
      try OptionProblem.naming { () throws(AuditError) in
        try AuditEvidence.check(folder: out, apartFrom: inputs)
      }
      Interruption.keepsWork()
    }
    // Before the hours of a search, not after.
    let gnuplot = try out.map { _ in try Gnuplot.required(otherwise: "or leave out --out") }
    let evidence = try out.map { try AuditEvidence(folder: $0, showsPictures: !noImages, gnuplot: gnuplot) }
    let verdict: AuditVerdict
    do {
      switch try requests() {
      case .single(let request): verdict = try audit(request, evidence)
      case .trajectory(let request): verdict = try audit(request, evidence)
      }
    } catch {
      evidence?.abandon()
      throw error
    }
    if let code = verdict.exitCode { throw code }
  }

  private func audit(_ request: AuditRequest, _ evidence: AuditEvidence?) throws -> AuditVerdict {
    let outcome = try Audit.report(
      request, evidence: evidence, progress: show, shouldStop: { Interruption.isRequested })
    try print(outcome.document, AuditText.summary(outcome.result), outcome.page)
    return outcome.result.verdict
  }

  private func audit(_ request: AuditTrajectoryRequest, _ evidence: AuditEvidence?) throws -> AuditVerdict {
    let outcome = try Audit.report(
      request, evidence: evidence, progress: show, shouldStop: { Interruption.isRequested })
    try print(outcome.document, AuditText.trajectory(outcome.trajectory), outcome.page)
    return outcome.trajectory.verdict
  }

  private func print(_ document: some Encodable, _ text: String, _ page: String?) throws {
    if work.json { return try Console.json(document) }
    try Console.result(text + (page.map { "\nreport: \($0)" } ?? ""))
  }

  private func show(_ progress: AuditProgress) {
    if case .warning(let line) = progress { return Console.warning(line) }
    guard !work.quiet else { return }
    switch progress {
    case .warning: break
    case .position(let position, let axis): Console.log("\(axis.rawValue) \(AuditTrajectory.name(position))")
    case .searching(let space, let pass, let search):
      let left = search.secondsLeft.map { ", \(ClockText.of(seconds: $0)) left" } ?? ""
      let share = search.total > 0 ? 100 * search.done / search.total : 100
      Console.status("\(space): \(pass), \(share) %\(left)")
    case .measuring(let space): Console.status("\(space): metrics")
    case .ended: Console.clearLine()
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

  var axis: AuditTrajectory.Axis? {
    get throws {
      guard let by else { return nil }
      guard let axis = AuditTrajectory.Axis(rawValue: by) else {
        throw ValidationError("--by: '\(by)' is unknown; allowed: step, samples, components")
      }
      return axis
    }
  }
}

extension AuditVerdict {
  /// A finding is no failure: 1 unless clean, which has none.
  fileprivate var exitCode: ExitCode? { self == .clean ? nil : ExitCode(1) }
}
