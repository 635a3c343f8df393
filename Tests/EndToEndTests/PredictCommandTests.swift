// SPDX-License-Identifier: MIT
import Foundation
import Testing

@Suite("verbatim predict")
struct PredictCommandTests {
  @Test func `the promised document, with every method`() throws {
    let json = try ScratchFolder().runner.run("predict -d 30 -K 3 -N 50 --json").json()
    #expect(
      Set(json.keys) == [
        "schema", "dimension", "trueComponents", "samples", "variance", "methods", "recommended", "expectedError",
        "assumptions",
      ])
    let methods = try #require(json["methods"] as? [[String: Any]])
    #expect(
      methods.map { $0["name"] as? String }
        == [
          "closed-form-c1", "closed-form-c2", "alpha-squared", "finite-size", "hard-em-formula", "hard-em",
          "hard-em-sampled",
        ])
    #expect(methods.allSatisfy { (0.5...1).contains($0["crossover"] as? Double ?? 0) })
    let last = try #require(methods.last)
    #expect(last["low"] is Double && last["high"] is Double)
    #expect(json["recommended"] as? String == "hard-em-sampled" && json["expectedError"] as? Double == 0.008)
    let assumptions = try #require(json["assumptions"] as? [[String: Any]])
    #expect(assumptions.allSatisfy { Set($0.keys) == ["name", "holds", "detail"] })
  }

  @Test func `closed forms answer at any N, and a small model of many samples generalizes`() throws {
    let json = try ScratchFolder().runner.run("predict -d 50 -K 12 -N 1000000000 -M 1000 --json").json()
    #expect(json["samples"] as? Int == 1_000_000_000)
    let verdict = try #require(json["verdict"] as? [String: Any])
    #expect(verdict["outcome"] as? String == "generalizes")
    // Nobody has trained on 10^9 samples here: no error, no confidence.
    #expect(verdict["confidence"] is NSNull && json["expectedError"] is NSNull)
    #expect(json["recommended"] as? String == "hard-em-formula")
  }

  @Test func `safe components and safe samples agree with each other`() throws {
    let runner = try ScratchFolder().runner
    let components = try runner.run("predict -d 30 -K 3 -N 50 --safe-components --json").json()
    let safe = try #require(components["safeComponents"] as? Int)
    #expect((25...40).contains(safe))
    let samples = try runner.run("predict -d 30 -K 3 -M \(safe) --safe-samples --json").json()
    let needed = try #require(samples["safeSamples"] as? Int)
    #expect(abs(needed - 50) <= 5 && samples["samples"] as? Int == needed, "\(needed)")
  }

  @Test func `numbers depend neither on threads nor on the run`() throws {
    let runner = try ScratchFolder().runner
    let one = try runner.run("predict -d 30 -K 3 -N 50 --threads 1 --json").output
    #expect(try runner.run("predict -d 30 -K 3 -N 50 --threads 2 --json").output == one)
  }

  @Test func `the sampler and the law of the data are part of the prediction`() throws {
    let runner = try ScratchFolder().runner
    func half(_ options: String) throws -> Double? {
      let line = "predict -d 20 -K 3 -N 40 --method hard-em-sampled --json " + options
      return try (runner.run(line).json()["methods"] as? [[String: Any]])?[0]["crossover"] as? Double
    }
    let coarse = try #require(try half("--variance 4"))
    #expect(try #require(try half("--variance 4 --sampling-steps 400")) < coarse - 0.02)
    #expect(try #require(try half("--variance 4 --sampler exact")) < coarse - 0.02)
    #expect(try half("--duplicates 0.4") == nil)
  }

  @Test(arguments: [
    ("predict -d 30 -K 3 -N 50 --sampler guess", "guess"), ("predict -d 30 -K 3 -N 50 --sampling-steps 0", "steps"),
    ("predict -d 30 -K 3 -N 50 --duplicates 0.9", "duplicates"),
    ("predict -d 30 -K 3 -N 50 -M 51", "51"), ("predict -d 30 -K 3 -N 50 --variance 0", "variance"),
    ("predict -d 30 -K 3 -N 50 -M 0", "components"), ("predict -d 30 -K 3 -N 50 --method guess", "hard-em"),
    ("predict -d 30 -K 3", "-N"), ("predict -d 30 -K 3 -N 50 --safe-samples", "-M"),
    ("predict -d 30 -K 3 -N 1", "samples"), ("predict -d 30 -K 3 -N 2000000 -M 2000001", "2000001"),
    ("predict -d 30 -K 3 -N 50 --weight heavy", "heavy"), ("predict -d 30 -K 3 -N 50 --times-first 2", "first"),
    ("predict -d [3,4] -K 3 -N 50", "one"),
  ])
  func `bad input gets one line and exit code 2`(_ line: String, _ word: String) throws {
    let result = try ScratchFolder().runner.run(line)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errorLines.count == 1 && result.errors.contains(word), "\(result.errors)")
  }
}
