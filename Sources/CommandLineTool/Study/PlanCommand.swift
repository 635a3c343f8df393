// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "What a study would run: trainings, estimated time, what exists already. Writes nothing.",
    discussion: """
        verbatim plan Studies/quickstart.yaml
        verbatim plan Studies/quickstart.yaml preset=paper --threads 2 --json
      """)

  @OptionGroup var options: StudyOptions
  @OptionGroup var work: WorkOptions

  func run() throws {
    let study = try options.study()
    try Self.print(PlanRequest(study, in: options.folder(of: study), threads: work.threads), json: work.json)
  }

  static func print(_ request: PlanRequest, json: Bool) throws {
    let plan = try request.run()
    if json { try Console.json(plan.document) } else { try Console.result(plan.text) }
  }
}
