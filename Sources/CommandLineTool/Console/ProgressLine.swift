// SPDX-License-Identifier: MIT
import Foundation
import Verbatim

/// Progress on standard error: a bar with the time left on a terminal, a line per finished run elsewhere.
///
/// Unchecked: all state is guarded by `lock`.
final class ProgressLine: @unchecked Sendable {
  private let lock = NSLock()
  private let quiet: Bool
  private let terminal: Bool
  private var start = Date()
  private var finished = 0
  private var reused = 0
  private var stepsDone = 0
  private var stepsKnown = 0
  private var drawn = Date.distantPast

  init(quiet: Bool) {
    self.quiet = quiet
    terminal = Console.errorIsTerminal
  }

  /// Of one study after the other.
  @Sendable func observe(_ progress: StudyProgress) {
    lock.lock()
    defer { lock.unlock() }
    switch progress {
    case .began(_, let folder):
      if folder != nil { Interruption.keepsWork() }
      begin()
    case .warning(let line): Console.warning(line)
    case .run(let event): observe(event)
    case .ended: end()
    }
  }

  private func begin() {
    (start, drawn) = (Date(), .distantPast)
    (finished, reused, stepsDone, stepsKnown) = (0, 0, 0, 0)
  }

  private func observe(_ event: RunEvent) {
    switch event {
    case .reused: reused += 1
    case .started: break
    case .finished(let record):
      finished += 1
      if !quiet { line(Self.text(record)) }
    case .refined(let configuration, let added):
      if !quiet {
        line(
          "refining d=\(configuration.data.dimension) N=\(configuration.data.samples) at \(configuration.capacityAxis.symbol) = \(added)"
        )
      }
    case .progress(let done, let known):
      (stepsDone, stepsKnown) = (done, known)
      draw()
    }
  }

  /// Clears the bar.
  private func end() {
    if terminal && !quiet { Console.write("\r\u{1B}[K") }
    if reused > 0 && !quiet { Console.log("\(reused) runs were already finished") }
  }

  private static func text(_ record: RunRecord) -> String {
    let (data, axis) = (record.settings.configuration.data, record.settings.configuration.capacityAxis)
    let name =
      "d=\(data.dimension) K=\(data.trueComponents) N=\(data.samples) \(axis.symbol)=\(record.settings.capacity)"
    let seconds = String(format: "%.1f s", record.timing.trainingSeconds + record.timing.evaluationSeconds)
    guard let measured = record.measurements else { return "\(name): diverged (\(seconds))" }
    let ratio =
      String(
        format: "ratio %.3f [%.3f, %.3f]", measured.ratio.value, measured.ratio.low, measured.ratio.high)
      + (measured.learnedStd.map { String(format: "  std %.4f", $0) } ?? "")
    return "\(name)  seed \(data.dataSeed)/\(record.settings.configuration.seed)  \(ratio)  (\(seconds))"
  }

  private func line(_ text: String) {
    if terminal { Console.write("\r\u{1B}[K") }
    Console.log(text)
  }

  private func draw() {
    guard terminal, !quiet, stepsKnown > 0, Date().timeIntervalSince(drawn) > 0.2 else { return }
    drawn = Date()
    let share = Double(stepsDone) / Double(stepsKnown)
    let bar = String(repeating: "#", count: Int(share * 30)).padding(toLength: 30, withPad: ".", startingAt: 0)
    let left = share > 0 ? drawn.timeIntervalSince(start) * (1 - share) / share : 0
    Console.write("\r\u{1B}[K[\(bar)] \(finished) trained, \(Int(share * 100)) %, \(ClockText.of(seconds: left)) left")
  }
}
