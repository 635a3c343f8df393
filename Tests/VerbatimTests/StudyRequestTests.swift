// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Synchronization
import Testing
import Verbatim

/// Studies run by a program: progress, cancellation, resumption, and what a folder then tells.
@Suite("A study as a request")
struct StudyRequestTests {
  private func study(_ change: (inout StudySettings) -> Void = { _ in }) throws -> Study {
    try Study(name: "small") {
      ($0.dimension, $0.trueComponents, $0.samples, $0.components) = ([8], [2], [30], .counts([5, 10, 15]))
      ($0.refinement, $0.steps, $0.losses) = (0, [.quick: 1000], false)
      ($0.evaluationSamples, $0.heldOutSamples) = (50, 100)
      change(&$0)
    }
  }

  /// What a request has told. A class, for closures on several threads add to it.
  private final class Told: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }

    @Sendable func observe(_ progress: StudyProgress) {
      let line: String? =
        switch progress {
        case .began(let study, let folder): "began \(study.name) \(folder == nil ? "in memory" : "in a folder")"
        case .warning(let text): "warning \(text)"
        case .run(.finished(let record)): "finished \(record.settings.capacity)"
        case .run(.reused(let record)): "reused \(record.settings.capacity)"
        case .run: nil
        case .ended: "ended"
        }
      if let line { lines.withLock { $0.append(line) } }
    }
  }

  @Test("progress, cancellation and resumption in a folder; the numbers are those of memory")
  func resumed() throws {
    let (scratch, study) = (try ScratchFolder(), try study())
    let folder = scratch.url.appendingPathComponent("run").path
    let request = StudyRequest(study, in: folder, threads: 1)
    let told = Told()
    #expect(throws: CancellationError.self) {
      try request.run(progress: told.observe, isCancelled: { told.all.contains { $0.hasPrefix("finished") } })
    }
    #expect(told.all == ["began small in a folder", "finished 15", "ended"])
    let again = Told()
    let outcome = try request.run(progress: again.observe)
    #expect(again.all.first == "began small in a folder" && again.all.last == "ended")
    #expect(again.all.contains("reused 15") && again.all.filter { $0.hasPrefix("finished") }.count == 2)
    #expect(outcome.folder?.path == folder && outcome.warnings == study.warnings)
    let memory = try StudyRequest(study, threads: 2).run()
    #expect(memory.folder == nil && memory.records.map(\.measurements) == outcome.records.map(\.measurements))
    #expect(memory.records.map(\.identifier) == study.runs.map(\.identifier))
  }

  @Test("what a kill left is a warning, told and returned")
  func torn() throws {
    let (scratch, study) = (try ScratchFolder(), try study { $0.components = .counts([5]) })
    let folder = scratch.url.appendingPathComponent("run").path
    _ = try StudyRequest(study, in: folder).run()
    let file = try #require(FileHandle(forWritingAtPath: folder + "/runs.jsonl"))
    try file.seekToEnd()
    try file.write(contentsOf: Data("{\"half".utf8))
    try file.close()
    let told = Told()
    let outcome = try StudyRequest(study, in: folder).run(progress: told.observe)
    #expect(outcome.warnings.count == study.warnings.count + 1)
    #expect(outcome.warnings.last?.contains("unfinished last line") == true)
    #expect(told.all.contains { $0.hasPrefix("warning ") })
  }

  @Test("plan, list and show tell what a folder holds")
  func folders() throws {
    let (scratch, study) = (try ScratchFolder(), try study())
    let folder = scratch.url.appendingPathComponent("run").path
    let before = try PlanRequest(study, in: folder, threads: 2).run()
    #expect(before.plan.remaining == 3 && before.document.trainings == 3 && before.text.contains("3 trainings to run"))
    #expect(!FileManager.default.fileExists(atPath: folder), "a plan writes nothing")
    let outcome = try StudyRequest(study, in: folder).run()
    #expect(try PlanRequest(study, in: folder).run().plan.existing == 3)

    let listing = try FolderListing(scratch.url.path)
    #expect(listing.folders.map(\.runs) == [3] && listing.folders[0].text.contains("3 runs"))
    #expect(throws: RequestError.self) { try FolderListing(scratch.url.path + "/none") }
    let contents = try FolderContents(folder)
    #expect(contents.records == outcome.records)
    #expect(contents.runs(identifier: outcome.records[0].identifier) == [outcome.records[0]])
    let (results, configuration) = (contents.results(), study.configurations[0])
    #expect(contents.text(results).contains("M/N") && results.byConfiguration.map(\.configuration) == [configuration])
    let json = String(decoding: try JSONDocument.encode(contents.document(results)), as: UTF8.self)
    #expect(json.hasPrefix("{\"configurations\":[{") && json.contains("\"schema\":1") && !json.contains("\n"))
    #expect(throws: StoreError.self) { try FolderContents(scratch.url.path) }
    #expect(throws: StoreError.self) {
      try StudyRequest(try self.study { $0.components = .counts([6]) }, in: folder).run()
    }
  }

  @Test("a report returns its pages and what it left out")
  func report() throws {
    let (scratch, study) = (try ScratchFolder(), try study { $0.components = .counts([10]) })
    let folder = scratch.url.appendingPathComponent("run").path
    _ = try StudyRequest(study, in: folder).run()
    var request = ReportRequest(folder: folder, formats: [.svg], predicts: false)
    let outcome = try request.run()
    #expect(outcome.pages == [folder + "/report.html"] && outcome.warnings.isEmpty)
    #expect(FileManager.default.fileExists(atPath: outcome.pages[0]))
    request.gnuplot = Gnuplot(executable: scratch.url.appendingPathComponent("none"))
    #expect(throws: FigureError.self) { try request.run() }
    request.predicts = true
    #expect(throws: CancellationError.self) { try request.run(isCancelled: { true }) }
    #expect(throws: StoreError.self) { try ReportRequest(folder: scratch.url.path).run() }
  }
}
