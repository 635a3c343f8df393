// SPDX-License-Identifier: MIT
import Figures
import Foundation
import Reports
import Testing

/// The page as a browser sees it; needs the Debian package chromium.
@Suite struct BrowserTests {
  private static var browser: URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let files = path.split(separator: ":").flatMap { folder in
      ["chromium", "chromium-browser"].map { URL(fileURLWithPath: String(folder)).appendingPathComponent($0) }
    }
    return files.first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  @Test func headlessChromiumShowsTheHeadlineAndTheFigures() throws {
    guard let browser = Self.browser else {
      print("skipped: chromium is not installed (apt-get install --yes chromium), so the page was not opened")
      return
    }
    let folder = try ScratchFolder("browser")
    let study = SyntheticStudy()
    try StudyReport(
      title: "Opened <in> a browser", studyText: "", provenance: [], records: study.records,
      transitions: study.transitions
    ).write(to: folder.url, formats: [.svg])
    let process = Process()
    process.executableURL = browser
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.url.path)/profile", "--dump-dom",
      folder.url.appendingPathComponent("report.html").absoluteString,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let dom = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(dom.contains("<h1>Opened &lt;in&gt; a browser</h1>"))
    #expect(dom.contains("passes one half at <i>M</i><sub>pt</sub>/<i>N</i> = "))
    #expect(dom.components(separatedBy: "<svg").count - 1 == 5)
    #expect(dom.components(separatedBy: "</figcaption>").count - 1 == 5)
  }
}
