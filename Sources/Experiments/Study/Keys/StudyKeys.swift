// SPDX-License-Identifier: MIT

/// The keys of a study, each described once. A new key is a constant here and a name in the list of its group.
public enum StudyKeys {
  /// All of them, in the order in which a study is written.
  public static let all: [StudyKey] = [name.key, title.key] + data + model + training + measures + [maximumRuns.key]

  /// The order in which a configuration is put together: of the axes the last varies fastest, and keys that others
  /// build on come first.
  static let product: [StudyKey] = {
    let axes = [
      preset.key, process.key, initialization.key, criterion.key, variance.key, componentRatio.key, duplicates.key,
      dimension.key, trueComponents.key, samples.key, dataSeed.key, seed.key,
    ]
    let known = Set(axes.map(\.name))
    return axes + all.filter { !known.contains($0.name) }
  }()

  /// The key of that name; nil where there is none.
  public static func named(_ name: String) -> StudyKey? { byName[name] }
  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The short names the command line knows; d, K, N and M are the paper's letters.
  public static let shortNames = Dictionary(
    uniqueKeysWithValues: all.compactMap { key in key.short.map { ($0, key.name) } })

  /// A word that can name a folder.
  public static let name: TypedStudyKey<String> = .one(
    "name", .line(allowed: "1 to 64 of a-z A-Z 0-9 . _ -, not starting with a dot or a dash", isName),
    .absent("the file's name"), "Names the run folder.")

  /// One line for people.
  public static let title: TypedStudyKey<String> = .one(
    "title", .line(allowed: "one line of 1 to 200 characters", isTitle), .from("the name") { $0.name },
    "Heads the report.")

  /// Guards against a grid that is larger than was meant.
  public static let maximumRuns: TypedStudyKey<Int> = .one(
    "maximumRuns", .whole(StudyBounds.maximumRuns), .value(10_000),
    "A larger grid, refinement included, needs --yes.")

  /// Whether a text can name a folder.
  @Sendable static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64, !".-".utf8.contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: "._-".utf8.contains(byte)
      }
    }
  }

  @Sendable private static func isTitle(_ text: String) -> Bool {
    !text.isEmpty && text.count <= 200 && StudyError.oneLine(text, limit: 10_000) == text
  }
}
