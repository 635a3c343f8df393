// SPDX-License-Identifier: MIT
import ArgumentParser
import Denoisers
import Diffusion
import Distributions
import Experiments
import Foundation
import Kernels
import Training

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
    let checks = programs + [threads] + speed
    if json {
      try Console.json(Document(version: Verbatim.version, checks: checks))
    } else {
      for check in checks {
        print(
          (check.ok ? "ok    " : "FAIL  ") + check.name.padding(toLength: 22, withPad: " ", startingAt: 0)
            + check.detail)
      }
    }
    if checks.contains(where: { !$0.ok }) { throw StudyFailure(description: "something is missing: see FAIL above") }
  }

  private var programs: [Check] {
    let gnuplot = Self.find("gnuplot")
    let fonts = Self.output("fc-list", ["STIX"])
    let chromium = Self.find("chromium")
    return [
      Check(
        name: "gnuplot", ok: gnuplot != nil,
        detail: gnuplot ?? "missing, no figures: apt-get install gnuplot-nox"),
      Check(
        name: "STIX fonts", ok: true,
        detail: fonts?.isEmpty == false ? "there" : "not found, figures use another font: apt-get install fonts-stix"),
      Check(name: "chromium", ok: true, detail: chromium ?? "missing (only a test of the report needs it)"),
    ]
  }

  private var threads: Check {
    let kernel = StepCase.kernel(draws: 100, workers: .serial)
    let pair = StepCase.kernel(draws: 100, workers: Workers(threads: 2))
    let (one, two) = (StepCase.seconds(kernel), StepCase.seconds(pair))
    return Check(
      name: "threads", ok: true,
      detail: "\(Machine.cores) processors; a second thread makes the dense step "
        + String(format: "%.2f times faster (%.2f ms, %.2f ms)", one / two, one * 1e3, two * 1e3))
  }

  private var speed: [Check] {
    let peak = BLAS.sgemmPeak(repeats: 3)
    let products = StepProducts.rate(dimension: 50, components: 100, draws: 100)
    return [
      Check(
        name: "kernels", ok: true,
        detail: "\(InstructionSet.name), products of the dense step "
          + String(format: "%.0f GF/s per thread", products / 1e9)),
      Check(
        name: "sgemm yardstick", ok: true,
        detail: "\(BLAS.description), " + String(format: "%.0f GF/s per thread", peak / 1e9)
          + (BLAS.isHeldBack ? "; it does not use this machine's AVX-512 (OPENBLAS_CORETYPE decides)" : "")),
    ]
  }

  private static func find(_ program: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func output(_ program: String, _ arguments: [String]) -> String? {
    guard let path = find(program) else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
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
