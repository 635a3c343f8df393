// SPDX-License-Identifier: MIT
import ArgumentParser
import Diffusion
import Experiments
import Foundation
import Training

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "What a study would run: trainings, estimated time, what exists already. Writes nothing.",
    discussion: """
        verbatim plan Studies/quickstart.yaml
        verbatim plan Studies/quickstart.yaml preset=paper --threads 2 --json
      """)

  @OptionGroup var options: StudyOptions
  @OptionGroup var work: WorkOptions

  func run() throws {
    let study = try options.study()
    try PlanPrinter(study: study, folder: options.folder(of: study), work: work).print()
  }
}

/// Prints a plan as text or JSON.
struct PlanPrinter {
  let study: Study
  let folder: String
  let work: WorkOptions

  private struct Document: Encodable {
    struct Row: Encodable {
      let dimension, trueComponents, samples: Int
      let variance: Double
      let preset, process: String
      let dataSeed, seed: UInt64
      let components: [Int]
      let existing: Int
    }
    let schema = 1
    let name, folder: String
    let trainings, models, existing, refinementUpTo, threads: Int
    let estimatedSeconds: Double
    let warnings: [String]
    let configurations: [Row]
  }

  func print() throws {
    let existing = try StudyWork.existing(study: study, folder: folder)
    let plan = RunPlan(
      study, existing: existing, threads: work.threadCount, identifier: StudyWork.identifier,
      seconds: Machine.estimatedSeconds)
    let document = document(plan)
    if work.json { return try Console.json(document) }
    try Console.result(text(plan, document))
  }

  private func document(_ plan: RunPlan) -> Document {
    // A plan's entries stand configuration after configuration, as the study's do.
    var start = 0
    let rows = zip(study.configurations, study.componentCounts).map { configuration, counts in
      let entries = plan.entries[start..<start + counts.count]
      start += counts.count
      return Document.Row(
        dimension: configuration.data.dimension, trueComponents: configuration.data.trueComponents,
        samples: configuration.data.samples, variance: configuration.data.variance,
        preset: configuration.training.preset.rawValue, process: configuration.process.rawValue,
        dataSeed: configuration.data.dataSeed, seed: configuration.seed, components: counts,
        existing: entries.count(where: \.exists))
    }
    return Document(
      name: study.name, folder: folder, trainings: plan.remaining, models: plan.models, existing: plan.existing,
      refinementUpTo: plan.refinementUpTo, threads: work.threadCount, estimatedSeconds: plan.estimatedSeconds,
      warnings: study.warnings, configurations: rows)
  }

  private func text(_ plan: RunPlan, _ document: Document) -> String {
    var lines = ["\(study.title)  ->  \(folder)"]
    for row in document.configurations.prefix(20) {
      lines.append(
        "  d=\(row.dimension) K=\(row.trueComponents) N=\(row.samples) variance=\(row.variance) \(row.process) "
          + "\(row.preset) data seed \(row.dataSeed) seed \(row.seed): M = "
          + row.components.map(String.init).joined(separator: " ")
          + (row.existing > 0 ? "  (\(row.existing) exist)" : ""))
    }
    if document.configurations.count > 20 { lines.append("  .. and \(document.configurations.count - 20) more") }
    lines.append(
      (plan.models == plan.remaining
        ? "\(plan.remaining) trainings to run" : "\(plan.remaining) runs of \(plan.models) trained models")
        + ", \(plan.existing) exist, up to \(plan.refinementUpTo) more around transitions")
    lines.append(
      "about \(ProgressLine.clock(plan.estimatedSeconds)) on \(work.threadCount) threads (good to a factor of two or three)"
    )
    return (lines + study.warnings.map { "warning: \($0)" }).joined(separator: "\n")
  }
}
