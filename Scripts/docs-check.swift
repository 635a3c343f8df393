// SPDX-License-Identifier: MIT
// Names the public symbols without documentation: swift Scripts/docs-check.swift FOLDER-OF-SYMBOL-GRAPHS MODULE..
// Ends with 1 where there is one, and with 2 where a module has no graph.
//
// A member that implements a documented requirement has its comment; one comment stands for all names of
// 'case a, b' and 'let a, b'; what the compiler adds (== of a struct) has no place in a file and needs none.
import Foundation

struct Graph: Decodable {
  struct Symbol: Decodable {
    struct Identifier: Decodable { let precise: String }
    struct Kind: Decodable { let identifier: String }
    struct Comment: Decodable {
      struct Line: Decodable { let text: String }
      let lines: [Line]
    }
    struct Location: Decodable {
      struct Position: Decodable { let line: Int }
      let uri: String
      let position: Position
    }
    let identifier: Identifier
    let kind: Kind
    let pathComponents: [String]
    let accessLevel: String
    let docComment: Comment?
    let location: Location?

    var isDocumented: Bool {
      docComment?.lines.contains { !$0.text.trimmingCharacters(in: .whitespaces).isEmpty } ?? false
    }
    var isWritten: Bool {
      location != nil && !identifier.precise.contains("::SYNTHESIZED::") && kind.identifier != "swift.extension"
        && ["public", "open"].contains(accessLevel)
    }
  }
  let symbols: [Symbol]
}

func fail(_ line: String) -> Never {
  FileHandle.standardError.write(Data((line + "\n").utf8))
  exit(2)
}

guard CommandLine.arguments.count > 2 else { fail("usage: swift Scripts/docs-check.swift FOLDER MODULE..") }
let (folder, modules) = (CommandLine.arguments[1], Set(CommandLine.arguments[2...]))
let ending = ".symbols.json"
let files = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
  .filter { $0.hasSuffix(ending) }.sorted()
var (seen, missing): (Set<String>, [String: [String]]) = ([], [:])
var places: Set<String> = []
for file in files {
  // 'Audit.symbols.json', and 'Reports@Audit.symbols.json' of what Reports adds to types of Audit.
  let module = String(file.split(separator: "/").last!.dropLast(ending.count).prefix { $0 != "@" })
  guard modules.contains(module) else { continue }
  guard let data = FileManager.default.contents(atPath: "\(folder)/\(file)"),
    let graph = try? JSONDecoder().decode(Graph.self, from: data)
  else { fail("\(folder)/\(file) is no symbol graph") }
  seen.insert(module)
  for symbol in graph.symbols where symbol.isWritten {
    guard let location = symbol.location, let url = URL(string: location.uri) else { continue }
    let path = url.path.replacingOccurrences(of: FileManager.default.currentDirectoryPath + "/", with: "")
    places.insert("\(path):\(location.position.line + 1) \(symbol.pathComponents)")
    guard !symbol.isDocumented else { continue }
    missing["\(path):\(location.position.line + 1)", default: []].append(symbol.pathComponents.joined(separator: "."))
  }
}
let without = modules.subtracting(seen).sorted()
guard without.isEmpty else { fail("no symbol graphs of \(without.joined(separator: ", ")) in \(folder)") }
for (place, names) in missing.sorted(by: { $0.key.localizedStandardCompare($1.key) == .orderedAscending }) {
  print("\(place): \(Set(names).sorted().joined(separator: ", "))")
}
let count = missing.values.reduce(0) { $0 + Set($1).count }
print("\(places.count) public symbols of \(modules.count) modules, \(count) of them without documentation")
exit(count == 0 ? 0 : 1)
