// SPDX-License-Identifier: MIT
import Foundation
import Testing

import Experiments

/// Every bad input gets one line: file and line, key, value, what is allowed.
@Suite struct StudyErrorTests {
  private static let number = "a whole number from"
  private static let keys = StudyKeys.all.map(\.name).joined(separator: ", ")

  /// The error of a study text, or what it gave instead.
  static func message(_ text: String, _ overrides: [String] = []) -> String {
    do {
      return "accepted: " + (try Study.parse(text, source: "s.yaml", overrides: overrides)).yaml
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("sampels: 5", "s.yaml:1: sampels: is unknown; did you mean 'samples'?; allowed: " + keys),
    ("\n\nN: 5", "s.yaml:3: N: is unknown; did you mean 'samples'?; allowed: " + keys),
    ("xyzzy: 5", "s.yaml:1: xyzzy: is unknown; allowed: " + keys),
    ("samples: many", "s.yaml:1: samples: 'many' is not a whole number; allowed: a whole number from 2 to 100000"),
    ("samples: \"50\"", "s.yaml:1: samples: '50' is not a whole number; allowed: a whole number from 2 to 100000"),
    ("samples: 5.5", "s.yaml:1: samples: '5.5' is not a whole number; allowed: a whole number from 2 to 100000"),
    ("samples: {a: 1}", "s.yaml:1: samples: '{a: ..}' is not a whole number; allowed: a whole number from 2 to 100000"),
    ("samples:", "s.yaml:1: samples: '' is not a whole number; allowed: a whole number from 2 to 100000"),
    ("samples: 1", "s.yaml:1: samples: '1' is too small; allowed: a whole number from 2 to 100000"),
    ("samples: -3", "s.yaml:1: samples: '-3' is too small; allowed: a whole number from 2 to 100000"),
    (
      "samples: 99999999999999999999",
      "s.yaml:1: samples: '99999999999999999999' is too large; allowed: a whole number from 2 to 100000"
    ),
    ("samples: [50, 50]", "s.yaml:1: samples: '50' appears twice; allowed: each value once"),
    ("samples: []", "s.yaml:1: samples: '[]' is empty; allowed: one value or a list of values"),
    (
      "samples:\n  - 50\n  - x",
      "s.yaml:3: samples: 'x' is not a whole number; allowed: a whole number from 2 to 100000"
    ),
    ("dimension: 0", "s.yaml:1: dimension: '0' is too small; allowed: a whole number from 1 to 100000"),
    ("trueComponents: 0", "s.yaml:1: trueComponents: '0' is too small; allowed: a whole number from 1 to 100000"),
    ("seed: -1", "s.yaml:1: seed: '-1' is too small; allowed: a whole number from 0 to 18446744073709551615"),
    ("losses: yes", "s.yaml:1: losses: 'yes' is neither true nor false; allowed: true, false"),
    ("process: vpp", "s.yaml:1: process: 'vpp' is unknown (did you mean 'vp'?); allowed: vp, ve, fm"),
    ("preset: slow", "s.yaml:1: preset: 'slow' is unknown; allowed: paper, quick, paper-text, quick-text"),
    (
      "preset: quick-text",
      "s.yaml:1: preset: 'quick-text' is a preset of pictures; allowed: paper, quick, or together with images"
    ),
    (
      "images: fashion-mnist\ndimension: 30",
      "s.yaml:2: dimension: '30' is not that of the pictures; allowed: left out, or 675"
    ),
    (
      "images: fashion-mnist\nduplicates: 0.1",
      "s.yaml:2: duplicates: '0.1' cannot be combined with images; allowed: 0"
    ),
    (
      "images: {size: 15}",
      "s.yaml:1: images.size: is unknown; allowed: source, height, width, channels, logDeterminant"
    ),
    ("prediction: score", "s.yaml:1: prediction: 'score' is unknown; allowed: clean, noise, velocity"),
    ("kernel: fast", "s.yaml:1: kernel: 'fast' is unknown; allowed: dense, pruned, auto"),
    ("sampler: 5", "s.yaml:1: sampler: '5' is unknown; allowed: ddim, ddpm, euler, heun, exact"),
  ])
  func `unknown keys and wrong types are named with their line`(text: String, expected: String) {
    #expect(Self.message(text) == expected)
  }

