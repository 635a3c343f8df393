// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// What other programs rely on.
@Suite("transition and train on the command line")
struct TransitionCommandTests {
  private let small = "-d 8 -K 2 -N 30 --steps 1000 --quiet --json"

  private func number(_ json: [String: Any], _ path: String...) throws -> Double {
    var value: Any? = json
    for key in path { value = (value as? [String: Any])?[key] }
    return try #require(value as? Double, "\(path) in \(json)")
  }

  @Test("transition --json has the promised shape")
  func transitionShape() throws {
    let result = try ScratchFolder().runner.run("transition \(small) --seed 3")
    #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
    let json = try result.json()
    #expect(try number(json, "schema") == 1)
    #expect(try number(json, "dimension") == 8)
    #expect(try number(json, "trueComponents") == 2)
    #expect(try number(json, "samples") == 30)
    #expect(try number(json, "variance") == 1)
    #expect(try number(json, "seed") == 3)
    #expect(try number(json, "seconds") > 0)
    #expect(json["preset"] as? String == "quick")
    let curve = try #require(json["curve"] as? [[String: Any]])
    let components = curve.compactMap { $0["components"] as? Int }
    #expect(components.count == curve.count && components == components.sorted())
    #expect(Set(components).isSuperset(of: stride(from: 3, through: 30, by: 3)))
    for point in curve {
      let ratio = try #require(point["ratio"] as? [String: Any])
      let value = try number(ratio, "value")
      #expect(try number(ratio, "low") <= value && value <= number(ratio, "high"))
      #expect(try number(ratio, "trials") == 2000)
      #expect(try number(point, "learnedStd") > 0)
    }
    let half = try #require((json["transition"] as? [String: Any])?["half"] as? [String: Any])
    let value = try number(half, "value")
    #expect(try number(half, "low") <= value && value <= number(half, "high") && value > 0.4 && value < 1)
  }

  @Test("a crossing that is not in range is null with a reason")
  func missingCrossing() throws {
    // Eight draws of a duplicate-free law in d = 1 never reach ratio 0.9 below M = N with one capacity only.
    let study =
      "dimension: 8\ntrueComponents: 2\nsamples: 30\ncomponents: [3]\nrefinement: 0\nsteps: 1000\nlosses: false\n"
    let scratch = try ScratchFolder()
    try scratch.write(study, to: "one.yaml")
    let json = try scratch.runner.run("run one.yaml --json --quiet --no-report").json()
    let configuration = try #require((json["configurations"] as? [[String: Any]])?.first)
    let half = try #require((configuration["transition"] as? [String: Any])?["half"] as? [String: Any])
    #expect(half["value"] is NSNull && half["low"] is NSNull && half["high"] is NSNull)
    #expect((half["reason"] as? String)?.isEmpty == false)
  }

  @Test("the same numbers on one and two threads")
  func threads() throws {
    let scratch = try ScratchFolder()
    let documents = try [1, 2, 3].map { threads in
      var json = try scratch.runner.run("transition \(small) --threads \(threads)").json()
      json["seconds"] = nil
      return try JSONSerialization.data(withJSONObject: json, options: .sortedKeys)
    }
    #expect(documents[0] == documents[1])
    #expect(documents[0] == documents[2])
  }

  @Test("train --json has the promised shape, and kernels agree within sampling noise")
  func train() throws {
    let scratch = try ScratchFolder()
    var ratios: [Double] = []
    for kernel in ["dense", "pruned", "auto"] {
      let json = try scratch.runner.run(
        "train -d 8 -K 2 -N 30 -M 24 --steps 2000 --draws 8 --kernel \(kernel) --evaluation-samples 4000 "
          + "--variance 1 --data-seed 1 --seed 2 --quiet --json"
      ).json()
      #expect(try number(json, "steps") == 2000 && number(json, "draws") == 8)
      #expect(try number(json, "secondsPerStep") > 0 && number(json, "finalLoss") > 0)
      #expect(try number(json, "learnedStd") > 0)
      #expect(try number(json, "ratio", "trials") == 4000)
      ratios.append(try number(json, "ratio", "value"))
    }
    // Each has its own training noise; half a dozen standard errors of a ratio from 4,000 samples are 0.05.
    #expect(ratios.max()! - ratios.min()! < 0.05, "\(ratios)")
  }

  @Test("fewer paper steps warn on standard error and still run")
  func warning() throws {
    let result = try ScratchFolder().runner.run(
      "train -d 5 -K 2 -N 10 -M 5 --preset paper --steps 50 --draws 2 --quiet --json")
    #expect(result.code == 0)
    #expect(result.errors.contains("warning") && result.errors.contains("quick"))
  }

  @Test("--seeds reports the spread over data seeds and over training seeds")
  func seeds() throws {
    let json = try ScratchFolder().runner.run("transition \(small) --seeds 2").json()
    let spread = try #require(json["spread"] as? [String: Any])
    for name in ["dataSeeds", "trainingSeeds"] {
      let one = try #require(spread[name] as? [String: Any])
      #expect((one["values"] as? [Any])?.count == 2)
      #expect((one["seeds"] as? [Int]) == [0, 1])
    }
  }

  @Test("--search gives the grid's answer within its interval, with fewer trainings")
  func search() throws {
    let scratch = try ScratchFolder()
    let grid = try scratch.runner.run("transition \(small)").json()
    let search = try scratch.runner.run("transition \(small) --search").json()
    #expect(try number(search, "trainings") + number(search, "trainingsSaved") == 20)
    #expect(try number(search, "trainings") < number(grid, "trainings"))
    for crossing in ["start", "half", "end"] {
      let difference =
        try number(search, "transition", crossing, "value") - number(grid, "transition", crossing, "value")
      let width = try number(grid, "transition", crossing, "high") - number(grid, "transition", crossing, "low")
      // Within the interval, or within one M of it where the search looked between other capacities.
      #expect(abs(difference) <= width + 1.0 / 30, "\(crossing): \(difference), interval \(width) wide")
    }
  }
}
