// SPDX-License-Identifier: MIT
import ArgumentParser
import Distributions
import Foundation
import Verbatim
import Yardstick

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Checks the installation and measures the speed of this machine. Takes about three seconds.",
    discussion: "Exit code 0 when everything needed is there, 3 when something is missing.")

  @Flag(help: "One JSON document on standard output.")
  var json = false

  struct Check: Encodable {
    let name: String
    let ok: Bool
    let detail: String
  }

  struct Document: Encodable {
    let schema = 1
    let version: String
    let checks: [Check]
  }

  func run() throws {
    let checks = try programs() + [threads] + speed
    if json {
      try Console.json(Document(version: Release.version, checks: checks))
    } else {
      let lines = checks.map { check in
        (check.ok ? "ok    " : "FAIL  ") + check.name.padding(toLength: 22, withPad: " ", startingAt: 0)
          + check.detail
      }
      try Console.result(lines.joined(separator: "\n"))
    }
    if checks.contains(where: { !$0.ok }) { throw WorkError("something is missing: see FAIL above") }
  }

  private func programs() throws -> [Check] {
    let gnuplot = ChildProgram.find("gnuplot")?.path
    let fonts = try fonts()
    let chromium = ChildProgram.find("chromium")?.path
    return [
      Check(
        name: "gnuplot", ok: gnuplot != nil,
        detail: gnuplot ?? "missing, no figures: apt-get install gnuplot-nox"),
      Check(
        name: "STIX fonts", ok: true,
        detail: !fonts.isEmpty ? "found" : "not found, figures use another font: apt-get install fonts-stix"),
      Check(name: "chromium", ok: true, detail: chromium ?? "missing (only a test of the report needs it)"),
    ]
  }

  private var threads: Check {
    let kernel = StepCase.kernel(draws: 100, workers: .serial)
    let pair = StepCase.kernel(draws: 100, workers: Workers(threads: 2))
    let (one, two) = (StepCase.seconds(kernel), StepCase.seconds(pair))
    return Check(
      name: "threads", ok: true,
      detail: "\(ProcessInfo.processInfo.activeProcessorCount) processors; with a second thread the dense step is "
        + String(format: "%.2f times as fast (%.2f ms, %.2f ms)", one / two, one * 1e3, two * 1e3))
  }

  private var speed: [Check] {
    let products = StepProducts.rate(dimension: 50, components: 100, draws: 100)
    return [
      Check(
        name: "kernels", ok: true,
        detail: "\(InstructionSet.name), products of the dense step "
          + String(format: "%.0f GF/s per thread", products / 1e9)),
      Check(name: "sgemm yardstick", ok: true, detail: Self.yardstick()),
    ]
  }

  private static func yardstick() -> String {
    guard let blas = OpenBLAS() else {
      return "no \(OpenBLAS.fileName) (only this comparison needs it): \(OpenBLAS.installLine)"
    }
    return "\(blas.description), " + String(format: "%.0f GF/s per thread", blas.sgemmPeak(repeats: 3) / 1e9)
      + (blas.isHeldBack ? "; it does not use this machine's AVX-512 (OPENBLAS_CORETYPE decides)" : "")
  }

  /// What is known of the fonts; empty where nothing is.
  private func fonts() throws -> String {
    do throws(ChildProgram.Problem) {
      return try ChildProgram.find("fc-list")?.run(["STIX"], isCancelled: { Interruption.isRequested }).output ?? ""
    } catch {
      try Interruption.check()
      return ""
    }
  }

  /// The benchmark's training step: d=50, K=12, N=200, M=100.
  private enum StepCase {
    static let dataset = Dataset.isotropic(
      dimension: 50, trueComponents: 12, trainingCount: 200, heldOutCount: 0, key: RandomKey(seed: 0))
    static let model = MixtureModel(means: dataset.train.gathering(0..<100), std: 0.65)

    static func kernel(draws: Int, workers: Workers) -> StepKernel {
      let table = TimeTable(grid: .paper, process: VariancePreserving(), prediction: .noise, weight: .unit)
      return StepKernel(
        samples: dataset.train, components: 100, draws: draws, table: table, options: .dense, workers: workers)
    }

    /// Median seconds of a step.
    static func seconds(_ kernel: StepKernel) -> Double {
      let clock = ContinuousClock()
      let times = (0..<25).map { step in
        clock.measure {
          _ = model.parameters.withUnsafeBufferPointer {
            kernel.evaluate(parameters: $0, key: RandomKey(seed: 0), step: step)
          }
        } / .seconds(1)
      }
      return times.sorted()[times.count / 2]
    }
  }
}
