// SPDX-License-Identifier: MIT
import Experiments
import Figures
import Foundation
import Memorization
import Pictures
import Reports
import Testing

@Suite struct PictureSheetsTests {
  private func page(_ study: PictureStudy) throws -> ScratchFolder {
    let folder = try ScratchFolder("pictures")
    let records = study.records
    try StudyReport(
      title: "Pictures", studyText: "", provenance: [], records: records,
      transitions: StudyResults(records).byConfiguration.map { ($0.configuration, $0.transition) },
      sheets: try study.pictures.sheets(of: records)
    ).write(to: folder.url, formats: [.svg])
    return folder
  }

  @Test func theSheetsAreThoseOfTheNearestCapacities() throws {
    let study = PictureStudy()
    let names = try study.pictures.sheets(of: study.records).map(\.name)
    // 0.2, 0.6, 0.9 and 1 of six samples: 1, 4 (0.667 is nearer than 0.5), 5 and 6.
    let capacities = [1, 4, 5, 6].flatMap { ["samples-m\($0)", "learned-templates-m\($0)"] }
    #expect(names == ["templates", "training-samples"] + capacities)
    let few = study.records.filter { [3, 4].contains($0.settings.capacity) }
    #expect(try study.pictures.sheets(of: few).count == 6)
  }

  @Test func whatIsMissingIsLeftOut() throws {
    let all = PictureStudy().records
    func names(_ missing: Set<String>) throws -> [String] {
      try PictureStudy(missing: missing).pictures.sheets(of: all).map(\.name)
    }
    #expect(try names(["data"]).isEmpty)
    #expect(try names(["samples", "models"]) == ["templates", "training-samples"])
    #expect(try !names([all[0].identifier]).contains("samples-m1"))
    #expect(try names([all[0].identifier]).contains("samples-m4"))
    let other = PictureStudy(channels: 1)
    let foreign = PictureSheets(
      laboratory: { _ in other.laboratory }, model: { _ in nil }, samples: { _ in PictureStudy().samples })
    #expect(try foreign.sheets(of: other.records).count == 2)
    #expect(try PictureStudy().pictures.sheets(of: SyntheticStudy().records).isEmpty)
  }

  @Test func notesAndFramesSayWhatIsMemorized() throws {
    let study = PictureStudy()
    let nearest = NearestTwo.search(study.samples, in: study.laboratory.train)
    let sheet = try #require(try study.pictures.sheets(of: study.records).first { $0.name == "samples-m6" })
    #expect(sheet.notes.map(\.isMemorized) == [true, false, false])
    #expect(sheet.notes[0].distance == "0.0069")
    #expect(sheet.notes[1].distance == String(format: "%#.2g", nearest[1].d1))
    #expect(sheet.notes[2].distance == "n/a")
    #expect(sheet.text.contains("1: d1 = 0.0069, d1/d2 = 0.00") && sheet.text.contains(", memorized\n2: d1 = "))
    #expect(sheet.text.contains("(1 of 3; of all 2,000 samples the share "))
    #expect(sheet.text.contains("d_1 < 1/3 d_2") && sheet.text.contains("M = 6 (M/N = 1)"))
    let picture = try decoded(Data(sheet.png))
    // The corner of the frame of the first picture and the border of the second.
    let (edge, step) = (10, 4 * 30 + 12)
    #expect(
      Array(picture.pixels[(edge * picture.width + edge) * 3..<(edge * picture.width + edge) * 3 + 3]) == [0, 0, 0])
    #expect(picture.pixels[(4 * picture.width + 4) * 3] == 255)
    #expect(picture.pixels[(edge * picture.width + step + 20) * 3] == 255)
  }

  @Test(arguments: [1, 3]) func thePageEmbedsWhatTheFilesHold(channels: Int) throws {
    let study = PictureStudy(channels: channels)
    let folder = try page(study)
    let text = try folder.text("report.html")
    let sheets = try study.pictures.sheets(of: study.records)
    let embedded = text.matches(of: #/alt="([^"]+)" src="data:image\/png;base64,([^"]+)"/#)
    #expect(embedded.count == 10 && sheets.count == 10)
    for (match, sheet) in zip(embedded, sheets) {
      #expect(String(match.output.1) == sheet.alternative)
      let file = try Data(contentsOf: folder.url.appendingPathComponent("figures/\(sheet.name).png"))
      #expect(Data(base64Encoded: String(match.output.2)) == file)
      #expect(try folder.text("figures/\(sheet.name).txt") == sheet.text)
      let picture = try decoded(file)
      #expect((picture.width, picture.height) == (sheet.width, sheet.height))
      #expect(picture.channels == (sheet.name.contains("samples") ? channels : 1))
    }
    // Two templates, six samples in one row, three pairs: 4 pixels scaled by 30, borders of 12.
    #expect(sheets.prefix(3).map(\.width) == [2, 6, 3].map { 12 + $0 * 132 })
    #expect(sheets.prefix(3).map(\.height) == [1, 1, 2].map { 12 + $0 * 132 })
    let sections = text.matches(of: #/<h2>([^<]+)<\/h2>/#).map { String($0.output.1) }
    #expect(sections.prefix(2) == ["Figures", "Pictures"])
    let numbers = text.matches(of: #/<b>Figure (\d+)\.<\/b>/#).compactMap { Int($0.output.1) }
    #expect(numbers == Array(1...numbers.count))
    #expect(text.contains("from two_templates, values") && text.contains("<td><b>0.00"))
  }

  @Test func learnedTemplatesHaveOneSignAndScale() throws {
    let study = PictureStudy()
    let sheet = try #require(try study.pictures.sheets(of: study.records).last)
    let picture = try decoded(Data(sheet.png))
    // The last pixel of every template is its largest: white beside a black first one.
    for index in 0..<6 {
      let left = 12 + index * 132
      #expect(picture.pixels[12 * picture.width + left] == 0)
      #expect(picture.pixels[(12 + 119) * picture.width + left + 119] == 255)
      #expect(picture.pixels[(12 + 119) * picture.width + left] == UInt8((255.0 * 12 / 15).rounded()))
    }
    #expect(sheet.text.contains("standard deviation of a colour 0.25 (that of the law: 1)"))
  }

  private func decoded(_ png: Data) throws -> PictureSet {
    let folder = try ScratchFolder("sheet")
    try png.write(to: folder.url.appendingPathComponent("sheet.png"))
    return try PictureSet(reading: folder.url.path)
  }
}
