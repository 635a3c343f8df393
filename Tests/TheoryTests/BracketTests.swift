// SPDX-License-Identifier: MIT
import Foundation
import Testing
import Theory

@Suite struct BracketTests {
  @Test func `roots are found, also of steep and flat functions, and missing ones are reported`() {
    #expect(abs((Bracket.root(0, 10, tolerance: 1e-9) { $0 * $0 - 2 } ?? 0) - 2.0.squareRoot()) < 1e-7)
    #expect(abs((Bracket.root(0, 10, tolerance: 1e-9) { pow($0 - 3, 5) + ($0 - 3) * 1e-3 } ?? 0) - 3) < 1e-3)
    #expect(Bracket.root(3, 10, tolerance: 1e-9) { $0 - 3 } == 3)
    #expect(Bracket.root(0, 1, tolerance: 1e-9) { $0 + 1 } == nil)
  }
}
