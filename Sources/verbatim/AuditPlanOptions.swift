// SPDX-License-Identifier: MIT
import ArgumentParser
import Audit
import Reports

/// How many samples an audit needs.
struct AuditPlanOptions: ParsableArguments {
  @Flag(help: "Say how many samples are needed, and stop.")
  var plan = false
  @Option(parsing: .unconditional, help: "Plan: the null expected, the share of unseen samples that pass the test.")
  var null = 0.0
  @Option(parsing: .unconditional, help: "Plan: the true excess that is to be found (default: twice --max-ratio).")
  var excess: Double?
  @Option(parsing: .unconditional, help: "Plan: probability of finding it, and of clearing a clean model.")
  var power = 0.8

  func validate() throws {
    guard null >= 0, null < 1 else { throw ValidationError("--null: '\(null)' is out of range; allowed: 0 to below 1") }
    guard power >= 0.5, power < 1 else {
      throw ValidationError("--power: '\(power)' is out of range; allowed: 0.5 to below 1")
    }
  }

  func print(rule: AuditRuleOptions, json: Bool) throws {
    let excess = excess ?? max(2 * rule.maxRatio, 0.001)
    guard excess > rule.maxRatio, excess <= 1 - null else {
      throw ValidationError("--excess: '\(excess)' is out of range; allowed: above --max-ratio, at most \(1 - null)")
    }
    guard rule.maxRatio > 0 else {
      throw ValidationError("--max-ratio: '0' can be cleared by no number of samples; allowed for a plan: above 0")
    }
    let plan = AuditPlan(
      maxRatio: rule.maxRatio, confidence: rule.confidence, null: null, excess: excess, power: power)
    if json { return try Console.json(plan) }
    try Console.result(AuditText.plan(plan))
  }
}
