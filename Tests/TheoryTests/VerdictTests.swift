// SPDX-License-Identifier: MIT
import Foundation
import Testing
import Theory

@Suite struct VerdictTests {
  @Test func `far from the transition verdicts are sure, at its ends they are even`() {
    func verdict(_ share: Double) -> Verdict { Verdict(share: share, start: 0.7, end: 0.9, errors: (0.02, 0.02)) }
    #expect(verdict(0.4).outcome == .generalizes && verdict(0.4).confidence ?? 0 > 0.999)
    #expect(verdict(0.8).outcome == .inTransition && verdict(0.8).confidence ?? 0 > 0.999)
    #expect(verdict(1).outcome == .memorizes && verdict(1).confidence ?? 0 > 0.999)
    #expect(abs((verdict(0.7).confidence ?? 0) - 0.5) < 1e-9)
    // One expected error below the start: the normal law gives .8413.
    #expect(verdict(0.68).outcome == .generalizes && abs((verdict(0.68).confidence ?? 0) - 0.841345) < 1e-5)
  }

  @Test func `a curve that never starts generalizes, one that never ends does not memorize`() {
    #expect(Verdict(share: 1, start: nil, end: nil, errors: (0.02, 0.02)).outcome == .generalizes)
    #expect(Verdict(share: 1, start: 0.5, end: nil, errors: (0.02, 0.02)).outcome == .inTransition)
  }

  @Test func `without a known error there is an outcome and no confidence`() {
    func verdict(_ share: Double) -> Verdict { Verdict(share: share, start: 0.7, end: 0.9, errors: nil) }
    #expect(
      [0.69, 0.7, 0.9, 0.91].map { verdict($0).outcome } == [.generalizes, .inTransition, .inTransition, .memorizes])
    #expect(verdict(0.2).confidence == nil)
    #expect(Verdict(share: 1, start: nil, end: nil, errors: nil).outcome == .generalizes)
  }
}