  @Test(arguments: ["-1", "0", "1e-400", "1e9"])
  func `a variance out of range is refused`(value: String) {
    let expected = "s.yaml:1: variance: '\(value)' is out of range; allowed: a number from 1e-8 to 1e8"
    #expect(Self.message("variance: \(value)") == expected)
  }

  @Test(arguments: ["nan", ".nan", ".inf", "-inf", "0x1p3", "one"])
  func `a variance that is no number is refused`(value: String) {
    let expected = "s.yaml:1: variance: '\(value)' is not a number; allowed: a number from 1e-8 to 1e8"
    #expect(Self.message("variance: \(value)") == expected)
  }

  @Test func `a number beyond Double is refused`() {
    let expected = "s.yaml:1: variance: '1e400' is too large for a number; allowed: a number from 1e-8 to 1e8"
    #expect(Self.message("variance: 1e400") == expected)
  }

  @Test(arguments: [
    ("components: 0", "s.yaml:1: components: '0' is too small; allowed: a whole number from 1 to 1000000"),
    ("components: [5, 0]", "s.yaml:1: components: '0' is too small; allowed: a whole number from 1 to 1000000"),
    (
      "samples: 100000\ncomponents: {fractions: [11]}",
      "s.yaml:2: components: '{fractions: ..}' makes M = 1100000 of N = 100000; allowed: at most 1000000"
    ),
    (
      "components: 51",
      "s.yaml:1: components: '51' asks for M = 51 of N = 50 samples; allowed: M from 1 to N under "
        + "partial-memorization, whose means start at distinct samples"
    ),
    (
      "samples: 10\ncomponents: {fractions: [0.01]}",
      "s.yaml:2: components: '{fractions: ..}' rounds to no component: 0.01 of N = 10; "
        + "allowed: fractions of at least 0.5 / N"
    ),
    (
      "components: {fractions: [-1]}",
      "s.yaml:1: components.fractions: '-1' is out of range; allowed: a fraction M/N above 0, at most 1000"
    ),
    (
      "components: all",
      "s.yaml:1: components: 'all' is not a capacity; "
        + "allowed: tenths, a whole number, a list of them, or {fractions: [..]}"
    ),
    (
      "initialization: truth",
      "s.yaml:1: components: 'tenths' asks for M = 5 where K = 3; allowed: M = K under the truth start (components: 3)"
    ),
    (
      "initialization: truth\ntrueComponents: [3, 4]\ncomponents: 3",
      "s.yaml:3: components: '3' asks for M = 3 where K = 4; allowed: M = K under the truth start (components: 4)"
    ),
    (
      "initialization: truth\ncomponents: 3\nrefinement: 5",
      "s.yaml:3: refinement: '5' refines over M; allowed: 0 under the truth start, which needs M = K"
    ),
    (
      "initialization: gausian",
      "s.yaml:1: initialization: 'gausian' is unknown (did you mean 'gaussian'?); "
        + "allowed: partial-memorization, gaussian, sphere, truth"
    ),
    (
      "initialization: {gaussian: {scale: -1}}",
      "s.yaml:1: initialization.gaussian.scale: '-1' is out of range; allowed: a number from 1e-8 to 1e8"
    ),
    (
      "initialization: {truth: {scale: 1}}",
      "s.yaml:1: initialization.truth.scale: is unknown; allowed: std"
    ),
  ])
  func `capacities and starts that cannot be are refused`(text: String, expected: String) {
    #expect(Self.message(text) == expected)
  }

