// SPDX-License-Identifier: MIT
import Experiments

/// A study file, then overrides, each after a zero byte; plans of few runs are made too.
struct StudyCheck {
  func run(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    let read = Finding.read(
      bytes, { try Study.parse(parts[0], source: "study.yaml", overrides: Array(parts.dropFirst())) }, same: ==)
    guard let study = read else { return }
    let text = study.yaml
    do {
      let again = try Study.parse(text, source: "study.yaml")
      Finding.require(again == study && again.yaml == text, "a study written again differs: \(text)")
    } catch { fatalError("a study written again is refused: \(error): \(text)") }
    guard study.runCount <= 200 else { return }
    let plan = RunPlan(study, threads: 2)
    Finding.require(plan.remaining == study.runCount, "\(plan.remaining) of \(study.runCount) runs")
    Finding.require(plan.estimatedSeconds >= 0, "\(plan.estimatedSeconds) seconds")
  }
}
