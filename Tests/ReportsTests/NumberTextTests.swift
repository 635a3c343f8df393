// SPDX-License-Identifier: MIT
import Audit
import Foundation
import Reports
import Testing

/// Zero has no sign.
@Suite struct NumberTextTests {
  private func metric(_ name: String, _ value: Double) throws -> AuditMetric {
    let json = """
      {"name": "\(name)", "space": "points", "value": \(value), "low": -0.0, "high": \(value), "n": 10, "null": -1e-17, \
      "confidence": 0.95, "nullKind": "constant", "note": ""}
      """
    return try JSONDecoder().decode(AuditMetric.self, from: Data(json.utf8))
  }

  @Test(arguments: [0.0, -0.0, -1e-17, 1e-17])
  func `a share of zero is zero`(_ value: Double) throws {
    let share = try metric("memorization-ratio", value)
    #expect(AuditText.interval(share) == "0.00 % [0.00 %, 0.00 %]" && AuditText.null(share) == "0.00 %")
    #expect(AuditText.value(-value * 0, of: try metric("c-t", -0.0)) == "0.00")
    #expect(AuditText.position(-0.0) == "0")
  }

  @Test func `small shares keep their digits and their sign`() throws {
    #expect(AuditText.value(-0.004, of: try metric("memorization-ratio", 0)) == "-0.40 %")
    #expect(AuditText.value(1e-6, of: try metric("memorization-ratio", 0)) == "0.0001 %")
    #expect(AuditText.value(-1e-6, of: try metric("memorization-ratio", 0)) == "-0.0001 %")
  }

  @Test func `the limits of a plan have no sign`() throws {
    let plan = try AuditPlan(maxRatio: 0.01, confidence: 0.95, null: -0.0)
    #expect(AuditText.plan(plan).contains("null 0 %"), "\(AuditText.plan(plan))")
  }

  @Test func `what rounds to zero loses its sign, and nothing else does`() {
    #expect(NumberText.formatted("%.2f", -0.001) == "0.00" && NumberText.formatted("%.2e", -0.0) == "0.00e+00")
    #expect(NumberText.formatted("%.2f", -0.01) == "-0.01" && NumberText.formatted("%.1f", .nan).contains("nan"))
  }
}