  @Test(arguments: [
    (
      "times: {first: 1}",
      "s.yaml:1: times.first: '1' is outside the domain of vp; allowed: times from 1e-06 to 0.999999"
    ),
    (
      "process: ve\ntimes: {last: 1e-9}",
      "s.yaml:2: times.last: '1e-9' is outside the domain of ve; allowed: times from 1e-06 to 1000000.0"
    ),
    ("times: {last: -0.1}", "s.yaml:1: times.last: '-0.1' is out of range; allowed: a number above 0"),
    (
      "times:\n  first: 0.2\n  last: 0.8",
      "s.yaml:3: times.last: '0.8' does not make the times descend; "
        + "allowed: first above last (first is 0.2, last is 0.8)"
    ),
    ("times: {count: 1}", "s.yaml:1: times.count: '1' is too small; allowed: a whole number from 2 to 10000"),
    (
      "times: {rho: 3}", "s.yaml:1: times.rho: '3' is given without karras; allowed: rho together with spacing: karras"
    ),
    (
      "times: {spacing: linear}", "s.yaml:1: times.spacing: 'linear' is unknown; allowed: uniform, karras, log-snr"
    ),
    (
      "times: {frist: 0.5}",
      "s.yaml:1: times.frist: is unknown (did you mean 'first'?); allowed: spacing, first, last, count, rho"
    ),
    (
      "times: uniform",
      "s.yaml:1: times: 'uniform' is not a time grid; "
        + "allowed: a map of spacing, first, last, count, rho"
    ),
    (
      "samplingTimes: same",
      "s.yaml:1: samplingTimes: 'same' is not a time grid; "
        + "allowed: training, or a map of spacing, first, last, count, rho"
    ),
    (
      "weight: {table: [1, 2]}", "s.yaml:1: weight: '{table: ..}' has 2 values; allowed: 26, one per time of the grid"
    ),
    (
      "weight: {table: [0]}",
      "s.yaml:1: weight.table: '[0]' weights nothing; allowed: one number per time, at least one above 0"
    ),
    (
      "weight: unity",
      "s.yaml:1: weight: 'unity' is unknown (did you mean 'unit'?); "
        + "allowed: unit, signal-to-noise, alpha-squared, {min-snr: limit}, {table: [..]}"
    ),
    (
      "steps: 999",
      "s.yaml:1: steps: '999' is too few for the preset quick (k = 50000/steps must not exceed 50); "
        + "allowed: 1000 or more"
    ),
    (
      "criterion: 2",
      "s.yaml:1: criterion: '2' is out of range; allowed: a number above 0, at most 1, or a fraction such as 1/3"
    ),
    (
      "name: ../x",
      "s.yaml:1: name: '../x' cannot be used; allowed: 1 to 64 of a-z A-Z 0-9 . _ -, "
        + "not starting with a dot or a dash"
    ),
    ("title: \"a\\nb\"", "s.yaml:1: title: 'a\\nb' cannot be used; allowed: one line of 1 to 200 characters"),
    (
      "dimension: 100000\nsamples: 100000",
      "s.yaml:1: dimension: makes 100000 rows of 100000 numbers each; allowed: at most 200000000 numbers"
    ),
  ])
  func `times, weights and budgets that cannot be are refused`(text: String, expected: String) {
    #expect(Self.message(text) == expected)
  }

  @Test func `a grid of many runs needs a yes`() throws {
    let text = "seed: [\((0..<600).map(String.init).joined(separator: ", "))]"
    #expect(
      Self.message(text) == "s.yaml:1: asks for 12000 runs (refinement included); "
        + "allowed: at most 10000 (maximumRuns), or more with --yes")
    #expect(Self.message("maximumRuns: 19").contains("s.yaml:1: maximumRuns: asks for 20 runs"))
    #expect(Self.message("maximumRuns: 20").hasPrefix("accepted"))
    #expect(try Study.parse(text, source: "s.yaml", allowManyRuns: true).runCount == 6000)
  }

  @Test func `a grid too large to count is refused without being built`() {
    let list = "[" + (2..<4000).map(String.init).joined(separator: ", ") + "]"
    let text = "dimension: \(list)\ntrueComponents: \(list)\nseed: \(list)\ndataSeed: \(list)\nvariance: \(list)"
    #expect(Self.message(text).contains("asks for more than 10^18 runs"))
  }
}
