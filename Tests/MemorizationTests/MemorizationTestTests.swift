// SPDX-License-Identifier: MIT
import Kernels
import Memorization
import Statistics
import Testing

struct MemorizationTestTests {
  @Test("the inequality is strict, and a duplicated point is not memorized")
  func strict() {
    let test = MemorizationTest(criterion: 0.5)
    func pair(_ d1: Double, _ d2: Double) -> NearestTwo { NearestTwo(d1: d1, d2: d2, index1: 0, index2: 1) }
    #expect(!test.isMemorized(pair(1, 2)))
    #expect(test.isMemorized(pair(1, 2.0.nextUp)))
    #expect(!test.isMemorized(pair(0, 0)))
    #expect(test.isMemorized(pair(0, 1e-320)))
    #expect(MemorizationTest().criterion == 1.0 / 3.0)
  }

  @Test("ratio, count and flags agree on a planted set")
  func planted() {
    let training = Matrix([[0.0, 0], [12, 0], [0, 12]])
    // Distances to the nearest and second: 1 and 11; 3 and 9 (not below a third); 2.9 and 9.1; centre of two.
    let samples = Matrix([[1.0, 0], [3, 0], [2.9, 0], [6, 0]])
    let test = MemorizationTest()
    #expect(test.flags(of: samples, training: training) == [true, false, true, false])
    #expect(test.count(of: samples, training: training) == 2)
    #expect(test.ratio(of: samples, training: training) == Wilson.interval(successes: 2, trials: 4))
  }

  @Test("held-out noise in high dimension is never memorized, in one dimension a third is")
  func null() {
    let key = RandomKey(seed: 21)
    let test = MemorizationTest()
    let high = test.ratio(
      of: key.child("h").normalRows(500, 40), training: key.child("t").normalRows(50, 40))
    #expect(high.value == 0 && high.low == 0 && high.high < 0.01)
    // Uniform points on a line: P(d1/d2 < 1/3) = 1/3 for independent uniform distances, 3^-m with m = 1.
    let uniform = Matrix(rows: 4000, columns: 1, values: key.child("u").uniforms(4000))
    let line = Matrix(rows: 4000, columns: 1, values: key.child("l").uniforms(4000))
    let low = test.ratio(of: uniform, training: line)
    // Standard error at most sqrt(1/3 * 2/3 / 4000) = 0.0075, doubled for shared neighbours: 5 of them.
    #expect(abs(low.value - 1.0 / 3.0) < 0.075)
  }

  @Test("learned means on samples and on true means are told apart")
  func learnedMeans() {
    let key = RandomKey(seed: 22)
    let truth = Matrix(3 * key.child("truth").normalRows(3, 20))
    let training = key.child("training").normalRows(30, 20)
    let far = [Double](repeating: 50, count: 20)
    let means = Matrix(rows: 5, columns: 20, values: Array(truth.row(1)) + training.values.prefix(60) + far)
    let found = LearnedMeans(means: means, training: training, trueMeans: truth)
    #expect((found.nearTrueMean, found.nearSample, found.count) == (1, 3, 5))
    #expect(found.toSample.p10 == 0 && found.toSample.p50 == 0)
    let single = LearnedMeans(means: means, training: training, trueMeans: truth.gathering([1]))
    #expect(single.secondTrueMean == nil)
    #expect(single.nearTrueMean == 1)
    // A mean on a true mean that is also a training sample is near neither: nothing tells them apart.
    let both = Matrix(rows: 31, columns: 20, values: training.values + Array(truth.row(1)))
    let tied = LearnedMeans(means: means, training: both, trueMeans: truth)
    #expect((tied.nearTrueMean, tied.nearSample) == (0, 3))
  }
}
