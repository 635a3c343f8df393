// SPDX-License-Identifier: MIT
import Statistics
import Testing

@Suite struct SampleSpreadTests {
  @Test func threeSeedsHaveStudentsInterval() throws {
    // sd of 0.78, 0.80, 0.82 is 0.02; t_{0.975, 2} = 4.303; half width 4.303 * 0.02 / sqrt 3 = 0.04969.
    let spread = try #require(SampleSpread([0.78, 0.80, 0.82]))
    #expect(abs(spread.mean - 0.8) < 1e-12)
    #expect(abs(spread.squares - 0.0008) < 1e-15)
    #expect(abs(try #require(spread.standardDeviation) - 0.02) < 1e-12)
    #expect(abs(try #require(spread.low) - (0.8 - 4.303 * 0.02 / 3.0.squareRoot())) < 1e-12)
    #expect(abs(try #require(spread.high) - (0.8 + 4.303 * 0.02 / 3.0.squareRoot())) < 1e-12)
  }

  @Test func aFurtherValueIsLessSureThanTheMean() {
    let interval = SampleSpread.predictionInterval([0.78, 0.80, 0.82])
    #expect(abs(interval.mean - 0.8) < 1e-12)
    #expect(abs(interval.high - (0.8 + 4.3027 * 0.02 * (4.0 / 3).squareRoot())) < 1e-12)
    #expect(abs(interval.low - (0.8 - 4.3027 * 0.02 * (4.0 / 3).squareRoot())) < 1e-12)
  }

  @Test func oneSeedHasNoSpreadAndNoneHasNoMean() {
    #expect(SampleSpread([0.8])?.standardDeviation == nil && SampleSpread([0.8])?.low == nil)
    #expect(SampleSpread([]) == nil)
  }

  @Test func meanAndSquaresAreThoseOfTheList() {
    #expect([1.0, 2, 6].mean == 3 && [1.0, 2, 6].squares(around: 3) == 14 && [1.0, 2, 6].squares(around: 0) == 41)
    #expect([Double]().mean.isNaN)
  }
}
