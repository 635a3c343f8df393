// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

/// How many samples an audit needs. What is not given is nil: defaults and bounds are `AuditPlan`'s own.
struct AuditPlanOptions: ParsableArguments {
  @Flag(help: "Say how many samples are needed, and stop.")
  var plan = false
  @Option(
    parsing: .unconditional,
    help: "Plan: the expected null, the share of unseen samples that pass the test (default: 0).")
  var null: Double?
  @Option(
    parsing: .unconditional, help: "Plan: the true excess that the audit should detect (default: twice --max-ratio).")
  var excess: Double?
  @Option(
    parsing: .unconditional, help: "Plan: probability of detecting it, and of clearing a clean model (default: 0.8).")
  var power: Double?

  func print(rule: AuditRuleOptions, json: Bool) throws {
    let settings = try rule.settings
    let plan = try OptionProblem.naming { () throws(AuditError) in
      try AuditPlan(
        maxRatio: settings.maxRatio, confidence: settings.confidence, null: null ?? 0, excess: excess,
        power: power ?? 0.8)
    }
    if json { return try Console.json(plan) }
    try Console.result(AuditText.plan(plan))
  }

  /// Those that say nothing without `--plan`.
  var ofPlan: [(String, Bool)] { [("--null", null != nil), ("--excess", excess != nil), ("--power", power != nil)] }
}
