// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

@Suite("verbatim predict")
struct PredictCommandTests {
  @Test func `the promised document, with every method`() throws {
    let json = try ScratchFolder().runner.run("predict -d 30 -K 3 -N 100 --json").json()
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
    #expect(
      json["recommended"] as? String == "hard-em-sampled"
        && (0.002...0.02).contains(json["expectedError"] as? Double ?? 1))
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
    for json in [components, samples] {
      #expect(json["safeMethod"] as? String == "hard-em-sampled")
      #expect((json["safePromise"] as? String)?.contains("95 %") == true)
    }
    #expect(try runner.run("predict -d 30 -K 3 -N 1000000 --safe-components").output.contains("95 % of runs"))
    #expect(try runner.run("predict --help").output.contains("95 %"))
  }

  @Test func `a criterion of one, one dimension and no transition are answers, not crashes`() throws {
    let runner = try ScratchFolder().runner
    for options in [
      "-d 10 -K 2 -N 12 --criterion 1", "-d 1 -K 3 -N 12", "-d 5 -K 30 -N 2", "-d 5 -K 2 -N 7 --duplicates 0.5",
    ] {
      let result = try runner.run("predict \(options) -M 2 --json")
      #expect(result.code == 0, "\(options): \(result.errors)")
      #expect(try result.json()["recommended"] is String)
    }
    let json = try runner.run("predict -d 30 -K 3 -N 60 --duplicates 0.4 -M 20 --json").json()
    let methods = try #require(json["methods"] as? [[String: Any]])
    #expect(json["recommended"] as? String == "hard-em-sampled" && json["expectedError"] is NSNull)
    #expect(methods.last?["crossover"] is NSNull && methods.last?["reason"] is String)
    #expect((json["verdict"] as? [String: Any])?["outcome"] as? String == "generalizes")
    let text = try runner.run("predict -d 30 -K 3 -N 60 --duplicates 0.4 --repeats 2").output
    #expect(text.contains("recommended: hard-em-sampled: no transition in range"))
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
    ("predict -d 30 -K 3 -N 1", "2 to 1000000000000"), ("predict -d 30 -K 3 -N 2000000 -M 2000001", "2000001"),
    ("predict -d 30 -K 3 -N 50 --weight heavy", "heavy"), ("predict -d 30 -K 3 -N 50 --times-first 2", "first"),
    ("predict -d [3,4] -K 3 -N 50", "one"), ("predict -d 30 -K 3 -N 50 --criterion 1.5", "criterion"),
    ("predict -d 30 -K 3 -N 1000000000 --hard-em", "N d"), ("predict -d 30 -K 3 -M 0 --safe-samples", "components"),
    ("predict -d 30 -K 3 -N 1000000000 --method hard-em", "N d"),
    ("predict -d 30 -K 3 -N 1000000 --duplicates 0.2 --safe-components", "--hard-em"),
    ("predict -d 10 -K 2 -M 4 --safe-samples --criterion 1", "no N is safe"),
  ])
  func `bad input gets one line and exit code 2`(_ line: String, _ word: String) throws {
    let result = try ScratchFolder().runner.run(line)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errorLines.count == 1 && result.errors.contains(word), "\(result.errors)")
  }
}
