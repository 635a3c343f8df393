// SPDX-License-Identifier: MIT
import Kernels
import Testing
import WeightFit

@Suite struct FitStudyTests {
  private static let times = (0..<26).map { 0.999 - 0.998 * Double($0) / 25 }

  private func noisySweep(_ key: RandomKey, _ sd: Double) -> [FitTuple] {
    let noise = key.normals(64)
    var index = -1
    return FittedWeightsTests.sweep { _, _, _ in
      index += 1
      return 0.78 + sd * noise[index]
    }
  }

  /// One planted constant that the closed forms can represent exactly at every N.
  @Test func aPlantedRhoIsFound() throws {
    let study = try FitStudy(FittedWeightsTests.sweep { _, _, _ in 0.78 }, times: Self.times)
    let rho = try #require(study.rho)
    #expect(abs(rho - 0.22) < 0.0025, "rho \(rho)")
    #expect(abs((try #require(study.impliedConstant)) - (1 - rho)) < 1e-12)
    let moved = try #require(study.moved(by: 0.6))
    for (index, tuple) in study.tuples.enumerated() {
      #expect(tuple.hardCrossover(moved) == tuple.hardCrossover(study.split.fitted.weights), "tuple \(index)")
    }
    #expect(zip(moved, study.split.fitted.weights).contains { abs($0 - $1) > 0.3 * abs($1) })
    for fold in [study.split] + study.folds {
      let test = try #require(fold.test)
      #expect(test.hard < 1e-12 && test.soft < 1e-7, "\(fold.name): hard \(test.hard), soft \(test.soft)")
      #expect(fold.fitted.best.converged, "\(fold.name)")
    }
    #expect(
      study.folds.map(\.name) == [
        "N = 50", "N = 100", "N = 150", "N = 200", "d = 30", "d = 40", "d = 50", "d = 60", "K = 3", "K = 6", "K = 9",
        "K = 12",
      ])
  }

  /// The penalty asks for a sharp choice of M, and a sharp choice is a whole number: 0.783 lies between two M of every
  /// N, so the penalized fit rounds it, while without the penalty the smooth choice hits it.
  @Test func theEntropyPenaltyRoundsTheCrossing() throws {
    let tuples = FittedWeightsTests.sweep { _, _, _ in 0.783 }
    let penalized = FittedWeights(tuples).weights
    for tuple in tuples {
      let (hard, soft) = (tuple.hardCrossover(penalized), tuple.softCrossover(penalized))
      #expect(abs(soft - hard) < 1e-4 && abs(hard - 0.783) > 0.0015, "hard \(hard), soft \(soft)")
      #expect(abs(hard - 0.783) < 1 / Double(tuple.samples))
    }
    let smooth = FittedWeights(tuples, settings: try FitSettings(entropyPenalty: 0)).weights
    for tuple in tuples { #expect(abs(tuple.softCrossover(smooth) - 0.783) < 1e-4) }
  }

  /// With C = 2 the same transition needs twice the rho: the value of rho explains nothing.
  @Test func rhoScalesWithTheConstant() throws {
    let tuples = [50, 100, 150, 200].map { samples in
      FitTuple(
        dimension: 30, trueComponents: 3, samples: samples, measured: 0.78,
        losses: .closedForm(samples: samples, signalToNoise: FitObjectiveTests.signalToNoise, constant: 2))
    }
    let study = try FitStudy(tuples, times: Self.times)
    #expect(abs((try #require(study.rho)) - 0.44) < 0.005)
    #expect(study.train(hardBelow: 1e-12))
  }

  /// Losses that differ between tuples and times carry information that a constant has not: the fit must use it.
  @Test func plantedWeightsOnMeasuredLossesBeatTheConstantOnOtherTuples() throws {
    let key = RandomKey(seed: 11)
    let planted = key.child("planted").uniforms(26)
    let tuples = (0..<64).map { index -> FitTuple in
      let draws = key.child(index)
      let tilt = draws.child("tilt").uniforms(26)
      let level = 0.1 + 0.5 * draws.child("level").uniforms(1)[0]
      let partial = (1...60).map { row in tilt.map { (0.7 + 0.6 * $0) * (1 - Double(row) / 60) } }
      let losses = ExcessLosses.measured(
        capacities: Array(1...60), partial: partial,
        generalizing: draws.child("g").uniforms(26).map { level * (0.5 + $0) })
      let blank = FitTuple(dimension: index, trueComponents: 3, samples: 60, measured: 0, losses: losses)
      return FitTuple(
        dimension: index % 4, trueComponents: 3, samples: 60, measured: blank.hardCrossover(planted), losses: losses)
    }
    let study = try FitStudy(tuples, times: Self.times)
    let test = try #require(study.split.test)
    #expect(test.hard < 0.02 * test.constant, "hard \(test.hard), constant \(test.constant)")
    #expect(study.rho == nil && study.freeDirections == nil)
  }

  /// Measured transitions that are noise about one constant: nothing can beat the constant on other tuples. Eight
  /// replicates, the mean paired difference of squared errors; one-sided, false alarm 1e-6 (4.75 standard errors).
  @Test func noiseGivesTheNoiseFloor() throws {
    let sd = 0.012
    var (differences, errors): ([Double], [Double]) = ([], [])
    for replicate in 0..<8 {
      let tuples = noisySweep(RandomKey(seed: 5).child(replicate), sd)
      let chosen = Set(RandomKey(seed: 6).child(replicate).permutation(64).prefix(16))
      let fit = FitEvaluation(
        name: "noise", train: tuples.indices.filter { !chosen.contains($0) }.map { tuples[$0] },
        test: chosen.sorted().map { tuples[$0] }, settings: FitSettings())
      let test = try #require(fit.test)
      differences.append(test.hardMinusConstant)
      errors.append(test.hard)
    }
    let mean = differences.reduce(0, +) / 8
    let variance = differences.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 7
    #expect(mean > -4.75 * (variance / 8).squareRoot(), "the fit beats noise: \(differences)")
    // chi^2 with 8 * 16 degrees of freedom lies within 0.51 and 1.79 of its mean but for 1e-6 on each side;
    // the rounding of M/N to what all N share adds at most (1/100)^2.
    let ratio = errors.reduce(0, +) / 8 / (sd * sd)
    #expect(ratio > 0.5 && ratio < 1.8 + 1e-4 / (sd * sd), "error over variance \(ratio)")
  }

  @Test func theSplitIsSeededAndLeavesBothSidesATuple() throws {
    let tuples = noisySweep(RandomKey(seed: 3), 0.01)
    func settings(seed: UInt64 = 0, share: Double = 0.25) throws -> FitSettings {
      try FitSettings(starts: 1, seed: seed, testShare: share)
    }
    let first = try FitStudy(tuples, times: Self.times, settings: settings())
    #expect(first.split.train.tuples == 48 && first.split.test?.tuples == 16)
    #expect(try FitStudy(tuples, times: Self.times, settings: settings()) == first)
    let other = try FitStudy(tuples, times: Self.times, settings: settings(seed: 1))
    #expect(other.split.testTuples != first.split.testTuples)
    let two = Array(tuples.prefix(2))
    #expect(try FitStudy(two, times: Self.times, settings: settings(share: 0.999)).split.train.tuples == 1)
    #expect(try FitStudy(two, times: Self.times, settings: settings(share: 0)).split.test == nil)
  }

  @Test func settingsOutOfRangeAndWorkForHoursAreRefused() throws {
    func problem(_ make: () throws -> Void) -> String {
      do { try make() } catch { return "\(error)" }
      return "taken"
    }
    for (words, make) in [
      ("starts: '0' is out of range; allowed: 1 to 10000", { _ = try FitSettings(starts: 0) }),
      ("testShare: '1.0'", { _ = try FitSettings(testShare: 1) }),
      ("testShare: 'nan'", { _ = try FitSettings(testShare: .nan) }),
      ("temperature: '0.0'", { _ = try FitSettings(temperature: 0) }),
      ("entropyPenalty: '-1.0'", { _ = try FitSettings(entropyPenalty: -1) }),
      ("mostIterations: '0'", { _ = try FitSettings(mostIterations: 0) }),
    ] as [(String, () throws -> Void)] { #expect(problem(make).hasPrefix(words), "\(problem(make))") }
    let tuples = noisySweep(RandomKey(seed: 3), 0.01)
    let hours = problem { _ = try FitStudy(tuples, times: Self.times, settings: try FitSettings(starts: 10_000)) }
    #expect(hours.contains("500 capacities in 13 fits") && hours.contains("10000 starts"), "\(hours)")
    let nowhere = ExcessLosses.measured(capacities: [1, 2], partial: [[1, .nan], [0, 1]], generalizing: [1, 1])
    let odd = FitTuple(dimension: 1, trueComponents: 2, samples: 3, measured: 0.5, losses: nowhere)
    #expect(throws: FitError.notFinite(dimension: 1, trueComponents: 2, samples: 3)) {
      try FitStudy([odd, odd], times: [0.5, 0.4])
    }
  }

  /// The capacities of a large N are a thousand of them, the last one N itself; those of a small N are all.
  @Test func theCostDoesNotGrowWithTheSamples() {
    let losses = ExcessLosses.closedForm(samples: 100_000, signalToNoise: FitObjectiveTests.signalToNoise)
    #expect(losses.capacities.count == 1000 && losses.capacities.first == 100 && losses.capacities.last == 100_000)
    let small = ExcessLosses.closedForm(samples: 1000, signalToNoise: FitObjectiveTests.signalToNoise)
    #expect(small.capacities == Array(1...1000))
  }

  @Test func oneTupleIsTooFew() {
    let tuples = Array(noisySweep(RandomKey(seed: 3), 0.01).prefix(1))
    #expect(throws: FitError.tooFewTuples(1)) { try FitStudy(tuples, times: Self.times) }
    #expect("\(FitError.tooFewTuples(1))".hasSuffix("there is 1"))
  }
}

extension FitStudy {
  fileprivate func train(hardBelow bound: Double) -> Bool { split.train.hard < bound }
}
